//! How long the two heavy things take: `cargo run --release -p hydranet-game --example speed`, for one of them with
//! `-- solve` or `-- hedge`.

use hydranet_game::learn::{Hedge, Scale};
use hydranet_game::play::{Mode, Rounds, Settings, Streams, play};
use hydranet_game::{Bimatrix, Matrix, solve};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use std::time::Instant;

#[allow(clippy::print_stdout)] // an example prints
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let only = std::env::args().nth(1);
    let wanted = |name| only.as_deref().is_none_or(|only| only == name);
    let mut rng = trial_rng(1, Trial::network(0), Purpose::Measure);
    let mut drawn = |n, levels: Option<u32>| {
        Matrix::from_fn(n, n, |_, _| match levels {
            Some(levels) => f64::from(rng.below(levels)),
            None => rng.unit(),
        })
    };
    for (name, levels) in
        [("payoffs in [0, 1]", None), ("whole payoffs below 10", Some(10)), ("payoffs 0 or 1", Some(2))]
    {
        if !wanted("solve") {
            continue;
        }
        let payoff = drawn(200, levels)?;
        let start = Instant::now();
        let solution = solve(&payoff)?;
        let time = start.elapsed();
        println!("200 × 200, {name}: {time:.3?}, {:?}, NashConv {:e}", solution.choice, solution.nash_conv);
    }
    if !wanted("hedge") {
        return Ok(());
    }
    let rounds = 1_000_000;
    let game = Bimatrix::zero_sum(drawn(32, None)?);
    let mut row = Hedge::tuned(32, rounds, Scale::of(game.row()))?;
    let mut column = Hedge::tuned(32, rounds, Scale::of(game.column()))?;
    let settings = Settings::new(rounds, Mode::Sampled);
    let start = Instant::now();
    let end = play(Rounds::Same(&game), &mut row, &mut column, &settings, Streams::new(1, Trial::network(0)))?;
    println!(
        "Hedge against Hedge, 32 × 32, {rounds} rounds: {:.3?}, NashConv {:.5}",
        start.elapsed(),
        end.last().nash_conv
    );
    Ok(())
}
