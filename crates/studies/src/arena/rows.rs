//! The rows of an arena: raw trials, and what they sum up to.

use hydranet_results::{Observed, table};

table! {
    /// One row a trial.
    OUTCOMES "outcomes" OutcomeRow {
        topology: Text String, "", "label of the operator's arm";
        model: Text String, "", "the model that drew the network";
        treatment: Text String, "", "label of the defender's arm";
        group: Text String, "", "which games the operator's arm is in; empty where all are in the same";
        budget: NullableReal Option<f64>, "seizures", "the defender's budget; empty where none was given";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the life of this network, from 0";
        peers: Count u64, "machines", "machines at the start";
        harm: Count u64, "machine-hours", "commanded machine-hours";
        harm_twin: Count u64, "machine-hours", "the same of the untouched twin: same streams, no takedown";
        cost: Real f64, "seizures", "cost of actions and watching, in server seizures";
        rebuilt: Count u64, "servers", "servers that the operator rebuilt";
        identified: Count u64, "", "1 if the operator was identified";
        operator_gains: Real f64, "machine-days", "the operator's payoff";
        defender_gains: Real f64, "machine-days", "the defender's payoff";
        strikes: Count u64, "strikes", "actions that took effect";
        places: Count u64, "places", "places that the operator has to be in; 0 where strikes need not be aimed";
        aimed: Count u64, "strikes", "strikes that were aimed at a place";
        found: Count u64, "strikes", "those of them that went where the operator was";
        watched: Count u64, "strikes", "strikes that found the operator and have others after them";
        again: Count u64, "strikes", "those of them after which the operator was in the same place again: the same mistake";
    }
}

table! {
    /// One row a trial and strike.
    STRIKES "strikes" StrikeRow {
        topology: Text String, "", "label of the operator's arm";
        treatment: Text String, "", "label of the defender's arm";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the life of this network, from 0";
        strike: Count u64, "", "number of the strike, from 1";
        reach: Count u64, "machine-hours", "commanded machine-hours in the window after it";
        reach_twin: Count u64, "machine-hours", "the same of the untouched twin";
    }
}

table! {
    /// One row a game.
    GAMES "games" GameRow {
        group: Text String, "", "group of the operator's arms";
        budget: NullableReal Option<f64>, "seizures", "the defender's budget";
        kind: Text String, "", "zero-sum or bimatrix";
        rows: Count u64, "arms", "arms of the operator";
        columns: Count u64, "arms", "arms of the defender";
        networks: Count u64, "networks", "independent networks";
        value: NullableReal Option<f64>, "machine-days", "what the operator gets in equilibrium; of a bimatrix game, in the one of greatest entropy";
        lo: NullableReal Option<f64>, "machine-days", "lower end of its 95 % interval: t over networks, the mixtures held (envelope theorem)";
        hi: NullableReal Option<f64>, "machine-days", "upper end of that interval";
        defender_value: NullableReal Option<f64>, "machine-days", "what the defender gets there";
        share: NullableReal Option<f64>, "1", "value over what the best arm of the operator gets where it is left alone (harm of the untouched twin)";
        certificate: NullableReal Option<f64>, "machine-days", "NashConv of the solution in the mean matrix that it was computed from: a check of the solver, no exploitability";
        choice: Text String, "", "unique, greatest-entropy, corner; of a bimatrix game, how many equilibria there are";
        held_out: NullableReal Option<f64>, "machine-days", "NashConv of the solution of one half of the networks in the other half; biased up by noise: read beside the floor";
        held_out_lo: NullableReal Option<f64>, "machine-days", "lower end of its bootstrap interval";
        held_out_hi: NullableReal Option<f64>, "machine-days", "upper end of that interval";
        floor: NullableReal Option<f64>, "machine-days", "what an equilibrium would show by noise alone";
        equal_arms: Text String, "", "arms whose payoffs are the same in every cell";
        announced: NullableReal Option<f64>, "machine-days", "what the defender gets by announcing its mixture (Stackelberg)";
    }
}

table! {
    /// One row a cell of a game.
    PAYOFFS "payoffs" PayoffRow {
        group: Text String, "", "group of the operator's arms";
        budget: NullableReal Option<f64>, "seizures", "the defender's budget";
        topology: Text String, "", "label of the operator's arm";
        treatment: Text String, "", "label of the defender's arm";
        operator: Real f64, "machine-days", "the operator's payoff, mean over networks";
        lo: NullableReal Option<f64>, "machine-days", "lower end of its interval; all cells of a game hold at once with 95 % (Bonferroni)";
        hi: NullableReal Option<f64>, "machine-days", "upper end of that interval";
        defender: Real f64, "machine-days", "the defender's payoff, mean over networks";
    }
}

table! {
    /// One row an arm of a game.
    MIXTURES "mixtures" MixtureRow {
        group: Text String, "", "group of the operator's arms";
        budget: NullableReal Option<f64>, "seizures", "the defender's budget";
        side: Text String, "", "operator or defender";
        arm: Text String, "", "label of the arm";
        probability: Real f64, "1", "its weight in equilibrium";
        lo: NullableReal Option<f64>, "1", "2.5 % of bootstrap samples of networks give it less";
        hi: NullableReal Option<f64>, "1", "2.5 % give it more";
        played: NullableReal Option<f64>, "1", "share of bootstrap samples in which it is played";
        gains: Real f64, "machine-days", "what it gets against the other side's equilibrium";
        dominated: Text String, "", "strictly, weakly or empty: another arm or mixture is never worse in the mean matrix";
    }
}

table! {
    /// One row a precision and arm: logit quantal responses of the mean matrix.
    QUANTAL "quantal" QuantalRow {
        group: Text String, "", "group of the operator's arms";
        budget: NullableReal Option<f64>, "seizures", "the defender's budget";
        precision: Real f64, "1", "λ times the range of the payoffs";
        lambda: Real f64, "1/machine-days", "λ";
        side: Text String, "", "operator or defender";
        arm: Text String, "", "label of the arm";
        probability: Real f64, "1", "its weight";
    }
}

table! {
    /// One row a pair of learners and checkpoint of their replays.
    LEARNING "learning" LearningRow {
        group: Text String, "", "group of the operator's arms";
        budget: NullableReal Option<f64>, "seizures", "the defender's budget";
        operator: Text String, "", "the operator's learner";
        defender: Text String, "", "the defender's learner; best-answer: the best fixed arm against the operator's play";
        delay: Count u64, "rounds", "from a round to its lesson";
        memory: NullableCount Option<u64>, "rounds", "rounds that are remembered; empty: all";
        round: Count u64, "rounds", "rounds so far: each is the replay of a trial";
        held_out: Real f64, "machine-days", "NashConv of both average plays, on the half of the networks that was not played; mean over replays";
        lo: NullableReal Option<f64>, "machine-days", "lower end of the 95 % interval over replays: splits of the networks and draws, not networks drawn anew";
        hi: NullableReal Option<f64>, "machine-days", "upper end of that interval";
        floor: Real f64, "machine-days", "what play as good as it can be would show by noise alone on that half: the floor of the arms that cannot be told from the best by three standard errors";
        bound: NullableReal Option<f64>, "machine-days", "upper bound of NashConv on the played half that theory gives: the sum of both regret bounds over the rounds";
        gains: Real f64, "machine-days", "the operator's mean payoff a round";
        exploited: Real f64, "machine-days", "what a defender who knew the operator's average play would gain by the best answer, held out, less what it got";
        regret: Real f64, "machine-days", "the operator's regret a round: the best fixed arm on the same rounds less what was got (not an exploitability)";
    }
}

table! {
    /// One row a cell and number of a strike.
    HYDRA "hydra" HydraRow {
        topology: Text String, "", "label of the operator's arm";
        treatment: Text String, "", "label of the defender's arm";
        strike: Count u64, "", "number of the strike, from 1; of several strikes that are told together, the first";
        until: Count u64, "", "the last of them";
        effect: Real f64, "1", "reach lost in the window after it, as a share of the untouched twin's; mean over trials and strikes";
        lo: NullableReal Option<f64>, "1", "lower end of the 95 % interval, by networks";
        hi: NullableReal Option<f64>, "1", "upper end of that interval";
        trials: Count u64, "trials", "strikes in all trials";
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
