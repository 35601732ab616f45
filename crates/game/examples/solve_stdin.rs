//! Solves games for a comparison with other programs: one game a line of JSON (a list of rows) comes in, its solution goes out.

use hydranet_game::{Matrix, solve};
use std::io::{BufRead, stdin};

#[allow(clippy::print_stdout)] // an example prints
fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lock().lines() {
        let payoff: Matrix = serde_json::from_str(&line?)?;
        println!("{}", serde_json::to_string(&solve(&payoff)?)?);
    }
    Ok(())
}
