//! Belief-propagation-guided decimation (Mugisha & Zhou, "Identifying optimal targets of network attack by belief
//! propagation", Phys. Rev. E 94, 012305, 2016; Zhou, Eur. Phys. J. B 86, 455, 2013).
//!
//! A smallest feedback vertex set is looked for: nodes whose removal leaves no cycle. In a spin-glass model every node is
//! empty (removed), a root, or has one neighbour as its parent; the weight of a configuration is e^{−x} for each empty
//! node. On the arc i → j, q⁰ is the probability that i is empty and q^r that it is a root, in the absence of j:
//!
//! - q⁰_{i→j} = e^{−x} / z,  q^r_{i→j} = Π_k (q⁰_{k→i} + q^r_{k→i}) / z,
//! - z = e^{−x} + Π_k (q⁰_{k→i} + q^r_{k→i}) + Σ_k (1 − q⁰_{k→i}) Π_{l≠k} (q⁰_{l→i} + q^r_{l→i}),
//!
//! k and l being the neighbours of i other than j; with j among them, q⁰ is the probability that i is empty. Rounds:
//! messages are passed for some iterations, the share `fraction` of the core with the highest q⁰ falls, the 2-core is
//! peeled anew. When no core is left, trees are broken to the task's target and the rest follows by remaining degree, as
//! in [`CoreHd`](super::CoreHd). Ties at random.
//!
//! Products without one factor come from products of what is before and behind it: O(degree) a node, without division.
//! O(iterations · m) a round, about ln(n) / `fraction` rounds; 32 bytes an edge. (The authors' program
//! fixes 0.1 % a round, its comment says 1 %.)

use super::corehd;
use crate::RemovalOrder;
use crate::dismantle::{Core, Peeling};
use crate::strategy::{NetworkSize, Ranking, Strategy, Task, Unsuitable};
use hydranet_overlay::{Csr, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`Bpd`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BpdParams {
    /// Reweighting parameter x (> 0): the larger, the more small sets count; too large, and messages do not settle.
    pub x: f64,
    /// Share of the core that falls in each round, in (0, 1]; at least one node.
    pub fraction: f64,
    /// Share of the new message in each update, in (0, 1].
    pub damping: f64,
    /// Iterations before the first round.
    pub first_iterations: u32,
    /// Iterations in each round (≥ 1).
    pub iterations: u32,
    /// A round's iterations end early when no message changes by more than this.
    pub epsilon: f64,
}

impl Default for BpdParams {
    fn default() -> Self {
        BpdParams { x: 12.0, fraction: 0.01, damping: 0.9, first_iterations: 100, iterations: 10, epsilon: 1e-7 }
    }
}

/// The most probably empty nodes first, then tree breaking.
#[derive(Debug, Clone, Default)]
pub struct Bpd(BpdParams);

impl Strategy for Bpd {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let csr = overlay.closure();
        let mut peeling = Peeling::new(csr);
        let order = decimate(csr, &mut peeling, &self.0, &mut task.rng);
        Ok(RemovalOrder::nodes(corehd::decycle_and_break(csr, peeling, order, task)))
    }

    fn needs_target(&self) -> bool {
        true
    }

    fn ranking(&self) -> Ranking {
        Ranking::ONCE.batch(self.0.fraction)
    }

    fn order_cost(&self, _: NetworkSize) -> f64 {
        6_000.0
    }
}

/// What a node says along an arc: `(q⁰ + q^r, 1 − q⁰)`. A node that is out of the game says `(1, 0)`, which changes
/// nothing: an empty one is like none.
type Message = (f64, f64);
const SILENT: Message = (1.0, 0.0);

/// The two products of the equations over the neighbours of two lists together, from those over each.
#[inline]
fn both(x: Message, y: Message) -> Message {
    (x.0 * y.0, x.0 * y.1 + x.1 * y.0)
}

struct Beliefs<'a> {
    core: &'a Core,
    params: &'a BpdParams,
    /// e^{−x}
    empty: f64,
    /// What comes in along each arc, in the row of the node that hears it.
    incoming: Vec<Message>,
    /// Products over the arcs before each arc of one node.
    before: Vec<Message>,
}

impl<'a> Beliefs<'a> {
    fn new(core: &'a Core, params: &'a BpdParams) -> Beliefs<'a> {
        // all states of the sender are equally likely: empty, root, one for each neighbour
        let said = |&v: &u32| {
            let states = core.arcs(v).len() as f64 + 2.0;
            (2.0 / states, 1.0 - 1.0 / states)
        };
        let incoming = core.targets.iter().map(said).collect();
        Beliefs { core, params, empty: libm::exp(-params.x), incoming, before: Vec::new() }
    }

    /// Lets node `v` speak; returns by how much its messages change.
    fn update(&mut self, v: u32) -> f64 {
        let arcs = self.core.arcs(v);
        self.before.clear();
        let mut all = SILENT;
        for &message in &self.incoming[arcs.clone()] {
            self.before.push(all);
            all = both(all, message);
        }
        let mut behind = SILENT;
        let mut change: f64 = 0.0;
        for a in arcs.clone().rev() {
            let (roots, child) = both(self.before[a - arcs.start], behind);
            behind = both(behind, self.incoming[a]);
            let share = 1.0 / (self.empty + roots + child);
            let said = ((self.empty + roots) * share, (roots + child) * share);
            let old = &mut self.incoming[self.core.back[a] as usize];
            let (d0, d1) = (said.0 - old.0, said.1 - old.1);
            change = change.max(d1.abs() + (d0 + d1).abs());
            *old = (old.0 + self.params.damping * d0, old.1 + self.params.damping * d1);
        }
        change
    }

    /// The probability that `v` is empty.
    fn empty(&self, v: u32) -> f64 {
        let (roots, child) = self.incoming[self.core.arcs(v)].iter().fold(SILENT, |all, &m| both(all, m));
        self.empty / (self.empty + roots + child)
    }

    /// Passes messages among `nodes`, in random order, until they settle or for `iterations`.
    fn pass(&mut self, nodes: &mut [u32], iterations: u32, rng: &mut TrialRng) {
        for _ in 0..iterations {
            rng.shuffle(nodes);
            let change = nodes.iter().map(|&v| self.update(v)).fold(0.0, f64::max);
            if change <= self.params.epsilon {
                break;
            }
        }
    }

    fn silence(&mut self, v: u32) {
        for a in self.core.arcs(v) {
            self.incoming[self.core.back[a] as usize] = SILENT;
        }
    }
}

/// Removes nodes by their beliefs until no core is left; they are returned in the order in which they fall.
fn decimate(csr: &Csr, peeling: &mut Peeling, params: &BpdParams, rng: &mut TrialRng) -> Vec<u32> {
    let core = Core::of(csr, peeling);
    let mut beliefs = Beliefs::new(&core, params);
    let mut active: Vec<u32> = (0..core.nodes()).collect();
    let mut order = Vec::new();
    beliefs.pass(&mut active, params.first_iterations, rng);
    while !active.is_empty() {
        beliefs.pass(&mut active, params.iterations, rng);
        // ties at random: passing has shuffled them, and the sort is stable
        let mut ranked: Vec<(f64, u32)> = active.iter().map(|&v| (beliefs.empty(v), v)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let count = ((active.len() as f64 * params.fraction) as usize).max(1);
        for &(_, v) in &ranked[..count] {
            let name = core.names[v as usize];
            if peeling.degree(name) > 0 {
                peeling.remove(csr, name);
                order.push(name);
            }
        }
        active.retain(|&v| {
            let stays = peeling.degree(core.names[v as usize]) > 0;
            if !stays {
                beliefs.silence(v);
            }
            stays
        });
    }
    order
}

impl Plugin for Bpd {
    type Params = BpdParams;
    const NAME: &'static str = "bpd";
    const ALIASES: &'static [&'static str] = &["belief-propagation-decimation"];
    const ABOUT: &'static str = "belief-propagation-guided decimation, then the trees are broken (Mugisha & Zhou 2016)";
    const EXAMPLE: &'static str = "x = 12.0";

    fn new(params: BpdParams) -> Result<Bpd, Invalid> {
        let share = |x: f64| x > 0.0 && x <= 1.0;
        let positive = params.x > 0.0 && params.x.is_finite();
        Invalid::unless(positive, "x", || format!("x is a positive number, not {}", params.x))?;
        let (fraction, damping) = (params.fraction, params.damping);
        Invalid::unless(share(fraction), "fraction", || format!("a share in (0, 1], not {fraction}"))?;
        Invalid::unless(share(damping), "damping", || format!("a share in (0, 1], not {damping}"))?;
        Invalid::unless(params.iterations >= 1, "iterations", || "at least 1 iteration a round, not 0".into())?;
        Invalid::unless(params.epsilon >= 0.0, "epsilon", || format!("0 or more, not {}", params.epsilon))?;
        Ok(Bpd(params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::tests::{assert_decycles, for_small_networks};

    /// q⁰ and q^r by the equations, product by product.
    fn slowly(beliefs: &Beliefs<'_>, v: u32, without: Option<usize>) -> (f64, f64) {
        let heard: Vec<Message> =
            beliefs.core.arcs(v).filter(|&a| Some(a) != without).map(|a| beliefs.incoming[a]).collect();
        let product = |skip: Option<usize>| {
            heard.iter().enumerate().filter(|(l, _)| Some(*l) != skip).map(|(_, m)| m.0).product::<f64>()
        };
        let children: f64 = (0..heard.len()).map(|k| heard[k].1 * product(Some(k))).sum();
        let z = beliefs.empty + product(None) + children;
        (beliefs.empty / z, product(None) / z)
    }

    #[test]
    fn settled_messages_satisfy_the_equations() {
        for_small_networks(200, |csr, rng| {
            let core = Core::of(csr, &Peeling::new(csr));
            let params = BpdParams { x: 2.0, epsilon: 1e-13, ..BpdParams::default() };
            let mut beliefs = Beliefs::new(&core, &params);
            let mut nodes: Vec<u32> = (0..core.nodes()).collect();
            beliefs.pass(&mut nodes, 3000, rng);
            for v in 0..core.nodes() {
                for a in core.arcs(v) {
                    let (q0, qr) = slowly(&beliefs, v, Some(a));
                    let said = beliefs.incoming[core.back[a] as usize];
                    assert!((said.0 - q0 - qr).abs() + (said.1 - 1.0 + q0).abs() < 1e-9);
                }
                assert!((beliefs.empty(v) - slowly(&beliefs, v, None).0).abs() < 1e-12);
            }
        });
    }

    #[test]
    fn only_the_core_falls_until_there_is_none() {
        for_small_networks(200, |csr, rng| {
            let overlay = Overlay::symmetric(csr.clone());
            let plan = Bpd::new(BpdParams { fraction: 0.1, ..BpdParams::default() }).unwrap();
            let order = plan.nodes(&overlay, &mut Task { rng: rng.clone(), target: 0.1 }).unwrap();
            let crate::Items::Nodes(order) = order.items else { unreachable!("it ranks nodes") };
            assert_decycles(csr, &order, 0.1);
        });
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        let default = BpdParams::default;
        for (params, want) in [
            (BpdParams { x: 0.0, ..default() }, "x"),
            (BpdParams { fraction: 0.0, ..default() }, "fraction"),
            (BpdParams { damping: 1.5, ..default() }, "damping"),
            (BpdParams { iterations: 0, ..default() }, "iterations"),
            (BpdParams { epsilon: f64::NAN, ..default() }, "epsilon"),
        ] {
            assert_eq!(Bpd::new(params).unwrap_err().param, want);
        }
    }
}
