//! The figures of a takedown study, from its summary tables.
//!
//! Every study gets the same set; what it was made for decides which one is the paper's. Nothing is simulated here, and
//! raw rows are not needed: the tables are the small ones that are committed.

use crate::{
    Axis, BarSeries, Bars, Chart, ChartError, Curves, DegreeCounts, Degrees, Estimate, Figure, HeatMap, LegendPlace,
    Mark, Numbers, Panel, Point, Preset, Series, Width, text::plain,
};
use hydranet_results::band_table::BandRow;
use hydranet_results::degrees::DegreeCountRow;
use hydranet_results::measures::MeasureMeanRow;
use hydranet_results::summary::SummaryRow;
use hydranet_results::takedown::SecondsRow;

/// A figure and the name of its files.
#[derive(Debug)]
pub struct Named {
    /// File name without ending, in kebab-case.
    pub name: String,
    /// The figure.
    pub figure: Figure,
}

/// The tables that figures are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'t> {
    /// The title of the experiment.
    pub title: &'t str,
    /// Every metric of every cell.
    pub summary: &'t [SummaryRow],
    /// Mean curves.
    pub bands: &'t [BandRow],
    /// Pooled degree distributions.
    pub degrees: &'t [DegreeCountRow],
    /// Means of measures along the takedown; empty where none were taken.
    pub measures: &'t [MeasureMeanRow],
    /// How long orders take; empty where that was not asked for.
    pub seconds: &'t [SecondsRow],
}

/// More treatments than this make a benchmark of strategies: panels by topology, curves by treatment.
const MANY: usize = 6;

/// All figures of a takedown study. `width` overrides the width that suits each figure.
///
/// # Errors
/// If a figure cannot be laid out in the width.
pub fn figures(tables: &Tables<'_>, width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let wide = Preset { width: width.unwrap_or(Width::TwoColumn), ..Preset::default() };
    let text = Preset { width: width.unwrap_or(Width::Article), ..Preset::default() };
    let axes = Axes::of(tables.summary);
    let mut list = Vec::new();
    let mut add = |name: &str, figure| list.push(Named { name: name.replace('_', "-"), figure });
    add("seizures", axes.seizures(tables).draw(&wide)?);
    let fraction = || Axis::linear("removed fraction, *f*").within(0.0, 1.0);
    let share = |label: &str| Axis::linear(label).within(0.0, 1.0);
    add("largest", axes.panels(tables, "largest", fraction(), share("largest component, *S*_{1}/*N*")).draw(&wide)?);
    add("reach", axes.panels(tables, "reach", fraction(), share("command reach, share of peers")).draw(&wide)?);
    // far below one node there is nothing to see
    let highest = tables.bands.iter().filter(|r| r.measure == "susceptibility").map(|r| r.mean).fold(1.0, f64::max);
    let chi = Axis::log("susceptibility, *χ* (nodes)").within(1e-3, highest * 1.5);
    add("susceptibility", axes.panels(tables, "susceptibility", fraction(), chi).draw(&wide)?);
    let benchmark = axes.treatments.len() > MANY;
    for (name, metric, axis) in [
        ("robustness", "r", Axis::linear("robustness, *R*")),
        ("command-robustness", "r_cmd", Axis::linear("command robustness, *R*_{cmd}")),
        ("seizures-to-10-percent", "seizures_10", Axis::log("seizures until 10 % of the peers are reached")),
    ]
    .into_iter()
    .filter(|_| !benchmark)
    {
        add(name, axes.bars(tables, metric, axis).draw(&text)?);
    }
    if axes.topologies.len() > 1 && axes.treatments.len() > 1 && !benchmark {
        let axis = Axis::log("seizures until 10 % reach, share of nodes");
        add("seizures-map", axes.map(tables, "seizures_10_fraction", axis).draw(&text)?);
    }
    // many strategies: a benchmark, which is read by network
    if benchmark {
        add(
            "set-size-map",
            axes.map(tables, "set_size", Axis::log("dismantling set size, share of nodes")).draw(&wide)?,
        );
        add("robustness-map", axes.map(tables, "r", Axis::linear("robustness, *R*")).draw(&wide)?);
    }
    let spent = tables.bands.iter().any(|row| row.measure == "spent");
    if spent {
        add("largest-by-cost", axes.by_cost(tables).draw(&wide)?);
    }
    for measure in measures(tables) {
        add(measure, axes.measure(tables, measure).draw(&wide)?);
    }
    if !tables.seconds.is_empty() {
        add("seconds-map", axes.seconds(tables).draw(&wide)?);
    }
    add("degrees", axes.degrees(tables).draw(&text)?);
    Ok(list)
}

/// The measures that were taken along the takedown, in the order of their first row.
fn measures<'t>(tables: &Tables<'t>) -> Vec<&'t str> {
    let mut list: Vec<&str> = Vec::new();
    for row in tables.measures.iter().filter(|row| row.removed > 0.0) {
        if !list.contains(&row.measure.as_str()) {
            list.push(&row.measure);
        }
    }
    list
}

/// The labels of the experiment, in its order.
struct Axes<'t> {
    topologies: Vec<&'t str>,
    treatments: Vec<&'t str>,
}

impl<'t> Axes<'t> {
    fn of(summary: &'t [SummaryRow]) -> Axes<'t> {
        let mut axes = Axes { topologies: Vec::new(), treatments: Vec::new() };
        for row in summary {
            if !axes.topologies.contains(&row.topology.as_str()) {
                axes.topologies.push(&row.topology);
            }
            if !axes.treatments.contains(&row.treatment.as_str()) {
                axes.treatments.push(&row.treatment);
            }
        }
        axes
    }

    /// One panel a treatment, one curve a topology.
    fn panels(&self, tables: &Tables<'_>, measure: &str, x: Axis, y: Axis) -> Curves {
        let log = y.scale == crate::Scale::Log;
        let point = |row: &BandRow| Point {
            x: row.removed,
            // what is 0 has no place on a log axis
            y: if log && row.mean <= 0.0 { f64::NAN } else { row.mean },
            interval: row.lo.zip(row.hi),
        };
        let description = format!("{measure} against removed fraction, one panel a treatment, one curve a topology");
        self.curves(tables, measure, (x, y), description, &point)
    }

    /// How many seizures each architecture takes: command reach against the number of removals, on a log axis.
    fn seizures(&self, tables: &Tables<'_>) -> Curves {
        let x = Axis::log("nodes seized, *q*");
        let y = Axis::linear("command reach, share of peers").within(0.0, 1.0);
        // before the first seizure: a place of its own on the log axis; what lies between 0 and 1 is an artefact of averaging
        let point = |row: &BandRow| Point {
            x: if row.removals > 0.0 && row.removals < 1.0 { f64::NAN } else { row.removals },
            y: row.mean,
            interval: row.lo.zip(row.hi),
        };
        let description =
            "command reach against the number of seized nodes, one panel a strategy, one curve a topology";
        self.curves(tables, "reach", (x, y), description.into(), &point)
    }

    fn curves(
        &self,
        tables: &Tables<'_>,
        measure: &str,
        (x, y): (Axis, Axis),
        description: String,
        point: &dyn Fn(&BandRow) -> Point,
    ) -> Curves {
        let by_topology = self.treatments.len() > MANY;
        let series = |topology: &str, treatment: &str| Series {
            label: plain(if by_topology { treatment } else { topology }),
            points: tables
                .bands
                .iter()
                .filter(|row| row.measure == measure && row.topology == topology && row.treatment == treatment)
                .map(point)
                .filter(|point| !point.x.is_nan())
                .collect(),
            ..Series::default()
        };
        let panel = |name: &&str| Panel {
            title: plain(name),
            series: match by_topology {
                true => self.treatments.iter().map(|treatment| series(name, treatment)).collect(),
                false => self.topologies.iter().map(|topology| series(topology, name)).collect(),
            },
            marks: Vec::<Mark>::new(),
        };
        let (one_panel, one_curve) = ("one panel a topology", "one curve a treatment");
        let panels = if by_topology { &self.topologies } else { &self.treatments };
        Curves {
            title: tables.title.to_string(),
            description: match by_topology {
                true => description
                    .replace("one curve a topology", one_curve)
                    .replace("one panel a treatment", one_panel)
                    .replace("one panel a strategy", one_panel),
                false => description,
            },
            x,
            y,
            columns: match panels.len() {
                1 => 1,
                3 | 7.. => 3,
                _ => 2,
            },
            panels: panels.iter().map(panel).collect(),
            legend: LegendPlace::Auto,
        }
    }

    fn value(&self, tables: &Tables<'_>, metric: &str, topology: &str, treatment: &str) -> Option<Estimate> {
        let mut rows = tables.summary.iter();
        let row = rows.find(|r| r.metric == metric && r.topology == topology && r.treatment == treatment)?;
        Some(Estimate { value: row.mean?, interval: row.lo.zip(row.hi) })
    }

    fn bars(&self, tables: &Tables<'_>, metric: &str, value: Axis) -> Bars {
        let values =
            |treatment: &str| self.topologies.iter().map(|t| self.value(tables, metric, t, treatment)).collect();
        Bars {
            title: tables.title.to_string(),
            description: format!("{metric} of every topology under every treatment, with 95 % intervals"),
            value,
            categories: self.topologies.iter().map(|t| plain(t)).collect(),
            series: self
                .treatments
                .iter()
                .map(|treatment| BarSeries { label: plain(treatment), values: values(treatment) })
                .collect(),
            numbers: Numbers::Shown,
            ..Bars::default()
        }
    }

    fn map(&self, tables: &Tables<'_>, metric: &str, value: Axis) -> HeatMap {
        let cell = |topology: &&str, treatment: &&str| self.value(tables, metric, topology, treatment).map(|e| e.value);
        HeatMap {
            title: tables.title.to_string(),
            description: format!("{metric}: topologies down, treatments across"),
            rows: self.topologies.iter().map(|t| plain(t)).collect(),
            columns: self.treatments.iter().map(|t| plain(t)).collect(),
            cells: self.topologies.iter().map(|t| self.treatments.iter().map(|s| cell(t, s)).collect()).collect(),
            value,
        }
    }

    /// S1 against the share of the total cost that is spent; where every removal costs the same, against removals.
    fn by_cost(&self, tables: &Tables<'_>) -> Curves {
        let spent = |row: &BandRow| {
            let same = |b: &&BandRow| {
                b.measure == "spent"
                    && b.topology == row.topology
                    && b.treatment == row.treatment
                    && b.removed == row.removed
            };
            tables.bands.iter().find(same).map_or(row.removed, |b| b.mean)
        };
        let point = |row: &BandRow| Point { x: spent(row), y: row.mean, interval: row.lo.zip(row.hi) };
        let axis = |label: &str| Axis::linear(label).within(0.0, 1.0);
        let axes = (axis("cost spent, share of the cost of everything"), axis("largest component, *S*_{1}/*N*"));
        let description = "largest component against cost spent, one panel a treatment, one curve a topology";
        self.curves(tables, "largest", axes, description.into(), &point)
    }

    /// A measure along the takedown.
    fn measure(&self, tables: &Tables<'_>, measure: &str) -> Curves {
        let rows: Vec<BandRow> = tables
            .measures
            .iter()
            .filter(|row| row.measure == measure)
            .map(|row| BandRow {
                topology: row.topology.clone(),
                treatment: row.treatment.clone(),
                measure: row.measure.clone(),
                removed: row.removed,
                removals: f64::NAN,
                mean: row.mean,
                lo: row.lo,
                hi: row.hi,
                trials: row.trials,
                networks: 0,
            })
            .collect();
        let unit = tables.measures.iter().find(|row| row.measure == measure).map_or("1", |row| row.unit.as_str());
        let tables = Tables { bands: &rows, ..*tables };
        let unit = if unit == "1" { String::new() } else { format!(" ({unit})") };
        let label = format!("{}{unit}", plain(&measure.replace('_', " ")));
        let ends = || rows.iter().map(|row| (row.lo.unwrap_or(row.mean), row.mean, row.hi.unwrap_or(row.mean)));
        // where no mean is negative, the lower end of an interval says nothing below 0
        let y = match ends().all(|(_, mean, _)| mean >= 0.0) && ends().any(|(lo, _, _)| lo < 0.0) {
            true => Axis::linear(label).within(0.0, ends().map(|(_, _, hi)| hi).fold(0.0, f64::max) * 1.05),
            false => Axis::linear(label),
        };
        self.panels(&tables, measure, Axis::linear("removed fraction, *f*").within(0.0, 1.0), y)
    }

    fn seconds(&self, tables: &Tables<'_>) -> HeatMap {
        let cell = |topology: &&str, treatment: &&str| {
            let mut rows = tables.seconds.iter();
            rows.find(|r| r.topology == **topology && r.treatment == **treatment).map(|r| r.seconds * 1e3)
        };
        HeatMap {
            title: tables.title.to_string(),
            description: "milliseconds that an order takes: topologies down, treatments across".into(),
            rows: self.topologies.iter().map(|t| plain(t)).collect(),
            columns: self.treatments.iter().map(|t| plain(t)).collect(),
            cells: self.topologies.iter().map(|t| self.treatments.iter().map(|s| cell(t, s)).collect()).collect(),
            value: Axis::log("time of one order (ms)"),
        }
    }

    fn degrees(&self, tables: &Tables<'_>) -> Degrees {
        let counts = |topology: &&str| DegreeCounts {
            label: plain(topology),
            counts: tables.degrees.iter().filter(|r| r.topology == **topology).map(|r| (r.degree, r.nodes)).collect(),
        };
        Degrees {
            title: tables.title.to_string(),
            description: "share of nodes with at least k links, by topology".into(),
            networks: self.topologies.iter().map(counts).collect(),
            ..Degrees::default()
        }
    }
}
