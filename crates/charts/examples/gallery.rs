//! Draws every chart kind from made-up numbers: `cargo run -p hydranet-charts --example gallery -- <folder>`.
//!
//! The numbers look like those of an experiment but are not: this is for looking at the drawing.

#![allow(clippy::disallowed_methods, reason = "made-up data may use the functions of std")]

use std::{collections::BTreeMap, fs, path::Path, process::ExitCode};

use hydranet_charts::{
    Axis, BarForm, BarSeries, BarValue, Bars, Chart, Curves, DegreeCounts, DegreeForm, Degrees, Family, HeatMap,
    Height, Joining, LegendPlace, Mark, Numbers, Paint, Panel, Point, Preset, Series, Width,
};

const TOPOLOGIES: [&str; 7] = [
    "beacon",
    "beacon fleet",
    "linked servers",
    "super-peer",
    "Erdős–Rényi, ⟨*k*⟩ = 8",
    "Barabási–Albert, *m* = 4",
    "Kademlia, *k* = 20",
];
const STRATEGIES: [&str; 4] = ["random", "degree", "adaptive degree", "CoreHD"];

/// What is left after the share `f` fell: a sigmoid that ends at `c`.
fn left(f: f64, c: f64, steep: f64) -> f64 {
    ((1.0 - f) / (1.0 + ((f - c) * steep).exp()) * (1.0 + (-c * steep).exp())).max(0.0)
}

fn curve(label: &str, c: f64, steep: f64, spread: f64) -> Series {
    let points = (0..=100).map(|i| {
        let x = f64::from(i) / 100.0;
        let y = left(x, c, steep);
        let half = spread * (y * (1.0 - y)).sqrt();
        Point { x, y, interval: Some(((y - half).max(0.0), (y + half).min(1.0))) }
    });
    Series { label: label.into(), points: points.collect(), ..Series::default() }
}

fn panels() -> Curves {
    let panel = |title: &str, factor: f64| {
        let ends = [0.06, 0.12, 0.45, 0.55, 0.85, 0.95, 0.98];
        let series = TOPOLOGIES.iter().zip(ends).enumerate();
        let series = series.map(|(i, (label, c))| curve(label, c * factor, 18.0 + 4.0 * i as f64, 0.10));
        Panel { title: title.into(), series: series.collect(), marks: vec![] }
    };
    Curves {
        title: "Command reach under four strategies".into(),
        description: "Four panels, seven topologies each: reach falls with the fraction of nodes removed.".into(),
        x: Axis::linear("fraction of nodes removed, *f*").within(0.0, 1.0),
        y: Axis::linear("command reach").within(0.0, 1.0),
        columns: 2,
        panels: vec![panel("random", 1.0), panel("degree", 0.6), panel("adaptive degree", 0.5), panel("CoreHD", 0.4)],
        ..Curves::default()
    }
}

fn three_panels() -> Curves {
    let mut curves = panels();
    curves.panels.truncate(3);
    curves.panels[1].marks = vec![Mark { x: 0.51, label: "*f*_{c} (theory)".into() }];
    curves
}

fn seizures() -> Curves {
    let peers = 10_000;
    let steps = |label: &str, reach: &dyn Fn(u32) -> f64| {
        let qs = (0..=60).chain((1..=190).map(|i| (60.0 * (f64::from(i) / 190.0 * 5.115).exp()) as u32));
        let points = qs.filter(|q| *q <= peers).map(|q| Point { x: f64::from(q), y: reach(q), interval: None });
        Series { label: label.into(), points: points.collect(), draw: Joining::StepsAfter, paint: Paint::Auto }
    };
    let share = |q: u32| f64::from(q) / f64::from(peers);
    let series = vec![
        steps("beacon", &|q| if q == 0 { 1.0 } else { 0.0 }),
        steps("tiered, 3 layers", &|q| (1.0 - f64::from(q) / 12.0).max(0.0)),
        steps("beacon fleet, 40 networks", &|q| (1.0 - f64::from(q) / 40.0).max(0.0).powf(1.8)),
        steps("linked servers", &|q| left(share(q) * 20.0, 0.6, 9.0)),
        steps("super-peer", &|q| left(share(q) * 4.0, 0.5, 14.0)),
        steps("Kademlia, *k* = 20", &|q| left(share(q), 0.93, 40.0)),
    ];
    Curves {
        title: "Seizures by architecture".into(),
        x: Axis::log("nodes seized, *q*"),
        y: Axis::linear("command reach").within(0.0, 1.0),
        panels: vec![Panel { series, ..Panel::default() }],
        ..Curves::default()
    }
}

fn theory() -> Curves {
    let mut series = Vec::new();
    for (i, c) in [2.0_f64, 3.5, 6.0].into_iter().enumerate() {
        let giant = |f: f64| {
            let mut s: f64 = 1.0;
            for _ in 0..4000 {
                s = 1.0 - (-c * (1.0 - f) * s).exp();
            }
            s * (1.0 - f)
        };
        let at = |x: f64, half: f64| Point { x, y: giant(x), interval: Some((giant(x) - half, giant(x) + half)) };
        let line = (0..=200).map(|k| Point { interval: None, ..at(f64::from(k) / 200.0, 0.0) }).collect();
        series.push(Series { label: String::new(), points: line, draw: Joining::Line, paint: Paint::Slot(i) });
        let points = (0..=20).map(|k| at(f64::from(k) / 20.0, 0.012)).collect();
        series.push(Series { label: format!("*c* = {c}"), points, draw: Joining::Markers, paint: Paint::Slot(i) });
    }
    let marks = [2.0_f64, 3.5, 6.0].map(|c| Mark { x: 1.0 - 1.0 / c, label: format!("1 − 1/{c}") });
    Curves {
        title: "Random removal against theory".into(),
        x: Axis::linear("fraction of nodes removed, *f*").within(0.0, 1.0),
        y: Axis::linear("largest component, *S*_{1}/*N*").within(0.0, 1.0),
        panels: vec![Panel { series, marks: marks.into(), ..Panel::default() }],
        ..Curves::default()
    }
}

fn log_log() -> Curves {
    let line = |label: &str, slope: f64, noise: f64| {
        let points = (0..=24).map(|i| {
            let x = 10f64.powf(2.0 + f64::from(i) / 6.0);
            let y = x.powf(slope) * (1.0 + noise * (f64::from(i) * 1.7).sin());
            Point { x, y, interval: Some((y * 0.85, y * 1.15)) }
        });
        Series { label: label.into(), points: points.collect(), ..Series::default() }
    };
    let series = vec![
        line("linked servers", -0.95, 0.05),
        line("super-peer", -0.62, 0.04),
        line("Gnutella", -0.4, 0.04),
        line("Kademlia, *k* = 20", -0.05, 0.01),
    ];
    Curves {
        title: "Dismantling set".into(),
        x: Axis::log("number of nodes, *N*"),
        y: Axis::log("dismantling set, share of *N*"),
        panels: vec![Panel { series, ..Panel::default() }],
        ..Curves::default()
    }
}

fn many() -> Curves {
    let series = (0..14).map(|i| curve(&format!("topology {}", i + 1), 0.2 + 0.055 * f64::from(i), 20.0, 0.03));
    Curves {
        title: "Fourteen series".into(),
        x: Axis::linear("fraction of nodes removed, *f*").within(0.0, 1.0),
        y: Axis::linear("command reach").within(0.0, 1.0),
        panels: vec![Panel { series: series.collect(), ..Panel::default() }],
        ..Curves::default()
    }
}

fn odd() -> Curves {
    let at = |x: f64, y: f64| Point { x, y, interval: None };
    let series = |label: &str, points: Vec<Point>| Series { label: label.into(), points, ..Series::default() };
    let panel = |title: &str, series: Vec<Series>| Panel { title: title.into(), series, marks: vec![] };
    Curves {
        title: "Odd data".into(),
        x: Axis::log("removals, *q*"),
        y: Axis::log("share left, with zeros"),
        columns: 3,
        panels: vec![
            panel(
                "gap",
                vec![series(
                    "gap",
                    vec![at(0.0, 1.0), at(1.0, 0.9), at(3.0, f64::NAN), at(10.0, 0.5), at(80.0, 0.02), at(100.0, 0.0)],
                )],
            ),
            panel("one point", vec![series("one point", vec![at(10.0, 0.1)])]),
            panel("empty", vec![series("空 missing glyph", vec![])]),
        ],
        ..Curves::default()
    }
}

fn bars(form: BarForm, numbers: Numbers) -> Bars {
    let base = [
        [0.001, 0.001, 0.001, 0.001],
        [0.17, 0.04, 0.03, 0.028],
        [0.33, 0.12, 0.10, 0.08],
        [0.36, 0.15, 0.14, 0.11],
        [0.45, 0.36, 0.33, 0.31],
        [0.44, 0.22, 0.19, 0.17],
        [0.489, 0.47, 0.46, 0.44],
    ];
    let series = STRATEGIES.iter().enumerate().map(|(k, label)| BarSeries {
        label: (*label).into(),
        values: base
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let half = 0.004 + 0.03 * row[k];
                let known = BarValue { value: row[k], interval: Some((row[k] - half, row[k] + half)) };
                match (i, k) {
                    (1, 3) => None,
                    (0, 2) => Some(BarValue { value: 0.0, interval: None }),
                    _ => Some(known),
                }
            })
            .collect(),
    });
    Bars {
        title: "Robustness".into(),
        description: "Robustness of seven topologies under four strategies, with 95 % intervals.".into(),
        value: Axis::linear("robustness, *R*").within(0.0, 0.5),
        categories: TOPOLOGIES.map(Into::into).into(),
        series: series.collect(),
        form,
        numbers,
        legend: LegendPlace::Auto,
    }
}

fn log_bars() -> Bars {
    let names = [
        "beacon",
        "beacon fleet, 40 networks",
        "linked servers",
        "super-peer",
        "Kademlia, *k* = 20, one million peers",
    ];
    let values = [[1.0, 1.0], [38.0, 40.0], [290.0, 410.0], [1_100.0, 2_600.0], [8_700.0, 9_600.0]];
    let series = ["full knowledge", "crawled knowledge"].iter().enumerate().map(|(k, label)| BarSeries {
        label: (*label).into(),
        values: values
            .iter()
            .map(|row| Some(BarValue { value: row[k], interval: Some((row[k] * 0.8, row[k] * 1.3)) }))
            .collect(),
    });
    Bars {
        title: "Seizures to ten per cent".into(),
        value: Axis::log("seizures until reach ≤ 10 %"),
        categories: names.map(Into::into).into(),
        series: series.collect(),
        numbers: Numbers::Shown,
        ..Bars::default()
    }
}

fn degrees(form: DegreeForm) -> Degrees {
    let mut poisson = BTreeMap::new();
    let mut p = (-8.0_f64).exp();
    for k in 0..30_u64 {
        poisson.insert(k, (p * 100_000.0).round() as u64);
        p *= 8.0 / (k + 1) as f64;
    }
    let mut tail = BTreeMap::new();
    for i in 0..100_000_u64 {
        let k = (4.0 / ((i as f64 + 0.5) / 100_000.0).sqrt()) as u64;
        *tail.entry(k.min(3000)).or_insert(0) += 1;
    }
    let hubs = BTreeMap::from([(3, 99_000), (99, 700), (300, 290), (5_000, 10)]);
    Degrees {
        title: "Degrees".into(),
        networks: vec![
            DegreeCounts { label: "Erdős–Rényi, ⟨*k*⟩ = 8".into(), counts: poisson },
            DegreeCounts { label: "Barabási–Albert, *m* = 4".into(), counts: tail },
            DegreeCounts { label: "random regular, *d* = 8".into(), counts: BTreeMap::from([(8, 100_000)]) },
            DegreeCounts { label: "super-peer".into(), counts: hubs },
        ],
        form,
        ..Degrees::default()
    }
}

fn heat() -> HeatMap {
    let cells = bars(BarForm::Dots, Numbers::Hidden).series;
    let value = |row: usize, column: usize| cells[column].values[row].map(|e| e.value);
    HeatMap {
        title: "Robustness".into(),
        rows: TOPOLOGIES.map(Into::into).into(),
        columns: STRATEGIES.map(Into::into).into(),
        cells: (0..7).map(|row| (0..4).map(|column| value(row, column)).collect()).collect(),
        value: Axis::linear("robustness, *R*").within(0.0, 0.5),
        ..HeatMap::default()
    }
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else { return ExitCode::from(2) };
    let sans = |width| Preset { width, ..Preset::default() };
    let serif = |width| Preset { width, family: Family::Serif, ..Preset::default() };
    let low = Preset { width: Width::TwoColumn, height: Height::Points(190.0), family: Family::Sans };
    let figures: Vec<(&str, Box<dyn Chart>, Preset)> = vec![
        ("panels", Box::new(panels()), sans(Width::TwoColumn)),
        ("panels-three", Box::new(three_panels()), sans(Width::TwoColumn)),
        ("panels-article", Box::new(panels()), serif(Width::Article)),
        ("seizures", Box::new(seizures()), sans(Width::Article)),
        ("seizures-column", Box::new(seizures()), sans(Width::IeeeColumn)),
        ("theory", Box::new(theory()), sans(Width::IeeeColumn)),
        ("theory-serif", Box::new(theory()), serif(Width::Article)),
        ("log-log", Box::new(log_log()), sans(Width::IeeeColumn)),
        ("many", Box::new(many()), sans(Width::Article)),
        ("many-right", Box::new(Curves { legend: LegendPlace::Right, ..many() }), low),
        ("odd", Box::new(odd()), sans(Width::TwoColumn)),
        ("dots", Box::new(bars(BarForm::Dots, Numbers::Hidden)), sans(Width::Article)),
        ("dots-column", Box::new(bars(BarForm::Dots, Numbers::Hidden)), sans(Width::IeeeColumn)),
        ("bars", Box::new(bars(BarForm::Bars, Numbers::Shown)), sans(Width::Article)),
        ("log-dots", Box::new(log_bars()), sans(Width::IeeeColumn)),
        ("degrees", Box::new(degrees(DegreeForm::Ccdf)), sans(Width::IeeeColumn)),
        ("degrees-density", Box::new(degrees(DegreeForm::Density { bins_per_decade: 8 })), serif(Width::Article)),
        ("heat", Box::new(heat()), sans(Width::Article)),
        ("heat-column", Box::new(heat()), sans(Width::IeeeColumn)),
    ];
    for (name, chart, preset) in figures {
        let drawn = chart.draw(&preset).and_then(|figure| figure.render("hydranet-charts gallery, made-up numbers"));
        let written = drawn.map_err(|error| error.to_string()).and_then(|files| {
            let path = |ending: &str| Path::new(&folder).join(format!("{name}.{ending}"));
            fs::create_dir_all(&folder)
                .and_then(|()| fs::write(path("svg"), &files.svg))
                .and_then(|()| fs::write(path("pdf"), &files.pdf))
                .and_then(|()| fs::write(path("png"), &files.png))
                .and_then(|()| fs::write(path("csv"), &files.csv))
                .map_err(|error| error.to_string())
        });
        if let Err(error) = written {
            #[expect(clippy::print_stderr, reason = "an example is a program")]
            {
                eprintln!("{name}: {error}");
            }
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
