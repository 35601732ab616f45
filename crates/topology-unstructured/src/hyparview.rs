//! HyParView: a small active view of live connections, and a passive view of addresses to repair it from.
//!
//! Leitão, Pereira & Rodrigues, *HyParView: a membership protocol for reliable gossip-based broadcast*, DSN 2007. Active
//! views are symmetric (TCP connections); peers join one after the other through one contact, whose neighbours pass
//! the newcomer on in random walks; passive views are shuffled along walks through the active ones. The paper's
//! defaults: active view 5 (fanout 4 + 1), passive view 30, walks of 6 steps that leave the newcomer's address after 3,
//! shuffles of 1 + 3 + 4 entries, 50 cycles (the active views settle within 5: our default).
//! (Joining through random members instead leaves islands that formed while the network was small.)
//!
//! The overlay is the active views: symmetric, of degree at most and almost always `active`, connected (the published
//! properties, all tests). Passive views carry no traffic; they are what a mass failure is repaired from: [`Views::heal`].
//! All peers can be dialled: the protocol assumes it. O(n · (active · walk + cycles · (walk + passive))).

use crate::hyparview_views::Views;
use crate::parameter_bounds::{between, nodes};
use hydranet_overlay::Overlay;
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`HyParView`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HyParViewParams {
    /// Number of peers (≥ 2).
    pub n: u32,
    /// Size of the active view (2 to 255).
    #[serde(default = "five")]
    pub active: u32,
    /// Size of the passive view (1 to 65,535).
    #[serde(default = "thirty")]
    pub passive: u32,
    /// Steps of a join's random walk, ARWL (1 to 255).
    #[serde(default = "six")]
    pub arwl: u32,
    /// Steps that are left when the walk leaves the newcomer in a passive view, PRWL (at most `arwl`).
    #[serde(default = "three")]
    pub prwl: u32,
    /// Cycles of maintenance after the last join: shuffles, and active views filled up (0 to 10,000).
    #[serde(default = "five")]
    pub cycles: u32,
}

fn five() -> u32 {
    5
}
fn thirty() -> u32 {
    30
}
fn six() -> u32 {
    6
}
fn three() -> u32 {
    3
}

/// Active views after joins and maintenance. See the module's page.
#[derive(Debug, Clone)]
pub struct HyParView(HyParViewParams);

impl HyParView {
    /// Both views of every peer: what [`Topology::generate`] takes the active ones of.
    pub fn views(&self, rng: &mut TrialRng) -> Views {
        let mut views = Views::join_all(&self.0, rng);
        (0..self.0.cycles).for_each(|_| views.maintain(rng));
        views
    }
}

impl Plugin for HyParView {
    type Params = HyParViewParams;
    const NAME: &'static str = "hyparview";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str = "small symmetric active views, repaired from passive ones (Leitão et al. 2007)";
    const EXAMPLE: &'static str = "n = 1000\nactive = 5\npassive = 30";

    fn new(params: HyParViewParams) -> Result<HyParView, Invalid> {
        nodes(params.n, 2)?;
        between("active", params.active, 2, 255, "the size of an active view")?;
        between("passive", params.passive, 1, 65_535, "the size of a passive view")?;
        between("arwl", params.arwl, 1, 255, "the length of a walk")?;
        between("prwl", params.prwl, 0, params.arwl, "the number of steps left")?;
        between("cycles", params.cycles, 0, 10_000, "the number of cycles")?;
        Ok(HyParView(params))
    }
}

impl Topology for HyParView {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        Overlay::symmetric(self.views(rng).active_csr())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{arcs, components, draw, fingerprint, moments, refuses, rng};
    use hydranet_topology::Draw;

    fn p(n: u32, active: u32, passive: u32) -> HyParViewParams {
        HyParViewParams { n, active, passive, arwl: 6, prwl: 3, cycles: 10 }
    }

    #[test]
    fn refusals() {
        refuses::<HyParView>(p(1, 5, 30), "n", "not 1");
        refuses::<HyParView>(p(9, 1, 30), "active", "2 to 255 here, not 1");
        refuses::<HyParView>(p(9, 5, 0), "passive", "not 0");
        refuses::<HyParView>(HyParViewParams { prwl: 7, ..p(9, 5, 30) }, "prwl", "0 to 6 here, not 7");
    }

    #[test]
    fn golden() {
        assert_eq!(arcs(&draw::<HyParView>(p(5, 2, 3), 0)), ARCS);
        assert_eq!(fingerprint(&draw::<HyParView>(p(500, 5, 30), 0)), FINGERPRINT);
    }
    #[rustfmt::skip]
    const ARCS: [[u32; 2]; 10] = [[0, 3], [0, 4], [1, 2], [1, 3], [2, 1], [2, 4], [3, 0], [3, 1], [4, 0], [4, 2]];
    const FINGERPRINT: (u64, u64) = (2494, 364402850946806273);

    #[test]
    fn active_views_are_symmetric_full_and_connected() {
        for (n, active, trial) in [(2, 2, 0), (6, 5, 0), (1000, 5, 1), (10_000, 5, 2), (3000, 4, 3)] {
            let network = draw::<HyParView>(p(n, active, 30), trial);
            assert!(network.out().is_symmetric());
            assert!((0..n).all(|v| (1..=active).contains(&network.out().degree(v))));
            assert_eq!(components(&network), 1, "n = {n}");
            if n >= 1000 {
                let full = (0..n).filter(|&v| network.out().degree(v) == active).count() as f64 / n as f64;
                assert!(full > 0.97, "{full} of active views are full");
            }
        }
    }

    #[test]
    fn one_cycle_connects_whom_joins_pushed_out() {
        // a connection that a newcomer displaces may have been a peer's last one: it is alone until its next cycle
        for trial in 0..3 {
            let joined = draw::<HyParView>(HyParViewParams { cycles: 0, ..p(2000, 5, 30) }, trial);
            assert!(largest_component(&joined) > 1960 && moments(joined.out()).0 > 3.8);
            let kept = draw::<HyParView>(HyParViewParams { cycles: 1, ..p(2000, 5, 30) }, trial);
            assert_eq!(components(&kept), 1);
        }
    }

    #[test]
    fn mass_failure_heals_as_published() {
        // the paper: up to 90 % failed, broadcasts reach practically all survivors once views have been repaired
        let model = HyParView::new(HyParViewParams { cycles: 30, ..p(5000, 5, 30) }).unwrap();
        for (percent, least) in [(30u32, 0.999), (60, 0.998), (80, 0.99)] {
            let mut views = model.views(&mut rng(5));
            let mut alive = vec![true; 5000];
            let order = rng(6).permutation(5000);
            order[..5000 * percent as usize / 100].iter().for_each(|&v| alive[v as usize] = false);
            views.heal(&alive, 4, &mut rng(7));
            let g = views.active_csr();
            assert!(g.is_symmetric() && g.iter_arcs().all(|[u, v]| alive[u as usize] && alive[v as usize]));
            let largest = largest_component(&Overlay::symmetric(g));
            let survivors = alive.iter().filter(|a| **a).count();
            assert!(largest as f64 >= least * survivors as f64, "{percent} % failed: {largest} of {survivors}");
        }
    }

    fn largest_component(network: &Overlay) -> usize {
        petgraph::algo::tarjan_scc(network).iter().map(Vec::len).max().unwrap()
    }
}
