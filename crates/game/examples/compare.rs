//! Solves games for a comparison with other programs. One game a line of JSON comes in, its solution goes out: a list of rows
//! is a zero-sum game, a pair of such lists a bimatrix game, for which all extreme equilibria, both commitments and the quantal
//! responses at λ = 0.5, 1 and 2 are told.

use hydranet_game::{Bimatrix, Matrix, Side, commit, equilibria, quantal_responses, solve};
use std::io::{BufRead, stdin};

#[allow(clippy::print_stdout)] // an example prints
fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lock().lines() {
        let line = line?;
        if let Ok([row, column]) = serde_json::from_str::<[Matrix; 2]>(&line) {
            let game = Bimatrix::new(row, column)?;
            println!(
                "{}",
                serde_json::json!({
                    "equilibria": equilibria(&game)?,
                    "commitments": [commit(&game, Side::Row)?, commit(&game, Side::Column)?],
                    "quantal": quantal_responses(&game, &[0.5, 1.0, 2.0])?,
                })
            );
        } else {
            println!("{}", serde_json::to_string(&solve(&serde_json::from_str(&line)?)?)?);
        }
    }
    Ok(())
}
