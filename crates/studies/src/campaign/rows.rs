//! The rows of a campaign study, and what they sum up to.
//!
//! Raw: one row a trial ([`OUTCOMES`]) and one row a trial and recorded day ([`DAYS`]). Summed up: every metric of every
//! cell ([`crate::summary::SUMMARY`]), mean curves over time ([`TIMELINE`]), recovery curves ([`RECOVERY`]).

use crate::statistics::{Clustered, LEVEL, kaplan_meier, median, wilson_interval};
use crate::summary::SummaryRow;
use crate::{Table, table};

table! {
    /// One row a trial.
    OUTCOMES "outcomes" OutcomeRow {
        topology: Text String, "", "label of the topology in the spec";
        model: Text String, "", "the model that drew the network";
        treatment: Text String, "", "label of the treatment in the spec";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the life of this network, from 0";
        peers: Count u64, "machines", "machines at the start";
        horizon: Count u64, "hours", "length of the story";
        first_strike: NullableCount Option<u64>, "hours", "when the first action took effect; empty if none did";
        harm: Count u64, "machine-hours", "commanded machine-hours";
        harm_twin: Count u64, "machine-hours", "the same of the untouched twin: same streams, no takedown";
        depth: Real f64, "1", "largest loss of reach after the first strike (an arrest is none), as a share of the twin's reach";
        recover_50: NullableCount Option<u64>, "hours", "first strike to half of the twin's reach, or to the end; empty if reach never fell below";
        came_50: Count u64, "", "1 if it came to that";
        recover_90: NullableCount Option<u64>, "hours", "the same for 90 %";
        came_90: Count u64, "", "1 if it came to that";
        residual_30: NullableReal Option<f64>, "1", "reach over the twin's 30 days after the first strike; empty if the story ends before";
        residual_90: NullableReal Option<f64>, "1", "the same after 90 days";
        residual_180: NullableReal Option<f64>, "1", "the same after 180 days";
        cost: Real f64, "seizures", "cost of actions and watching, in server seizures";
        identified: NullableCount Option<u64>, "hours", "when the operator was identified; empty if he was not";
        rebuilt: Count u64, "servers", "servers that the operator rebuilt";
    }
}

table! {
    /// One row a trial and recorded day.
    DAYS "days" DayRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the life of this network, from 0";
        hour: Count u64, "hours", "time since the start";
        peers: Count u64, "machines", "machines at the start";
        reach: Count u64, "machines", "commanded machines";
        reach_twin: Count u64, "machines", "commanded machines of the untouched twin";
        online: Count u64, "machines", "machines that are online";
        members: Count u64, "machines", "machines, on or off";
        known: Count u64, "machines", "machines that the defender knows";
        age: Count u64, "seconds", "sum over online machines of the age of their newest command";
        nats: Real f64, "nats", "evidence against the operator: log-likelihood ratio";
        cost: Real f64, "seizures", "cost so far";
    }
}

table! {
    /// Mean curves over time.
    TIMELINE "timeline" TimelineRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        measure: Text String, "", "reach, online and known (shares of the machines at the start), relative (reach over the twin's), evidence (nats)";
        day: Real f64, "days", "time since the start";
        mean: Real f64, "see measure", "mean over trials";
        lo: NullableReal Option<f64>, "see measure", "lower end of the 95 % interval for the mean, by networks";
        hi: NullableReal Option<f64>, "see measure", "upper end of that interval";
    }
}

table! {
    /// Recovery curves (Kaplan & Meier 1958): trials in which reach fell below the level.
    RECOVERY "recovery" RecoveryRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec";
        level: Count u64, "%", "recovery to this share of the twin's reach: 50 or 90";
        day: Real f64, "days", "time since the first strike";
        at_risk: Count u64, "trials", "trials that had not recovered, nor ended, before that time";
        recovered: Count u64, "trials", "trials that recovered at that time";
        share_down: Real f64, "1", "chance to be still below the level after that time";
        lo: NullableReal Option<f64>, "1", "lower end of its 95 % interval (log-log); empty at 0 and 1";
        hi: NullableReal Option<f64>, "1", "upper end of that interval";
    }
}

/// A number that is read off a trial.
pub struct Metric {
    /// Its name in tables.
    pub name: &'static str,
    /// Its unit; 1 for ratios.
    pub unit: &'static str,
    /// Its value, if the trial has one.
    pub of: fn(&OutcomeRow) -> Option<f64>,
    /// How a cell is summed up.
    summing: Summing,
}

/// How the trials of a cell are summed up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Summing {
    /// The mean.
    Mean,
    /// The mean of noughts and ones: a share of the trials.
    Share,
    /// What all trials averted by what they cost together: in a mean of quotients those that end early would weigh most.
    AvertedByCost,
}

fn averted(r: &OutcomeRow) -> f64 {
    (r.harm_twin as f64 - r.harm as f64) / 24.0
}

const fn metric(name: &'static str, unit: &'static str, of: fn(&OutcomeRow) -> Option<f64>) -> Metric {
    Metric { name, unit, of, summing: Summing::Mean }
}

const fn share(name: &'static str, of: fn(&OutcomeRow) -> Option<f64>) -> Metric {
    Metric { name, unit: "1", of, summing: Summing::Share }
}

/// What is read off a trial, in the order of tables.
pub static METRICS: [Metric; 13] = [
    metric("depth", "1", |r| Some(r.depth)),
    share("recovered_50", |r| r.recover_50.map(|_| r.came_50 as f64)),
    share("recovered_90", |r| r.recover_90.map(|_| r.came_90 as f64)),
    metric("recovery_days_90", "days", |r| r.recover_90.filter(|_| r.came_90 == 1).map(|h| h as f64 / 24.0)),
    metric("residual_30", "1", |r| r.residual_30),
    metric("residual_90", "1", |r| r.residual_90),
    metric("residual_180", "1", |r| r.residual_180),
    metric("harm", "machine-days", |r| Some(r.harm as f64 / 24.0)),
    metric("harm_averted", "machine-days", |r| Some(averted(r))),
    metric("harm_averted_share", "1", |r| (r.harm_twin > 0).then(|| averted(r) * 24.0 / r.harm_twin as f64)),
    Metric {
        name: "harm_averted_per_cost",
        unit: "machine-days a seizure",
        of: |r| (r.cost > 0.0).then(|| averted(r) / r.cost),
        summing: Summing::AvertedByCost,
    },
    metric("cost", "seizures", |r| Some(r.cost)),
    share("identified", |r| Some(r.identified.is_some() as u64 as f64)),
];

/// Rows of one cell after the other, cells in the order of their first row.
fn cells<R>(rows: Vec<R>, cell: impl Fn(&R) -> (&str, &str)) -> Vec<Vec<R>> {
    let mut list: Vec<Vec<R>> = Vec::new();
    for row in rows {
        match list.iter_mut().rev().find(|rows| cell(&rows[0]) == cell(&row)) {
            Some(rows) => rows.push(row),
            None => list.push(vec![row]),
        }
    }
    list
}

/// Every metric of every cell; a mean over clusters with its interval. O(trials · metrics).
///
/// # Panics
/// If the table is of another schema.
pub fn summarize(outcomes: &Table) -> Vec<SummaryRow> {
    let cells = cells(outcomes.records::<OutcomeRow>().collect(), |r| (&r.topology, &r.treatment));
    let mut rows = Vec::new();
    for trials in &cells {
        for metric in &METRICS {
            let values: Vec<(u64, f64)> = trials.iter().filter_map(|r| Some((r.network, (metric.of)(r)?))).collect();
            rows.push(match metric.summing {
                Summing::Mean => summary_row(&trials[0], (metric.name, metric.unit), trials.len(), values),
                Summing::Share => share_row(trials, metric, values),
                Summing::AvertedByCost => averted_per_cost(trials, metric),
            });
        }
        let waits: Vec<(f64, bool)> =
            trials.iter().map(|r| (r.identified.unwrap_or(r.horizon) as f64 / 24.0, r.identified.is_some())).collect();
        let median = crate::statistics::median_wait(&kaplan_meier(&waits, LEVEL));
        let mut row = summary_row(&trials[0], ("identified_days", "days"), trials.len(), Vec::new());
        row.median = median;
        (row.trials, row.missing) = (trials.len() as u64, waits.iter().filter(|w| !w.1).count() as u64);
        rows.push(row);
    }
    rows
}

/// A share of trials. With one trial a network they are independent, and the interval is known better than by Student's t.
fn share_row(trials: &[OutcomeRow], metric: &Metric, values: Vec<(u64, f64)>) -> SummaryRow {
    let yes = values.iter().filter(|(_, x)| *x == 1.0).count() as u64;
    let mut row = summary_row(&trials[0], (metric.name, metric.unit), trials.len(), values);
    if row.networks == row.trials && row.trials > 1 {
        let interval = wilson_interval(yes, row.trials, LEVEL);
        (row.lo, row.hi) = (interval.map(|i| i.lo), interval.map(|i| i.hi));
    }
    row
}

/// What all trials averted together, by what they cost together; the interval by linearisation (Cochran, Sampling
/// Techniques, 1977, §6.3), clustered by network. Trials that cost nothing count.
fn averted_per_cost(trials: &[OutcomeRow], metric: &Metric) -> SummaryRow {
    let cost: f64 = trials.iter().map(|r| r.cost).sum();
    let ratio = trials.iter().map(averted).sum::<f64>() / cost;
    let mean_cost = cost / trials.len() as f64;
    let errors = trials.iter().filter(|_| cost > 0.0).map(|r| (r.network, (averted(r) - ratio * r.cost) / mean_cost));
    let mut row = summary_row(&trials[0], (metric.name, metric.unit), trials.len(), errors.collect());
    let shifted = |x: Option<f64>| x.map(|x| x + ratio);
    (row.mean, row.lo, row.hi) = (row.mean.map(|_| ratio), shifted(row.lo), shifted(row.hi));
    row.median = median(&trials.iter().filter_map(metric.of).collect::<Vec<_>>());
    row
}

fn summary_row(first: &OutcomeRow, (name, unit): (&str, &str), all: usize, values: Vec<(u64, f64)>) -> SummaryRow {
    let plain: Vec<f64> = values.iter().map(|v| v.1).collect();
    let estimate = Clustered::new(values).ok().and_then(|c| c.estimate(LEVEL));
    SummaryRow {
        topology: first.topology.clone(),
        treatment: first.treatment.clone(),
        metric: name.into(),
        unit: unit.into(),
        mean: estimate.map(|e| e.mean),
        sd: estimate.and_then(|e| e.sd),
        lo: estimate.and_then(|e| e.lo),
        hi: estimate.and_then(|e| e.hi),
        median: median(&plain),
        trials: plain.len() as u64,
        networks: estimate.map_or(0, |e| e.clusters),
        missing: (all - plain.len()) as u64,
    }
}

/// One way of reading a day.
type Reading = (&'static str, fn(&DayRow) -> f64);

const READINGS: [Reading; 5] = [
    ("reach", |r| r.reach as f64 / r.peers as f64),
    ("online", |r| r.online as f64 / r.peers as f64),
    ("known", |r| r.known as f64 / r.peers as f64),
    ("relative", |r| if r.reach_twin == 0 { 1.0 } else { r.reach as f64 / r.reach_twin as f64 }),
    ("evidence", |r| r.nats),
];

/// Mean curves with intervals. O(rows · log rows).
///
/// # Panics
/// If the table is of another schema.
pub fn timeline(days: &Table) -> Vec<TimelineRow> {
    let cells = cells(days.records::<DayRow>().collect(), |r| (&r.topology, &r.treatment));
    let mut rows = Vec::new();
    for mut cell in cells {
        cell.sort_by_key(|r| r.hour);
        for (measure, read) in READINGS {
            for same in cell.chunk_by(|a, b| a.hour == b.hour) {
                let values = same.iter().map(|r| (r.network, read(r)));
                let Some(e) = Clustered::new(values).ok().and_then(|c| c.estimate(LEVEL)) else { continue };
                rows.push(TimelineRow {
                    topology: same[0].topology.clone(),
                    treatment: same[0].treatment.clone(),
                    measure: measure.into(),
                    day: same[0].hour as f64 / 24.0,
                    mean: e.mean,
                    lo: e.lo,
                    hi: e.hi,
                });
            }
        }
    }
    rows
}

/// Recovery curves. The first row of a cell and level, at day 0, says how many trials fell below the level.
///
/// # Panics
/// If the table is of another schema.
pub fn recovery(outcomes: &Table) -> Vec<RecoveryRow> {
    let cells = cells(outcomes.records::<OutcomeRow>().collect(), |r| (&r.topology, &r.treatment));
    let mut rows = Vec::new();
    for trials in &cells {
        for level in [50, 90] {
            let wait = |r: &OutcomeRow| {
                let (hours, came) = if level == 50 { (r.recover_50, r.came_50) } else { (r.recover_90, r.came_90) };
                hours.map(|h| (h as f64 / 24.0, came == 1))
            };
            let waits: Vec<(f64, bool)> = trials.iter().filter_map(wait).collect();
            let row = |day, at_risk, recovered, share_down, lo, hi| RecoveryRow {
                topology: trials[0].topology.clone(),
                treatment: trials[0].treatment.clone(),
                level,
                day,
                at_risk,
                recovered,
                share_down,
                lo,
                hi,
            };
            if waits.is_empty() {
                continue;
            }
            rows.push(row(0.0, waits.len() as u64, 0, 1.0, None, None));
            for s in kaplan_meier(&waits, LEVEL) {
                let (lo, hi) = (s.interval.map(|i| i.lo), s.interval.map(|i| i.hi));
                rows.push(row(s.time, s.at_risk, s.events, s.share, lo, hi));
            }
            let cut = waits.iter().filter(|w| !w.1).map(|w| w.0).fold(0.0, f64::max);
            if cut > 0.0 {
                let (last, left) = (rows.last().expect("just pushed").clone(), waits.iter().filter(|w| w.0 >= cut));
                rows.push(row(cut, left.count() as u64, 0, last.share_down, last.lo, last.hi));
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(network: u64, harm: u64, recover: Option<(u64, u64)>) -> OutcomeRow {
        OutcomeRow {
            topology: "beacon".into(),
            model: "beacon".into(),
            treatment: "seize".into(),
            network,
            order: 0,
            peers: 100,
            horizon: 2400,
            first_strike: Some(240),
            harm,
            harm_twin: 4800,
            depth: 1.0,
            recover_50: recover.map(|r| r.0),
            came_50: recover.map_or(0, |r| r.1),
            recover_90: None,
            came_90: 0,
            residual_30: Some(0.5),
            residual_90: None,
            residual_180: None,
            cost: 2.0,
            identified: (network == 0).then_some(480),
            rebuilt: 1,
        }
    }

    #[test]
    fn rows_come_back() {
        let rows = [outcome(0, 2400, Some((48, 1))), outcome(1, 4800, None)];
        assert_eq!(Table::of(&rows).records::<OutcomeRow>().collect::<Vec<_>>(), rows);
    }

    #[test]
    fn what_a_seizure_averts_is_a_quotient_of_totals() {
        // 100, 0 and 50 machine-days for 2, 8 and no seizures
        let costs = [(0, 2400, 2.0), (1, 4800, 8.0), (2, 3600, 0.0)];
        let trials = costs.map(|(network, harm, cost)| OutcomeRow { cost, ..outcome(network, harm, None) });
        let rows = summarize(&Table::of(&trials));
        let row = rows.iter().find(|r| r.metric == "harm_averted_per_cost").unwrap();
        assert_eq!((row.mean, row.missing), (Some(15.0), 0));
        // errors 70, −120 and 50 around a mean cost of 10/3, s = √10900; t of two degrees of freedom 4.3027
        let half = 4.302_652_7 * 10_900f64.sqrt() / (10.0 / 3.0) / 3f64.sqrt();
        let (lo, hi) = (row.lo.unwrap(), row.hi.unwrap());
        assert!((lo - (15.0 - half)).abs() < 1e-3 && (hi - (15.0 + half)).abs() < 1e-3, "{lo} {hi} {half}");
        let free = trials.map(|row| OutcomeRow { cost: 0.0, ..row });
        let rows = summarize(&Table::of(&free));
        assert_eq!(rows.iter().find(|r| r.metric == "harm_averted_per_cost").unwrap().mean, None);
    }

    #[test]
    fn shares_of_yes_stay_within_their_range() {
        let trials: Vec<OutcomeRow> = (0..20).map(|i| outcome(i, 2400, None)).collect();
        let rows = summarize(&Table::of(&trials));
        let row = rows.iter().find(|r| r.metric == "identified").unwrap();
        // one of twenty (Wilson)
        let (lo, hi) = (row.lo.unwrap(), row.hi.unwrap());
        assert!((lo - 0.0089).abs() < 1e-3 && (hi - 0.2361).abs() < 1e-3, "{lo} {hi}");
    }

    #[test]
    fn metrics_by_hand() {
        let trials = Table::of(&[outcome(0, 2400, Some((48, 1))), outcome(1, 4800, Some((2160, 0)))]);
        let rows = summarize(&trials);
        let mean = |name: &str| rows.iter().find(|r| r.metric == name).unwrap().mean;
        assert_eq!(mean("harm_averted"), Some(50.0));
        assert_eq!(mean("harm_averted_per_cost"), Some(25.0));
        assert_eq!((mean("recovered_50"), mean("recovered_90"), mean("identified")), (Some(0.5), None, Some(0.5)));
        let days = rows.iter().find(|r| r.metric == "identified_days").unwrap();
        assert_eq!((days.median, days.missing), (Some(20.0), 1));
        let curve = recovery(&trials);
        let points: Vec<_> = curve.iter().map(|r| (r.day, r.at_risk, r.share_down)).collect();
        assert_eq!(points, [(0.0, 2, 1.0), (2.0, 2, 0.5), (90.0, 1, 0.5)]);
    }
}
