//! The charts of a takedown study: one panel a treatment or, in a benchmark of many, one panel a topology.

use super::tables::Tables;
use crate::shared::cells::{Labels, estimate};
use crate::takedown::band_table::BandRow;
use hydranet_charts::{
    Axis, Bars, Curves, DegreeCounts, Degrees, HeatMap, LegendPlace, Mark, Panel, Point, Scale, Series, literal,
};
use hydranet_results::MetricInfo;
use hydranet_results::summary::SummaryRow;

/// More treatments than this make a benchmark of strategies: panels by topology, curves by treatment.
const MANY: usize = 6;

/// The labels of the experiment, in its order.
pub(super) struct Axes<'t> {
    labels: Labels<'t>,
}

impl<'t> Axes<'t> {
    pub(super) fn of(summary: &'t [SummaryRow]) -> Axes<'t> {
        Axes { labels: Labels::of(summary) }
    }

    /// Whether this is a benchmark of strategies, which is read by network.
    pub(super) fn benchmark(&self) -> bool {
        self.labels.treatments.len() > MANY
    }

    /// Whether there are several topologies and several treatments.
    pub(super) fn grid(&self) -> bool {
        self.labels.topologies.len() > 1 && self.labels.treatments.len() > 1
    }

    /// One panel a treatment, one curve a topology.
    pub(super) fn panels(&self, tables: &Tables<'_>, measure: &str, x: Axis, y: Axis) -> Curves {
        let log = y.scale == Scale::Log;
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
    pub(super) fn seizures(&self, tables: &Tables<'_>) -> Curves {
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
        let by_topology = self.benchmark();
        let series = |topology: &str, treatment: &str| Series {
            label: literal(if by_topology { treatment } else { topology }),
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
            title: literal(name),
            series: match by_topology {
                true => self.labels.treatments.iter().map(|treatment| series(name, treatment)).collect(),
                false => self.labels.topologies.iter().map(|topology| series(topology, name)).collect(),
            },
            marks: Vec::<Mark>::new(),
        };
        let (one_panel, one_curve) = ("one panel a topology", "one curve a treatment");
        let panels = if by_topology { &self.labels.topologies } else { &self.labels.treatments };
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

    pub(super) fn bars(&self, tables: &Tables<'_>, metric: &MetricInfo, value: Axis) -> Bars {
        self.labels.bars(tables.title, tables.summary, metric, value)
    }

    pub(super) fn map(&self, tables: &Tables<'_>, metric: &MetricInfo, value: Axis) -> HeatMap {
        let cell =
            |topology: &str, treatment: &str| estimate(tables.summary, metric, topology, treatment).map(|e| e.value);
        let description = format!("{}: topologies down, treatments across", metric.name);
        self.heat(tables, description, value, &cell)
    }

    /// A number a cell: topologies down, treatments across.
    fn heat(
        &self,
        tables: &Tables<'_>,
        description: String,
        value: Axis,
        cell: &dyn Fn(&str, &str) -> Option<f64>,
    ) -> HeatMap {
        let Labels { topologies, treatments, .. } = &self.labels;
        let row = |topology: &&str| treatments.iter().map(|treatment| cell(topology, treatment)).collect();
        HeatMap {
            title: tables.title.to_string(),
            description,
            rows: topologies.iter().map(|t| literal(t)).collect(),
            columns: treatments.iter().map(|t| literal(t)).collect(),
            cells: topologies.iter().map(row).collect(),
            intervals: Vec::new(),
            value,
        }
    }

    /// S1 against the share of the total cost that is spent; where every removal costs the same, against removals.
    pub(super) fn by_cost(&self, tables: &Tables<'_>) -> Curves {
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
    pub(super) fn measure(&self, tables: &Tables<'_>, measure: &MetricInfo) -> Curves {
        let band = |row: &SummaryRow| {
            Some(BandRow {
                topology: row.topology.clone(),
                treatment: row.treatment.clone(),
                measure: row.metric.clone(),
                removed: row.at?,
                removals: f64::NAN,
                mean: row.mean?,
                lo: row.lo,
                hi: row.hi,
                trials: row.trials,
                networks: row.networks,
            })
        };
        let rows: Vec<BandRow> = tables.summary.iter().filter(|row| row.is(measure)).filter_map(band).collect();
        let tables = Tables { bands: &rows, ..*tables };
        let unit = if measure.unit == "1" { String::new() } else { format!(" ({})", measure.unit) };
        let label = format!("{}{unit}", literal(&measure.name.replace('_', " ")));
        let ends = || rows.iter().map(|row| (row.lo.unwrap_or(row.mean), row.mean, row.hi.unwrap_or(row.mean)));
        // where no mean is negative, the lower end of an interval says nothing below 0
        let y = match ends().all(|(_, mean, _)| mean >= 0.0) && ends().any(|(lo, _, _)| lo < 0.0) {
            true => Axis::linear(label).within(0.0, ends().map(|(_, _, hi)| hi).fold(0.0, f64::max) * 1.05),
            false => Axis::linear(label),
        };
        self.panels(&tables, measure.name, Axis::linear("removed fraction, *f*").within(0.0, 1.0), y)
    }

    pub(super) fn seconds(&self, tables: &Tables<'_>) -> HeatMap {
        let cell = |topology: &str, treatment: &str| {
            let mut rows = tables.seconds.iter();
            rows.find(|r| r.topology == topology && r.treatment == treatment).map(|r| r.seconds * 1e3)
        };
        let description = "milliseconds that an order takes: topologies down, treatments across".into();
        self.heat(tables, description, Axis::log("time of one order (ms)"), &cell)
    }

    pub(super) fn degrees(&self, tables: &Tables<'_>) -> Degrees {
        let counts = |topology: &&str| DegreeCounts {
            label: literal(topology),
            counts: tables.degrees.iter().filter(|r| r.topology == **topology).map(|r| (r.degree, r.nodes)).collect(),
        };
        Degrees {
            title: tables.title.to_string(),
            description: "share of nodes with at least k links, by topology".into(),
            networks: self.labels.topologies.iter().map(counts).collect(),
            ..Degrees::default()
        }
    }
}
