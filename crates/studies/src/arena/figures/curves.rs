//! Learning curves, the hydra plot, the price of memory, value against budget, quantal responses.

use super::Tables;
use crate::arena::metrics::FOUND;
use crate::arena::rows::LearningRow;
use crate::arena::table::name;
use crate::shared::cells::distinct;
use hydranet_charts::{Axis, Curves, Joining, LegendPlace, Paint, Panel, Point, Series, literal};

fn panel_of(games: usize) -> usize {
    if games == 1 { 1 } else { 2 }
}

/// Held-out NashConv of every learner against itself, against rounds; noise floor and bounds as lines.
pub(super) fn exploitability(tables: &Tables) -> Option<Curves> {
    if tables.learning.is_empty() {
        return None;
    }
    let panel = |game: &crate::arena::rows::GameRow| {
        let own: Vec<&LearningRow> = tables
            .learning
            .iter()
            .filter(|r| r.group == game.group && r.budget == game.budget)
            .filter(|r| r.operator == r.defender && r.delay == 0 && r.memory.is_none())
            .collect();
        let mut series: Vec<Series> = distinct(own.iter().map(|r| r.operator.as_str()))
            .into_iter()
            .map(|learner| Series {
                label: literal(learner),
                points: own
                    .iter()
                    .filter(|r| r.operator == learner)
                    .map(|r| Point { x: r.round as f64, y: r.held_out, interval: r.lo.zip(r.hi) })
                    .collect(),
                ..Series::default()
            })
            .collect();
        let line = |label: &str, read: fn(&LearningRow) -> Option<f64>, of: &str| Series {
            label: label.into(),
            points: own
                .iter()
                .filter(|r| r.operator == of)
                .filter_map(|r| Some(Point { x: r.round as f64, y: read(r)?, interval: None }))
                .collect(),
            draw: Joining::Line,
            paint: Paint::Reference,
        };
        series.push(line("regret matching: bound", |r| r.bound, "regret-matching"));
        series.push(Series {
            paint: Paint::Auto,
            ..line("noise floor of the equilibrium", |r| Some(r.floor).filter(|x| *x > 0.0), "equilibrium")
        });
        series.retain(|s| !s.points.is_empty());
        Panel { title: literal(&name(&game.group, game.budget)), series, marks: Vec::new() }
    };
    Some(Curves {
        title: tables.title.clone(),
        description: "NashConv of average play on networks that were not played, against rounds, for every learner against itself".into(),
        x: Axis::log("rounds"),
        y: Axis::log("held-out NashConv (machine-days)"),
        columns: panel_of(tables.games.len()),
        panels: tables.games.iter().map(panel).collect(),
        legend: LegendPlace::Below,
    })
}

/// The effect of the n-th takedown, one panel an arm of the operator, one curve an arm of the defender.
pub(super) fn hydra(tables: &Tables) -> Option<Curves> {
    // one takedown makes no curve
    let more = |label: &str, of: fn(&crate::arena::rows::HydraRow) -> &str| {
        tables.hydra.iter().any(|r| of(r) == label && r.strike >= 3)
    };
    let mut operators: Vec<&str> = distinct(tables.hydra.iter().map(|r| r.topology.as_str()))
        .into_iter()
        .filter(|t| more(t, |r| &r.topology))
        .collect();
    if operators.len() > MOST {
        // those of the first group alone
        let group = |label: &str| tables.arms.iter().find(|arm| arm.label == label).map(|arm| arm.group.as_str());
        let first = group(operators[0]);
        operators.retain(|label| group(label) == first);
    }
    let highest = tables.hydra.iter().map(|r| r.effect).fold(0.0, f64::max);
    let defenders: Vec<&str> = distinct(tables.hydra.iter().map(|r| r.treatment.as_str()))
        .into_iter()
        .filter(|t| more(t, |r| &r.treatment))
        .collect();
    if operators.is_empty() {
        return None;
    }
    let series = |operator: &str, defender: &&str| Series {
        label: literal(defender),
        points: tables
            .hydra
            .iter()
            .filter(|r| r.topology == operator && r.treatment == *defender)
            .map(|r| Point { x: (r.strike + r.until) as f64 / 2.0, y: r.effect, interval: r.lo.zip(r.hi) })
            .collect(),
        ..Series::default()
    };
    let panel = |operator: &&str| Panel {
        title: literal(operator),
        series: defenders.iter().map(|d| series(operator, d)).collect(),
        marks: Vec::new(),
    };
    Some(Curves {
        title: tables.title.clone(),
        description: "reach lost in the window after the n-th takedown, as a share of the untouched twin's".into(),
        x: Axis::linear("takedown, number"),
        y: Axis::linear("reach lost after it, share of the twin's").within(0.0, (1.2 * highest).clamp(0.01, 1.0)),
        columns: 2,
        panels: operators.iter().map(panel).collect(),
        legend: LegendPlace::Below,
    })
}

/// Panels at most, without regard to groups.
const MOST: usize = 8;

/// How often strikes find an operator who has N places, by its rule: the most that any arm of the defender finds it; and 1/N.
pub(super) fn price_of_memory(tables: &Tables) -> Option<Curves> {
    let hidden: Vec<(&str, &str, u32)> = tables
        .arms
        .iter()
        .filter_map(|arm| {
            let learning = arm.operator.learning.as_ref()?;
            Some((arm.label.as_str(), learning.learner.as_str(), learning.places))
        })
        .collect();
    let mut places: Vec<u32> = hidden.iter().map(|h| h.2).collect();
    places.sort_unstable();
    places.dedup();
    if places.len() < 2 {
        return None;
    }
    let worst = |label: &str, n: u32| {
        let rows = tables.summary.iter().filter(|r| r.is(&FOUND.info) && r.topology == label);
        let most = rows.filter_map(|r| Some((r.mean?, r.lo.zip(r.hi)))).max_by(|a, b| a.0.total_cmp(&b.0))?;
        Some(Point { x: f64::from(n), y: most.0, interval: most.1 })
    };
    let rule = |learner: &str| Series {
        label: literal(learner),
        points: hidden.iter().filter(|h| h.1 == learner).filter_map(|h| worst(h.0, h.2)).collect(),
        draw: Joining::Markers,
        ..Series::default()
    };
    let theory = |label: &str, read: fn(f64) -> f64| Series {
        label: label.into(),
        points: places.iter().map(|&n| Point { x: f64::from(n), y: read(f64::from(n)), interval: None }).collect(),
        draw: Joining::Line,
        paint: Paint::Reference,
    };
    let mut series: Vec<Series> = distinct(hidden.iter().map(|h| h.1)).into_iter().map(rule).collect();
    series.push(theory("1/*N*, 1/(*N* − 1), 2/*N*", |n| 1.0 / n));
    series.push(theory("", |n| (1.0 / (n - 1.0)).min(1.0)));
    series.push(theory("", |n| 2.0 / n));
    Some(Curves {
        title: tables.title.clone(),
        description:
            "share of strikes that find an operator with N places, against the defender who finds it most often".into(),
        x: Axis::linear("places to be in, *N*")
            .within(f64::from(places[0]) - 0.5, f64::from(places[places.len() - 1]) + 0.5),
        y: Axis::linear("strikes that find the operator, share").within(0.0, 1.05),
        columns: 1,
        panels: vec![Panel { title: String::new(), series, marks: Vec::new() }],
        legend: LegendPlace::Auto,
    })
}

/// Value against budget, one curve a group.
pub(super) fn value(tables: &Tables) -> Option<Curves> {
    let groups = distinct(tables.games.iter().map(|g| g.group.as_str()));
    let points = |group: &str| -> Vec<Point> {
        let own = tables.games.iter().filter(|g| g.group == group);
        let mut points: Vec<Point> =
            own.filter_map(|g| Some(Point { x: g.budget?, y: g.value?, interval: g.lo.zip(g.hi) })).collect();
        points.sort_by(|a, b| a.x.total_cmp(&b.x));
        points
    };
    if groups.iter().all(|group| points(group).len() < 2) {
        return None;
    }
    let series = |group: &&str| Series { label: literal(group), points: points(group), ..Series::default() };
    Some(Curves {
        title: tables.title.clone(),
        description: "what the operator gets in equilibrium against the defender's budget".into(),
        x: Axis::linear("budget of the defender (server seizures)"),
        y: Axis::linear("value: harm in equilibrium (machine-days)"),
        columns: 1,
        panels: vec![Panel { title: String::new(), series: groups.iter().map(series).collect(), marks: Vec::new() }],
        legend: LegendPlace::Auto,
    })
}

/// Weights of arms against precision, one panel a side, of the last game.
pub(super) fn quantal(tables: &Tables) -> Option<Curves> {
    let last = tables.games.last()?;
    let own: Vec<_> = tables.quantal.iter().filter(|q| q.group == last.group && q.budget == last.budget).collect();
    if own.is_empty() {
        return None;
    }
    let panel = |side: &str| {
        let rows: Vec<_> = own.iter().filter(|q| q.side == side).collect();
        let series = distinct(rows.iter().map(|q| q.arm.as_str())).into_iter().map(|arm| Series {
            label: literal(arm),
            points: rows
                .iter()
                .filter(|q| q.arm == arm)
                .map(|q| Point { x: q.precision, y: q.probability, interval: None })
                .collect(),
            ..Series::default()
        });
        Panel { title: side.into(), series: series.collect(), marks: Vec::new() }
    };
    Some(Curves {
        title: tables.title.clone(),
        description: format!(
            "logit quantal responses of {}: weight of every arm against precision",
            name(&last.group, last.budget)
        ),
        x: Axis::log("precision, λ times the range of payoffs"),
        y: Axis::linear("weight of the arm").within(0.0, 1.0),
        columns: 2,
        panels: vec![panel("operator"), panel("defender")],
        legend: LegendPlace::Below,
    })
}
