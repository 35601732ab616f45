//! How often rows miss over many seeds: `cargo run --release -p hydranet-validation --example seeds -- 50 [PART OF A NAME]`.
//!
//! Prints what failed, and at the end how often random rows without an allowance had their reference outside of the 95 % interval,
//! which should be one in twenty, and how many runs had a failing row, which should be fewer.

#![allow(clippy::print_stdout, reason = "a program")]

use hydranet_toolkit::Toolkit;
use hydranet_validation::{Scale, Setup, Standing, run};

fn main() {
    let mut words = std::env::args().skip(1);
    let seeds: u64 = words.next().and_then(|word| word.parse().ok()).unwrap_or(3);
    let only = words.next();
    let scale = if words.next().is_some() { Scale::Full } else { Scale::Quick };
    let data = std::env::var_os("HYDRANET_DATA").map(Into::into);
    let (mut runs, mut rows, mut missed, mut failed) = (0, 0u32, 0u32, 0u32);
    for seed in 1..=seeds {
        let setup = Setup { known: Toolkit::default(), scale, seed, data: data.clone() };
        let checked = run(&setup, only.as_deref());
        let bad: Vec<_> = checked.iter().filter(|row| row.verdict == Standing::Fails).collect();
        for row in &bad {
            let [measured, [lo, hi]] = [[row.measured.unwrap_or(f64::NAN); 2], row.interval.unwrap_or([f64::NAN; 2])];
            println!(
                "seed {seed}: {}: {}: {} instead of {}, {lo} … {hi}, allowance {} ({})",
                row.group, row.name, measured[0], row.reference, row.allowance, row.allowed_for
            );
        }
        if seed == 1 {
            let skipped = checked.iter().filter(|row| matches!(row.verdict, Standing::Skipped { .. })).count();
            println!("{} rows, {skipped} skipped", checked.len());
        }
        runs += u32::from(!bad.is_empty());
        failed += bad.len() as u32;
        let random: Vec<bool> =
            checked.iter().filter(|row| row.allowance == 0.0).filter_map(|row| row.within_95).collect();
        rows += random.len() as u32;
        missed += random.iter().filter(|within| !**within).count() as u32;
    }
    println!(
        "{seeds} seeds: {missed} of {rows} references outside of 95 % intervals, {failed} failing rows in {runs} runs"
    );
}
