//! What is read off the outcomes of an arena.

use super::rows::OutcomeRow;
use hydranet_results::{Metric, MetricTable, Reading};

type M = Metric<OutcomeRow>;

/// The operator's payoff.
pub static OPERATOR_GAINS: M =
    M::mean("operator_gains", "machine-days", "the operator's payoff: see `payoff`", |r, _| {
        Reading::Value(r.operator_gains)
    })
    .heading("operator gains")
    .digits(0)
    .precise();

/// The defender's payoff.
pub static DEFENDER_GAINS: M =
    M::mean("defender_gains", "machine-days", "the defender's payoff: see `payoff`", |r, _| {
        Reading::Value(r.defender_gains)
    })
    .heading("defender gains")
    .digits(0);

/// What the network could not do, as a share.
pub static HARM_AVERTED_SHARE: M =
    M::mean("harm_averted_share", "1", "harm averted over the harm of the untouched twin", |r, _| {
        (r.harm_twin > 0).then(|| 1.0 - r.harm as f64 / r.harm_twin as f64).into()
    })
    .heading("harm averted")
    .no_effect(0.0)
    .within(|r| [(1.0 - r.harm as f64 / r.harm_twin.max(1) as f64).min(-1.0), 1.0]);

/// What it cost.
pub static COST: M =
    M::mean("cost", "seizures", "cost of actions and watching, in server seizures", |r, _| Reading::Value(r.cost))
        .digits(1);

/// How often strikes find the operator.
pub static FOUND: M =
    M::share("found", "share of aimed strikes that went where the operator was", |r, _| match r.aimed {
        0 => Reading::Absent,
        of => Reading::Draws { yes: r.found, of },
    });

/// The price of memory.
pub static PRICE_OF_MEMORY: M = M::mean(
    "price_of_memory",
    "1",
    "share of aimed strikes that went where the operator was, less 1/N: what independent play of N places would be found",
    |r, _| match r.aimed {
        0 => Reading::Absent,
        of => Reading::Value(r.found as f64 / of as f64 - 1.0 / r.places as f64),
    },
)
.heading("price of memory")
.no_effect(0.0);

/// The same mistake.
pub static SAME_MISTAKE: M = M::share(
    "same_mistake",
    "share of strikes that found the operator after which it was in the same place again: see `again_within`",
    |r, _| match r.watched {
        0 => Reading::Absent,
        of => Reading::Draws { yes: r.again, of },
    },
)
.heading("same mistake");

/// All of them.
pub static METRICS: MetricTable<OutcomeRow> = MetricTable::new(&[
    &OPERATOR_GAINS,
    &DEFENDER_GAINS,
    &HARM_AVERTED_SHARE,
    &COST,
    &FOUND,
    &PRICE_OF_MEMORY,
    &SAME_MISTAKE,
]);
