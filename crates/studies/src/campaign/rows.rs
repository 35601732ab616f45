//! The rows of a campaign study, and what they sum up to.
//!
//! Raw: one row a trial ([`OUTCOMES`]) and one row a trial and recorded day ([`DAYS`]). Summed up: every metric of every
//! cell ([`super::metrics`]), mean curves over time ([`TIMELINE`]), recovery curves ([`RECOVERY`]).

use hydranet_results::{Observed, table};

table! {
    /// One row a trial.
    OUTCOMES "outcomes", version = 2, OutcomeRow {
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
        depth: Real f64, "1", "loss of reach at the first report after the first strike (an arrest is none), as a share of the twin's reach";
        largest_loss: Real f64, "1", "largest loss of reach at any report from then on, as a share of the twin's reach";
        recover_50: NullableCount Option<u64>, "hours", "first strike to half of the twin's reach, or to the end; empty if reach never fell below";
        came_50: Count u64, "", "1 if it came to that";
        recover_90: NullableCount Option<u64>, "hours", "the same for 90 %";
        came_90: Count u64, "", "1 if it came to that";
        residual_30: NullableReal Option<f64>, "1", "reach over the twin's 30 days after the first strike; empty if the story ends before";
        residual_90: NullableReal Option<f64>, "1", "the same after 90 days";
        residual_180: NullableReal Option<f64>, "1", "the same after 180 days";
        cost: Real f64, "seizures", "cost of actions and watching, in server seizures";
        attempts: Count u64, "targets", "targets that actions were tried against";
        hits: Count u64, "targets", "those of them that were hit";
        identified: NullableCount Option<u64>, "hours", "when the operator was identified; empty if never";
        suspects: Count u64, "suspects", "suspects who are not the operator: one an operator";
        misidentified: Count u64, "suspects", "those of them who were named before the operator was";
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
        lo: NullableReal Option<f64>, "see measure", "lower end of the 95 % interval for the mean, by networks (of one network: by its orders)";
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
        lo: NullableReal Option<f64>, "1", "lower end of its 95 % interval (log-log, by networks; of one network: by its orders); empty at 0 and 1";
        hi: NullableReal Option<f64>, "1", "upper end of that interval";
    }
}

impl Observed for OutcomeRow {
    fn cell(&self) -> [&str; 2] {
        [&self.topology, &self.treatment]
    }

    fn trial(&self) -> (u64, u64) {
        (self.network, self.order)
    }
}
