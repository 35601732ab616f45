//! The figures of a campaign study, from its summary tables.

use super::metrics::{HARM_AVERTED_PER_COST, HARM_AVERTED_SHARE, IDENTIFIED, RESIDUAL_180};
use super::rows::{RecoveryRow, TimelineRow};
use crate::shared::cells::{Labels, estimate};
use crate::{Folder, ShowError};
use hydranet_charts::{
    Axis, Chart, ChartError, Curves, Joining, LegendPlace, Mark, Named, Panel, Point, Preset, Series, SurvivalCurves,
    SurvivalGroup, Width, literal,
};
use hydranet_results::summary::SummaryRow;
use serde::Deserialize;

/// The tables that figures are drawn from.
#[derive(Debug, Clone, Copy)]
struct Tables<'t> {
    /// The title of the experiment.
    title: &'t str,
    /// Every metric of every cell.
    summary: &'t [SummaryRow],
    /// Mean curves over time.
    timeline: &'t [TimelineRow],
    /// Recovery curves.
    recovery: &'t [RecoveryRow],
    /// Days on which each treatment strikes as planned, by label.
    strikes: &'t [(String, Vec<f64>)],
}

/// What of a spec decides which days are marked.
#[derive(Deserialize)]
struct Planned {
    treatment: Vec<PlannedTreatment>,
}

#[derive(Deserialize)]
struct PlannedTreatment {
    label: String,
    #[serde(default)]
    action: Vec<PlannedAction>,
}

/// The schedule of an action, as far as days are known beforehand.
#[derive(Deserialize)]
struct PlannedAction {
    #[serde(default)]
    at_days: f64,
    #[serde(default)]
    delay_hours: f64,
    #[serde(default)]
    every_days: f64,
    times: u32,
    when_known: Option<f64>,
    when_evidence: Option<f64>,
}

/// Days on which actions without a cue take effect, at most a hundred.
fn strikes(actions: &[PlannedAction]) -> Vec<f64> {
    let mut days: Vec<f64> = Vec::new();
    for action in actions.iter().filter(|a| a.when_known.is_none() && a.when_evidence.is_none()) {
        let first = action.at_days + action.delay_hours / 24.0;
        days.extend((0..action.times.min(100)).map(|i| first + f64::from(i) * action.every_days));
    }
    days.sort_by(f64::total_cmp);
    days.dedup();
    days.truncate(100);
    days
}

/// All figures of a campaign study, from the tables in its folder.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    let summary = folder.summary()?;
    let (timeline, recovery) = (folder.rows::<TimelineRow>("timeline")?, folder.rows::<RecoveryRow>("recovery")?);
    let planned: Planned = folder.spec()?;
    let strikes: Vec<(String, Vec<f64>)> =
        planned.treatment.into_iter().map(|t| (t.label, strikes(&t.action))).collect();
    let title = folder.run.title.as_str();
    let tables = Tables { title, summary: &summary, timeline: &timeline, recovery: &recovery, strikes: &strikes };
    Ok(draw(&tables, width)?)
}

/// `width` overrides the width that suits each figure.
fn draw(tables: &Tables<'_>, width: Option<Width>) -> Result<Vec<Named>, ChartError> {
    let wide = Preset { width: width.unwrap_or(Width::TwoColumn), ..Preset::default() };
    let text = Preset { width: width.unwrap_or(Width::Article), ..Preset::default() };
    let labels = Labels::of(tables.summary);
    let mut list = Vec::new();
    let mut add = |name: &str, figure| list.push(Named { name: name.into(), figure });
    for (name, measure, label) in [
        ("reach-over-time", "reach", "commanded machines, share of initial"),
        ("relative-reach", "relative", "reach, share of the untouched twin's"),
        ("online-over-time", "online", "online machines, share of initial"),
        ("knowledge-over-time", "known", "known machines, share of initial"),
        ("evidence-over-time", "evidence", "evidence (nats)"),
    ] {
        let rows = tables.timeline.iter().filter(|r| r.measure == measure);
        let highest = rows.map(|r| r.mean).fold(0.0, f64::max);
        // what nobody gathers needs no figure
        if highest > 0.0 {
            // a wide interval of few trials does not set the scale, nor does it make a share negative
            let y = Axis::linear(label).within(0.0, 1.2 * highest);
            add(name, timeline(&labels, tables, measure, y).draw(&wide)?);
        }
    }
    for (name, level) in [("recovery-50", 50), ("recovery-90", 90)] {
        if let Some(chart) = recovery(&labels, tables, level) {
            add(name, chart.draw(&wide)?);
        }
    }
    for (name, metric, axis) in [
        ("harm-averted", &HARM_AVERTED_SHARE.info, Axis::linear("harm averted, share of the untouched twin's")),
        ("harm-averted-per-cost", &HARM_AVERTED_PER_COST.info, Axis::linear("harm averted (machine-days a seizure)")),
        ("residual-180", &RESIDUAL_180.info, Axis::linear("reach after 180 days, share of the untouched twin's")),
    ] {
        if tables.summary.iter().any(|r| r.is(metric) && r.mean.is_some()) {
            add(name, labels.bars(tables.title, tables.summary, metric, axis).draw(&text)?);
        }
    }
    if tables.summary.iter().any(|r| r.is(&IDENTIFIED.info) && r.mean.is_some_and(|m| m > 0.0)) {
        add("frontier", frontier(&labels, tables).draw(&text)?);
    }
    Ok(list)
}

/// One panel a treatment with its takedown marks, one curve a topology.
fn timeline(labels: &Labels<'_>, tables: &Tables<'_>, measure: &str, y: Axis) -> Curves {
    let series = |topology: &str, treatment: &str| Series {
        label: literal(topology),
        points: tables
            .timeline
            .iter()
            .filter(|r| r.measure == measure && r.topology == topology && r.treatment == treatment)
            .map(|r| Point { x: r.day, y: r.mean, interval: r.lo.zip(r.hi) })
            .collect(),
        ..Series::default()
    };
    let marks = |treatment: &str| {
        let days = tables.strikes.iter().find(|s| s.0 == treatment).map_or(&[][..], |s| &s.1);
        let label = |i: usize| if i == 0 { "takedown".to_string() } else { String::new() };
        days.iter().enumerate().map(|(i, &x)| Mark { x, label: label(i) }).collect()
    };
    let panel = |treatment: &&str| Panel {
        title: literal(treatment),
        series: labels.topologies.iter().map(|topology| series(topology, treatment)).collect(),
        marks: marks(treatment),
    };
    Curves {
        title: tables.title.to_string(),
        description: format!("{measure} over time, one panel a treatment, one curve a topology; takedowns are marked"),
        x: Axis::linear("time (days)"),
        y,
        columns: if labels.treatments.len() == 1 { 1 } else { 2 },
        panels: labels.treatments.iter().map(panel).collect(),
        legend: LegendPlace::Auto,
    }
}

/// Recovery to a level after the first treatment's takedown, one curve a topology.
fn recovery(labels: &Labels<'_>, tables: &Tables<'_>, level: u64) -> Option<SurvivalCurves> {
    let rows = |treatment: &str, topology: &str| {
        let fits = move |r: &&RecoveryRow| r.level == level && r.treatment == treatment && r.topology == topology;
        tables.recovery.iter().filter(fits).collect::<Vec<_>>()
    };
    let treatment = *labels.treatments.iter().find(|t| labels.topologies.iter().any(|p| !rows(t, p).is_empty()))?;
    let group = |topology: &&str| {
        let rows = rows(treatment, topology);
        let group = SurvivalGroup {
            label: literal(topology),
            points: rows.iter().map(|r| Point { x: r.day, y: r.share_down, interval: r.lo.zip(r.hi) }).collect(),
            at_risk: rows.iter().map(|r| (r.day, r.at_risk)).collect(),
        };
        (!rows.is_empty()).then_some(group)
    };
    Some(SurvivalCurves {
        title: tables.title.to_string(),
        description: format!("time to {level} % recovery under {treatment}, Kaplan-Meier, with those at risk"),
        x: Axis::linear("time since the first takedown (days)"),
        y: Axis::linear(format!("share not yet back at {level} %")).within(0.0, 1.0),
        risk: format!("trials still below {level} % ({})", literal(treatment)),
        groups: labels.topologies.iter().filter_map(group).collect(),
    })
}

/// Harm that was not averted against the chance that the operator is not identified: down and left is better.
fn frontier(labels: &Labels<'_>, tables: &Tables<'_>) -> Curves {
    let point = |topology: &str, treatment: &str| {
        let (x, y) = (
            estimate(tables.summary, &IDENTIFIED.info, topology, treatment)?,
            estimate(tables.summary, &HARM_AVERTED_SHARE.info, topology, treatment)?,
        );
        Some(Point { x: x.value, y: y.value, interval: y.interval })
    };
    let series = |treatment: &&str, topology: &str| Series {
        label: literal(treatment),
        points: point(topology, treatment).into_iter().collect(),
        draw: Joining::Markers,
        ..Series::default()
    };
    let panel = |topology: &&str| Panel {
        title: literal(topology),
        series: labels.treatments.iter().map(|treatment| series(treatment, topology)).collect(),
        marks: Vec::new(),
    };
    Curves {
        title: tables.title.to_string(),
        description: "harm averted against the chance of identification, one panel a topology, one point a treatment"
            .into(),
        x: Axis::linear("operator identified, share of trials").within(0.0, 1.0),
        y: Axis::linear("harm averted, share of the twin's"),
        columns: if labels.topologies.len() == 1 { 1 } else { 2 },
        panels: labels.topologies.iter().map(panel).collect(),
        legend: LegendPlace::Auto,
    }
}
