//! What is read off the outcomes of a campaign study.

use super::rows::OutcomeRow;
use hydranet_results::{Metric, MetricTable, Reading};

type M = Metric<OutcomeRow>;

/// Machine-days that the takedown averted.
fn averted(r: &OutcomeRow) -> f64 {
    (r.harm_twin as f64 - r.harm as f64) / 24.0
}

fn came(hours: Option<u64>, came: u64) -> Reading {
    hours.map(|_| came as f64).into()
}

/// A share of the twin's: at 0 at least, and at 1 at most where no trial has more.
fn share_of_twin(value: Option<f64>) -> [f64; 2] {
    [0.0, value.unwrap_or(0.0).max(1.0)]
}

/// A loss: at most all, and less than nothing where the treated network has more than its twin.
fn loss(value: f64) -> [f64; 2] {
    [value.min(0.0), 1.0]
}

/// Depth of the loss.
pub static DEPTH: M = M::mean(
    "depth",
    "1",
    "loss of reach at the first report after the first strike, as a share of the untouched twin's reach",
    |r, _| Reading::Value(r.depth),
)
.no_effect(0.0)
.within(|r| loss(r.depth));

/// The largest loss.
pub static LARGEST_LOSS: M = M::mean(
    "largest_loss",
    "1",
    "largest loss of reach at any report after the first strike, as a share of the untouched twin's reach; the largest of many \
     numbers that scatter: above that of the mean course (600 machines, a thirtieth taken out: .05 for .033)",
    |r, _| Reading::Value(r.largest_loss),
)
.heading("largest loss")
.within(|_| [0.0, 1.0]);

/// Trials that came back half.
pub static RECOVERED_50: M = M::yes_no(
    "recovered_50",
    "share of the trials that fell below half of the twin's reach and came back to it",
    |r, _| came(r.recover_50, r.came_50),
)
.heading("recovered, 50 %")
.missing("did not fall")
.digits(2);

/// Trials that came back.
pub static RECOVERED_90: M = M::yes_no(
    "recovered_90",
    "share of the trials that fell below 90 % of the twin's reach and came back to it",
    |r, _| came(r.recover_90, r.came_90),
)
.heading("recovered, 90 %")
.missing("did not fall")
.digits(2);

/// How long it took.
pub static RECOVERY_DAYS_90: M = M::wait("recovery_days_90", "days", "median time from the first strike to 90 % of the twin's reach, of the trials that fell below; those that the end cut off count as waiting (Kaplan & Meier 1958)", |r, _| match r.recover_90 {
    Some(hours) => Reading::Wait { time: hours as f64 / 24.0, came: r.came_90 == 1 },
    None => Reading::Absent,
})
.heading("days to 90 %")
.digits(1);

/// What is left after a month.
pub static RESIDUAL_30: M =
    M::mean("residual_30", "1", "reach over the twin's 30 days after the first strike", |r, _| r.residual_30.into())
        .heading("residual 30 d")
        .missing("not seen")
        .no_effect(1.0)
        .within(|r| share_of_twin(r.residual_30));

/// What is left after three months.
pub static RESIDUAL_90: M =
    M::mean("residual_90", "1", "reach over the twin's 90 days after the first strike", |r, _| r.residual_90.into())
        .heading("residual 90 d")
        .missing("not seen")
        .no_effect(1.0)
        .within(|r| share_of_twin(r.residual_90));

/// What is left after half a year.
pub static RESIDUAL_180: M =
    M::mean("residual_180", "1", "reach over the twin's 180 days after the first strike", |r, _| r.residual_180.into())
        .heading("residual 180 d")
        .missing("not seen")
        .no_effect(1.0)
        .within(|r| share_of_twin(r.residual_180));

/// What the network did.
pub static HARM: M =
    M::mean("harm", "machine-days", "∫ commanded machines dt", |r, _| Reading::Value(r.harm as f64 / 24.0)).digits(0);

/// What it could not do.
pub static HARM_AVERTED: M = M::mean(
    "harm_averted",
    "machine-days",
    "harm of the untouched twin less harm: same streams, no takedown",
    |r, _| Reading::Value(averted(r)),
)
.heading("harm averted, machine-days")
.digits(0)
.no_effect(0.0);

/// The same as a share.
pub static HARM_AVERTED_SHARE: M =
    M::mean("harm_averted_share", "1", "harm averted over the harm of the untouched twin", |r, _| {
        (r.harm_twin > 0).then(|| averted(r) * 24.0 / r.harm_twin as f64).into()
    })
    .heading("harm averted")
    .no_effect(0.0)
    .precise()
    .within(|r| [(averted(r) * 24.0 / r.harm_twin.max(1) as f64).min(-1.0), 1.0]);

/// What a seizure averts.
pub static HARM_AVERTED_PER_COST: M = M::total(
    "harm_averted_per_cost",
    "machine-days a seizure",
    "all machine-days averted by all costs, in server seizures",
    |r, _| Reading::Quotient { over: averted(r), under: r.cost },
)
.heading("per seizure")
.digits(1)
.no_effect(0.0);

/// What an attempt averts.
pub static HARM_AVERTED_PER_ATTEMPT: M = M::total(
    "harm_averted_per_attempt",
    "machine-days an attempt",
    "all machine-days averted by all targets that actions were tried against, whether they were hit or not",
    |r, _| Reading::Quotient { over: averted(r), under: r.attempts as f64 },
)
.heading("per attempt")
.digits(1)
.no_effect(0.0);

/// What a hit averts.
pub static HARM_AVERTED_PER_HIT: M = M::total(
    "harm_averted_per_hit",
    "machine-days a hit",
    "all machine-days averted by all targets that were hit: what an operator learns shows per attempt, not here",
    |r, _| Reading::Quotient { over: averted(r), under: r.hits as f64 },
)
.heading("per hit")
.digits(1)
.no_effect(0.0);

/// What it cost.
pub static COST: M =
    M::mean("cost", "seizures", "cost of actions and watching, in server seizures", |r, _| Reading::Value(r.cost))
        .digits(1);

/// Operators who are known by name.
pub static IDENTIFIED: M = M::yes_no("identified", "share of trials in which the operator was identified", |r, _| {
    Reading::Value(f64::from(u8::from(r.identified.is_some())))
})
.digits(2)
.no_effect(0.0);

/// Innocents who are named.
pub static FALSE_IDENTIFICATION: M = M::share(
    "false_identification",
    "share of suspects who are not the operator (one an operator, whom as many observations are about) who were named before the \
     operator was: at most α/(1 − β) where evidence does not fade",
    |r, _| match r.suspects {
        0 => Reading::Absent,
        of => Reading::Draws { yes: r.misidentified, of },
    },
)
.heading("innocent named")
.digits(2)
.no_effect(0.0);

/// How long that took.
pub static IDENTIFIED_DAYS: M = M::wait(
    "identified_days",
    "days",
    "median time until the operator was identified; trials that the end cut off count as waiting (Kaplan & Meier 1958)",
    |r, _| Reading::Wait { time: r.identified.unwrap_or(r.horizon) as f64 / 24.0, came: r.identified.is_some() },
)
.heading("days to identification")
.digits(1);

/// All of them.
pub static METRICS: MetricTable<OutcomeRow> = MetricTable::new(&[
    &DEPTH,
    &LARGEST_LOSS,
    &RECOVERED_50,
    &RECOVERED_90,
    &RECOVERY_DAYS_90,
    &RESIDUAL_30,
    &RESIDUAL_90,
    &RESIDUAL_180,
    &HARM,
    &HARM_AVERTED,
    &HARM_AVERTED_SHARE,
    &HARM_AVERTED_PER_COST,
    &HARM_AVERTED_PER_ATTEMPT,
    &HARM_AVERTED_PER_HIT,
    &COST,
    &IDENTIFIED,
    &FALSE_IDENTIFICATION,
    &IDENTIFIED_DAYS,
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::recovery;
    use hydranet_results::summary::{SummaryRow, summarize};
    use hydranet_results::{Observations, Table};

    fn summed(trials: &[OutcomeRow]) -> Vec<SummaryRow> {
        summarize(&Observations::of(&[&METRICS], &[Table::of(trials)]))
    }

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
            largest_loss: 1.0,
            recover_50: recover.map(|r| r.0),
            came_50: recover.map_or(0, |r| r.1),
            recover_90: None,
            came_90: 0,
            residual_30: Some(0.5),
            residual_90: None,
            residual_180: None,
            cost: 2.0,
            attempts: 4,
            hits: 2,
            identified: (network == 0).then_some(480),
            suspects: 1,
            misidentified: 0,
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
        let rows = summed(&trials);
        let row = rows.iter().find(|r| r.metric == "harm_averted_per_cost").unwrap();
        assert_eq!((row.mean, row.missing), (Some(15.0), 0));
        // errors 70, −120 and 50 around a mean cost of 10/3, s = √10900; t of two degrees of freedom 4.3027
        let half = 4.302_652_7 * 10_900f64.sqrt() / (10.0 / 3.0) / 3f64.sqrt();
        let (lo, hi) = (row.lo.unwrap(), row.hi.unwrap());
        assert!((lo - (15.0 - half)).abs() < 1e-3 && (hi - (15.0 + half)).abs() < 1e-3, "{lo} {hi} {half}");
        let free = trials.map(|row| OutcomeRow { cost: 0.0, ..row });
        let rows = summed(&free);
        assert_eq!(rows.iter().find(|r| r.metric == "harm_averted_per_cost").unwrap().mean, None);
    }

    #[test]
    fn shares_of_yes_stay_within_their_range() {
        let trials: Vec<OutcomeRow> = (0..20).map(|i| outcome(i, 2400, None)).collect();
        let rows = summed(&trials);
        let row = rows.iter().find(|r| r.metric == "identified").unwrap();
        // one of twenty (Wilson)
        let (lo, hi) = (row.lo.unwrap(), row.hi.unwrap());
        assert!((lo - 0.0089).abs() < 1e-3 && (hi - 0.2361).abs() < 1e-3, "{lo} {hi}");
    }

    #[test]
    fn metrics_by_hand() {
        let trials = [outcome(0, 2400, Some((48, 1))), outcome(1, 4800, Some((2160, 0)))];
        let rows = summed(&trials);
        let mean = |name: &str| rows.iter().find(|r| r.metric == name).unwrap().mean;
        assert_eq!(mean("harm_averted"), Some(50.0));
        assert_eq!(mean("harm_averted_per_cost"), Some(25.0));
        assert_eq!((mean("harm_averted_per_attempt"), mean("harm_averted_per_hit")), (Some(12.5), Some(25.0)));
        assert_eq!((mean("recovered_50"), mean("recovered_90"), mean("identified")), (Some(0.5), None, Some(0.5)));
        let days = rows.iter().find(|r| r.metric == "identified_days").unwrap();
        assert_eq!((days.median, days.missing), (Some(20.0), 1));
        let curve = recovery(&Table::of(&trials));
        let points: Vec<_> = curve.iter().map(|r| (r.day, r.at_risk, r.share_down)).collect();
        assert_eq!(points, [(0.0, 2, 1.0), (2.0, 2, 0.5), (90.0, 1, 0.5)]);
    }

    #[test]
    fn a_recovery_curve_never_goes_back_in_time() {
        // cut off after two days, back after twenty
        let trials = [outcome(0, 2400, Some((48, 0))), outcome(1, 4800, Some((480, 1)))];
        let days: Vec<f64> = recovery(&Table::of(&trials)).iter().map(|r| r.day).collect();
        assert_eq!(days, [0.0, 20.0]);
    }

    #[test]
    fn nobody_is_named_by_no_draw() {
        let trials: Vec<OutcomeRow> = (0..30).map(|i| outcome(i, 2400, None)).collect();
        let rows = summed(&trials);
        let row = rows.iter().find(|r| r.metric == "false_identification").unwrap();
        // none of thirty (Wilson)
        assert_eq!((row.mean, row.lo), (Some(0.0), Some(0.0)));
        assert!((row.hi.unwrap() - 0.1135).abs() < 1e-4, "{row:?}");
    }

    /// Four lives each of networks that lose all or nearly nothing: the interval of a share stays one.
    #[test]
    fn shares_with_orders_stay_shares() {
        let life = |i: u64| {
            let share = if i / 4 == 0 { 0.2 } else { 1.0 };
            OutcomeRow {
                network: i / 4,
                order: i % 4,
                residual_30: Some(share),
                depth: share,
                ..outcome(0, 2400, None)
            }
        };
        let rows = summed(&(0..12).map(life).collect::<Vec<_>>());
        for metric in ["depth", "largest_loss", "residual_30", "harm_averted_share"] {
            let row = rows.iter().find(|r| r.metric == metric).unwrap();
            let (lo, hi) = row.interval().unwrap();
            assert!(hi <= 1.0 && lo <= row.mean.unwrap(), "{metric}: {lo} {hi}");
        }
    }
}
