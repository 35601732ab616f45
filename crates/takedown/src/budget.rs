//! What a takedown costs: removals that are not all equally dear, curves against cost, and what a budget buys.
//!
//! With cost w_v of removing node v and W = Σ w_v, the curve is read at the share of W that is spent. The robustness
//! against cost is R_w = Σ_q (S1(q)/N) · w(q)/W, w(q) the cost of the q-th removal; with equal costs it is R. Ren et al. (PNAS
//! 116, 6554, 2019) introduced the question and the cost "degree": dismantling by cost is another problem than by count.

use crate::{Curve, Items, Outcome, RemovalOrder, Unsuitable};
use hydranet_overlay::Overlay;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What removing one item costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RemovalCost {
    /// 1 for every node or edge: cost is the number of removals.
    #[default]
    Unit,
    /// The node's degree in the whole network: the links that have to be cut. Isolated nodes are free.
    Degree,
    /// What the network itself says: the `cost` of its nodes.
    Overlay,
}

impl RemovalCost {
    /// All of them.
    pub const ALL: [RemovalCost; 3] = [RemovalCost::Unit, RemovalCost::Degree, RemovalCost::Overlay];

    /// The name in specs and tables.
    pub const fn name(self) -> &'static str {
        match self {
            RemovalCost::Unit => "unit",
            RemovalCost::Degree => "degree",
            RemovalCost::Overlay => "overlay",
        }
    }

    /// The cost that is called so, if there is one.
    pub fn named(name: &str) -> Option<RemovalCost> {
        RemovalCost::ALL.into_iter().find(|cost| cost.name() == name)
    }

    /// Cost spent after q = 0 … L removals of `order`. O(L).
    ///
    /// # Errors
    /// If the network knows no costs, or edges are removed and cost is one of nodes.
    pub fn spent(self, overlay: &Overlay, order: &RemovalOrder) -> Result<Vec<f64>, Unsuitable> {
        let Items::Nodes(nodes) = &order.items else {
            return match self {
                RemovalCost::Unit => Ok((0..=order.len()).map(|q| q as f64).collect()),
                _ => Err(Unsuitable::new("edges have no cost of their own; with edge removal the cost is `unit`")),
            };
        };
        let each = |cost: &dyn Fn(u32) -> f64| {
            let mut sum = 0.0;
            std::iter::once(0.0)
                .chain(nodes.iter().map(|&v| {
                    sum += cost(v);
                    sum
                }))
                .collect()
        };
        match self {
            RemovalCost::Unit => Ok(each(&|_| 1.0)),
            RemovalCost::Degree => Ok(each(&|v| overlay.closure().degree(v) as f64)),
            RemovalCost::Overlay => match overlay.cost() {
                Some(cost) => Ok(each(&|v| cost[v as usize])),
                None => Err(Unsuitable::new(
                    "the network says nothing about the cost of its nodes: give a GraphML file whose nodes have a \
                     number `cost`, or count cost as `unit` or `degree`",
                )),
            },
        }
    }
}

/// What is read off a curve against cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spending {
    /// W: the cost of removing everything.
    pub total: f64,
    /// Σ S1(q) w(q) over q = 1 … L; R_w = this / (W·N).
    pub sum_largest: f64,
    /// Cost spent when S1 first is ≤ max(C·N, 1).
    pub set_cost: Option<f64>,
    /// Cost spent when at most 50 % of the peers are reached.
    pub cost_50: Option<f64>,
    /// Cost spent when at most 10 % of the peers are reached.
    pub cost_10: Option<f64>,
}

impl Spending {
    /// Reads a curve against the cost `spent` ([`RemovalCost::spent`]). O(L).
    ///
    /// # Panics
    /// If `spent` is not as long as the curve.
    pub fn of(curve: &Curve, outcome: &Outcome, spent: &[f64]) -> Spending {
        assert_eq!(spent.len(), curve.largest.len());
        let sum_largest = (1..spent.len()).map(|q| curve.largest[q] as f64 * (spent[q] - spent[q - 1])).sum();
        let at = |q: Option<u64>| q.map(|q| spent[q as usize]);
        Spending {
            total: spent[spent.len() - 1],
            sum_largest,
            set_cost: at(outcome.set_size),
            cost_50: at(outcome.seizures_50),
            cost_10: at(outcome.seizures_10),
        }
    }

    /// Robustness against cost, R_w in [0, 1]. NaN if nothing costs anything.
    pub fn r(&self, nodes: u32) -> f64 {
        self.sum_largest / (self.total * nodes as f64)
    }
}

/// How many removals a budget pays for: the largest q whose cost is at most `share` of the whole. O(log L).
pub fn affordable(spent: &[f64], share: f64) -> usize {
    let budget = share * spent[spent.len() - 1];
    // a hair more, so that a tenth of 10 × 0.1 is one of them
    spent.partition_point(|&cost| cost <= budget * (1.0 + 1e-12)) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::percolate;
    use hydranet_overlay::Csr;

    #[test]
    fn a_star_by_hand() {
        let star = Overlay::symmetric(Csr::from_edges(5, &[[0, 1], [0, 2], [0, 3], [0, 4]]).0)
            .with_cost(vec![10.0, 1.0, 1.0, 1.0, 1.0]);
        let order = RemovalOrder::nodes(vec![0, 1, 2, 3, 4]);
        let curve = percolate(&star, &order);
        let outcome = Outcome::of(&curve, 0.2);
        for (cost, total, sum, set) in [
            // S1 is 1 after q = 1 … 4 and 0 at the end
            (RemovalCost::Unit, 5.0, 4.0, 1.0),
            (RemovalCost::Degree, 8.0, 4.0 + 3.0, 4.0),
            (RemovalCost::Overlay, 14.0, 10.0 + 3.0, 10.0),
        ] {
            let spent = cost.spent(&star, &order).unwrap();
            let spending = Spending::of(&curve, &outcome, &spent);
            assert_eq!((spending.total, spending.sum_largest, spending.set_cost), (total, sum, Some(set)));
        }
        let unit = Spending::of(&curve, &outcome, &RemovalCost::Unit.spent(&star, &order).unwrap());
        assert_eq!(unit.r(5), outcome.r());
    }

    #[test]
    fn budgets() {
        let spent = [0.0, 10.0, 11.0, 12.0, 20.0];
        for (share, q) in [(0.0, 0), (0.4999, 0), (0.5, 1), (0.6, 3), (1.0, 4)] {
            assert_eq!(affordable(&spent, share), q, "{share}");
        }
    }

    #[test]
    fn what_has_no_cost_is_refused() {
        let pair = Overlay::symmetric(Csr::from_edges(2, &[[0, 1]]).0);
        let nodes = RemovalOrder::nodes(vec![0, 1]);
        let edges = RemovalOrder::edges(vec![[0, 1]]);
        assert!(RemovalCost::Overlay.spent(&pair, &nodes).unwrap_err().reason.contains("`cost`"));
        assert!(RemovalCost::Degree.spent(&pair, &edges).is_err());
        assert_eq!(RemovalCost::Unit.spent(&pair, &edges).unwrap(), [0.0, 1.0]);
    }
}
