//! How soon a change is seen, and how often it is named rightly: `cargo run --release -p hydranet-signature --example another_crew [-- CASES]`.
//!
//! First the delay of every detector against false alarms a year, for two known profiles. Then confusion of none, tools and crew under both
//! presets, for cases from baseline to verdict with profiles that nobody knows beforehand.

#![allow(clippy::print_stdout)]

use hydranet_signature::case::{self, Plan};
use hydranet_signature::delay::{Onset, amoc};
use hydranet_signature::{
    Behaviour, Chances, Confusion, DetectorKind, DetectorSettings, Dirichlet, Kind, MixtureCusum, Profile, Scenario,
    Simulation, Stream,
};
use hydranet_topology::{Invalid, Trial};

fn main() -> Result<(), Invalid> {
    let cases = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(200);
    delays(cases.max(100))?;
    for (name, chances) in [("optimistic", Chances::OPTIMISTIC), ("coarse", Chances::COARSE)] {
        for coordinates in [4, 8] {
            confusion(name, chances, coordinates, cases)?;
        }
    }
    Ok(())
}

fn delays(streams: u32) -> Result<(), Invalid> {
    let prior = [Dirichlet::symmetric(5, 1.0)?];
    let baseline = [vec![100, 40, 20, 20, 20]];
    let before = vec![prior[0].after(&baseline[0]).mean()];
    let after = vec![Profile::new(vec![0.1, 0.3, 0.1, 0.4, 0.1])?];
    let settings = DetectorSettings { share: 1.0, ..DetectorSettings::default() };
    println!("delay in days (± standard error), 5 observations a day, change after 200 observations\n");
    println!("{:>22}  {:>18} {:>18} {:>18}", "false alarms a year:", "12", "4", "1");
    let simulation = Simulation { streams, ..Simulation::default() };
    for kind in DetectorKind::ALL {
        settings.build(kind, &prior, &baseline, Some(&after))?;
        let make = || settings.build(kind, &prior, &baseline, Some(&after)).expect("it was built above");
        let stream = |_| (make(), before.clone(), after.clone());
        let points = amoc(stream, &[152.0, 456.0, 1825.0], 5.0, Onset::After(200), 5000, &simulation)?;
        let texts = points.iter().map(|p| match (p.delay_days, p.missed) {
            (Some((days, error)), Some(0.0)) => format!("{days:.2} ± {error:.2}"),
            (Some((days, _)), Some(missed)) => format!("{days:.1}, {:.1} % missed", 100.0 * missed),
            _ => "-".to_string(),
        });
        println!("{:>22}  {}", kind.name(), texts.map(|t| format!("{t:>18}")).collect::<Vec<_>>().join(" "));
    }
    Ok(())
}

fn confusion(name: &str, chances: Chances, coordinates: u32, cases: u32) -> Result<(), Invalid> {
    let behaviour = Behaviour { coordinates, concentration: 0.5, tool_swap_per_year: 0.0, ..Behaviour::default() };
    let plan = Plan { baseline: 200, chances, horizon_days: 365.0, window_days: 14.0, ..Plan::default() };
    let (mut confusion, mut silent) = (Confusion::default(), [0; 3]);
    for trial in 0..cases {
        for kind in Kind::ALL {
            let scenario = Scenario::of(kind, 100.0, chances);
            let mut stream = Stream::new(&behaviour, &scenario, 1, Trial::network(trial))?;
            let outcome = case::run(&mut stream, &plan, |priors, old| {
                let before: Vec<Profile> = priors.iter().zip(old).map(|(p, n)| p.after(n).mean()).collect();
                Ok((MixtureCusum::new(&before, priors, 0.5)?, 10.0))
            })?;
            match outcome.verdict {
                Some(verdict) => confusion.add(outcome.truth, &verdict.posterior),
                None => silent[kind as usize] += 1,
            }
        }
    }
    println!("\n{name} chances, M = {coordinates}: share of answers, where there was an alarm\n");
    println!("{:>12} {:>8} {:>8} {:>8}", "truth", "none", "tools", "crew");
    for truth in Kind::ALL {
        let share = |answer| confusion.share(truth, answer).map_or("-".to_string(), |s| format!("{s:.3}"));
        let [none, tools, crew] = Kind::ALL.map(share);
        println!("{:>12} {none:>8} {tools:>8} {crew:>8}", format!("{truth:?}").to_lowercase());
    }
    let score = confusion.mean_log_score().map_or("-".to_string(), |s| format!("{s:.3}"));
    println!("no alarm in {} / {} / {} of {cases}; mean log score {score} nats", silent[0], silent[1], silent[2]);
    Ok(())
}
