//! What is computed from one trial of a takedown study.

use crate::takedown::TrialRow;

/// A number that a trial gives, or does not. L is the length of the removal order, N the number of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Robustness: the mean of S1/N over all removals (Schneider et al. 2011); missing without nodes or removals.
    R,
    /// The mean of reach/peers over all removals; missing without peers or removals.
    RCommand,
    /// Percolation threshold: the removed fraction at which susceptibility peaks; missing without removals.
    Threshold,
    /// Dismantling set size as a share of L; missing if S1 never falls so low.
    SetSize,
    /// Dismantling set size in removals; missing if S1 never falls so low.
    SetSizeCount,
    /// Removals until at most 50 % of the peers are reached; missing without peers, or if it never comes to that.
    Seizures50,
    /// Removals until at most 10 % of the peers are reached; missing without peers, or if it never comes to that.
    Seizures10,
    /// [`Metric::Seizures50`] as a share of L.
    Seizures50Fraction,
    /// [`Metric::Seizures10`] as a share of L.
    Seizures10Fraction,
    /// Robustness against cost, R_w: the mean of S1/N over the cost spent; missing if nothing costs anything.
    RCost,
    /// Cost spent at the dismantling set size, as a share of the cost of everything.
    SetCost,
    /// Cost spent until at most 50 % of the peers are reached, as such a share.
    Cost50,
    /// Cost spent until at most 10 % of the peers are reached, as such a share.
    Cost10,
    /// Nodes that fail by overload after the first seizures, as a share of N.
    Avalanche,
    /// The largest component after the cascade, as a share of N: G of Motter & Lai (2002).
    CascadeLargest,
}

impl Metric {
    /// Those of every cell, in the order of the summary.
    pub const ALL: [Metric; 9] = [
        Metric::R,
        Metric::RCommand,
        Metric::Threshold,
        Metric::SetSize,
        Metric::SetSizeCount,
        Metric::Seizures50,
        Metric::Seizures10,
        Metric::Seizures50Fraction,
        Metric::Seizures10Fraction,
    ];

    /// Those of cells in which removals are not all equally dear; with equal costs they say nothing new.
    pub const COSTS: [Metric; 4] = [Metric::RCost, Metric::SetCost, Metric::Cost50, Metric::Cost10];

    /// Those of cells in which overload spreads.
    pub const CASCADE: [Metric; 2] = [Metric::Avalanche, Metric::CascadeLargest];

    /// Those whose differences mean something between networks of different size: the shares.
    pub const SHARES: [Metric; 6] = [
        Metric::R,
        Metric::RCommand,
        Metric::Threshold,
        Metric::SetSize,
        Metric::Seizures50Fraction,
        Metric::Seizures10Fraction,
    ];

    /// What it is called in files.
    pub const fn name(self) -> &'static str {
        match self {
            Metric::R => "r",
            Metric::RCommand => "r_cmd",
            Metric::Threshold => "f_c",
            Metric::SetSize => "set_size",
            Metric::SetSizeCount => "set_size_count",
            Metric::Seizures50 => "seizures_50",
            Metric::Seizures10 => "seizures_10",
            Metric::Seizures50Fraction => "seizures_50_fraction",
            Metric::Seizures10Fraction => "seizures_10_fraction",
            Metric::RCost => "r_cost",
            Metric::SetCost => "set_cost",
            Metric::Cost50 => "cost_50",
            Metric::Cost10 => "cost_10",
            Metric::Avalanche => "avalanche",
            Metric::CascadeLargest => "cascade_largest",
        }
    }

    /// Its unit: "removals", or "1" for shares in `[0, 1]`.
    pub const fn unit(self) -> &'static str {
        match self {
            Metric::SetSizeCount | Metric::Seizures50 | Metric::Seizures10 => "removals",
            _ => "1",
        }
    }

    /// Its value in a trial; `None` if it is missing. O(1).
    pub fn of(self, trial: &TrialRow<'_>) -> Option<f64> {
        let over = |count: u64, denominator: u64| (denominator > 0).then(|| count as f64 / denominator as f64);
        // the product in floating point, as L·N may pass 64 bits
        let area = |sum: u64, whole: u64| {
            let area = trial.steps as f64 * whole as f64;
            (area > 0.0).then(|| sum as f64 / area)
        };
        let spent = |cost: f64| (trial.total_cost > 0.0).then(|| cost / trial.total_cost);
        match self {
            Metric::R => area(trial.sum_largest, trial.nodes),
            Metric::RCommand => area(trial.sum_reach, trial.peers),
            Metric::Threshold => over(trial.peak_removed, trial.steps),
            Metric::SetSize => over(trial.set_size?, trial.steps),
            Metric::SetSizeCount => over(trial.set_size?, 1),
            Metric::Seizures50 => over(trial.seizures_50?, 1),
            Metric::Seizures10 => over(trial.seizures_10?, 1),
            Metric::Seizures50Fraction => over(trial.seizures_50?, trial.steps),
            Metric::Seizures10Fraction => over(trial.seizures_10?, trial.steps),
            Metric::RCost => {
                let area = trial.total_cost * trial.nodes as f64;
                (area > 0.0).then(|| trial.sum_largest_cost / area)
            }
            Metric::SetCost => spent(trial.set_cost?),
            Metric::Cost50 => spent(trial.cost_50?),
            Metric::Cost10 => spent(trial.cost_10?),
            Metric::Avalanche => over(trial.avalanche?, trial.nodes),
            Metric::CascadeLargest => over(trial.cascade_largest?, trial.nodes),
        }
    }
}
