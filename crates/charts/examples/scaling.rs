//! The scaling figure: measured trials per second with one and two workers, and a model that goes on to 10³.
//!
//! `cargo run -p hydranet-charts --example scaling -- results/scaling` reads `measured.csv` (by `scripts/scaling`) and writes
//! `scaling.svg`, `.pdf`, `.png` and `.csv`.
//!
//! # The model
//! `U` units of `u` seconds, each of `r` trials and `F` part files, on `W` workers of one thread:
//!
//! ```text
//! run    = W / S + t + ⌈U / W⌉ u + max(⌈U / W⌉ F p, U F / M)
//! merge  = U F · max(m, 2 / M)
//! trials per second = r U / (run + merge)
//! ```
//!
//! Measured on one machine: the start of a worker `t`, writing a part file `p` (temporary name, fsync, rename), merging one `m`
//! (opened and read twice: once for its checksum, once for its rows). Assumed, for want of a cluster:
//! - units cost the same, so that workers end together (shards are dealt by cost: no shard has more than 4/3 of the best);
//! - workers share nothing but the file system: cores, caches and memory do not slow each other down;
//! - the scheduler starts `S` = 20 tasks a second, and nobody else waits in the queue;
//! - the shared file system creates, opens or renames `M` = 1000 files a second for all clients together, a cautious number
//!   for NFS; a part file is a few kB, so bandwidth does not count;
//! - the merge is one process that begins when the last worker has ended.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a program
#![allow(clippy::disallowed_methods, reason = "made-up data may use the functions of std")]

use hydranet_charts::{
    Axis, Chart, Curves, Height, Joining, LegendPlace, Paint, Panel, Point, Preset, Rendered, Series, Width,
};
use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

/// Tasks that a scheduler starts in a second: assumed.
const STARTS: f64 = 20.0;
/// File operations that a shared file system does in a second: assumed.
const OPERATIONS: f64 = 1000.0;
/// Units of the experiment that the model is about: 20 topologies of 500 networks.
const UNITS: f64 = 10_000.0;

struct Measured {
    /// Median, lowest, highest.
    rows: BTreeMap<String, [f64; 3]>,
}

impl Measured {
    fn read(path: &Path) -> Result<Measured, String> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let row = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |i: usize| cells.get(i).and_then(|cell| cell.parse::<f64>().ok());
            Some((cells[0].to_string(), [number(1)?, number(3)?, number(4)?]))
        };
        let rows = text.lines().skip(1).map(|line| row(line).ok_or_else(|| format!("{}: `{line}`", path.display())));
        Ok(Measured { rows: rows.collect::<Result<_, _>>()? })
    }

    fn get(&self, name: &str) -> Result<[f64; 3], String> {
        self.rows.get(name).copied().ok_or_else(|| format!("measured.csv has no {name}; run scripts/scaling"))
    }
}

/// Trials per second by the model.
fn predicted(measured: &Measured, unit: f64, workers: f64) -> Result<f64, String> {
    let get = |name: &str| measured.get(name).map(|row| row[0]);
    let (files, trials) = (get("files_per_unit")?, get("trials_per_unit")?);
    let (part, merged, start) =
        (get("seconds_per_part_file")?, get("seconds_to_merge_a_file")?, get("seconds_to_start_a_worker")?);
    let share = (UNITS / workers).ceil();
    let writing = (share * files * part).max(UNITS * files / OPERATIONS);
    let run = workers / STARTS + start + share * unit + writing;
    let merge = UNITS * files * merged.max(2.0 / OPERATIONS);
    Ok(trials * UNITS / (run + merge))
}

fn draw(folder: &Path) -> Result<(), String> {
    let measured = Measured::read(&folder.join("measured.csv"))?;
    let trials = measured.get("trials_per_unit")?[0];
    let one = measured.get("trials_per_second_1")?;
    // what was measured writes its files, too
    let own = trials / one[0] - measured.get("files_per_unit")?[0] * measured.get("seconds_per_part_file")?[0];
    let workers: Vec<f64> = (0..=60).map(|i| 10f64.powf(f64::from(i) / 20.0)).collect();
    let mut series = Vec::new();
    for (slot, unit) in [own, 1.0, 10.0, 60.0].into_iter().enumerate() {
        let ideal = |w: f64| Point { x: w, y: trials * w / unit, interval: None };
        let points = [1.0, 1000.0].map(ideal).to_vec();
        let label = if slot == 0 { "without overhead".to_string() } else { String::new() };
        series.push(Series { label, points, draw: Joining::Line, paint: Paint::Reference });
        let model = |&w: &f64| Ok(Point { x: w, y: predicted(&measured, unit, w)?, interval: None });
        let points = workers.iter().map(model).collect::<Result<Vec<_>, String>>()?;
        let seconds = if slot == 0 { format!("{unit:.2}") } else { format!("{unit:.0}") };
        let label = format!("model, {seconds} s a network");
        series.push(Series { label, points, draw: Joining::Line, paint: Paint::Slot(slot) });
    }
    let point = |w: f64| -> Result<Point, String> {
        let [y, lowest, highest] = measured.get(&format!("trials_per_second_{w}"))?;
        Ok(Point { x: w, y, interval: Some((lowest, highest)) })
    };
    let points = vec![point(1.0)?, point(2.0)?];
    series.push(Series {
        label: "measured, without merge".into(),
        points,
        draw: Joining::Markers,
        paint: Paint::Slot(0),
    });
    let chart = Curves {
        title: "Trials per second against workers".into(),
        description: "Measured for one and two workers; predicted to a thousand by a model of starts, files and merge"
            .into(),
        x: Axis::log("workers, *W*").within(1.0, 1000.0),
        y: Axis::log("trials per second, with start and merge"),
        columns: 1,
        panels: vec![Panel { series, ..Panel::default() }],
        legend: LegendPlace::Auto,
    };
    let preset = Preset { width: Width::Article, height: Height::Auto, ..Preset::default() };
    let figure = chart.draw(&preset).map_err(|e| e.to_string())?;
    let Rendered { svg, pdf, png, csv } = figure.render("hydranet, scripts/scaling").map_err(|e| e.to_string())?;
    for (ending, bytes) in [("svg", svg.as_bytes()), ("pdf", &pdf), ("png", &png), ("csv", csv.as_bytes())] {
        let path = folder.join(format!("scaling.{ending}"));
        fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    for unit in [own, 1.0, 10.0, 60.0] {
        let [w1, w2, w1000] = [1.0, 2.0, 1000.0].map(|w| predicted(&measured, unit, w));
        let (w1, w2, w1000) = (w1?, w2?, w1000?);
        println!(
            "{unit:.2} s a network: {w1:.3} trials/s with 1 worker, {w2:.3} with 2, {w1000:.1} with 1000 ({:.0} × one)",
            w1000 / w1
        );
    }
    Ok(())
}

fn main() -> ExitCode {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "results/scaling".into());
    match draw(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
