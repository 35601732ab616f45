//! What a defender does to a network beside taking nodes down: static treatments of contact lists, identifiers and links.
//!
//! - *Poisoning*: a share of the entries of every contact list is replaced by sinkhole entries (Holz et al., LEET 2008; Rossow
//!   et al., IEEE S&P 2013). A sinkhole claims the place of the contact that it replaced, answers (if that one is dead, too), and passes nothing on.
//! - *Sybils*: a share of all identifiers is the defender's (Douceur, IPTPS 2002): such nodes answer, and pass nothing on.
//! - *Eclipse*: entries that point into one range of identifiers are replaced by sinkhole entries, everywhere outside the
//!   range, so that nobody finds what is stored there (Singh et al., INFOCOM 2006; Steiner et al., 2007).
//! - *Cut-off*: a provider, or a region, is disconnected: nodes on either side live on and hear only their own side.
//!
//! A node of the defender ([`Interfered::is_captured`]) or a sinkhole entry is taken for a live contact: a lookup that is
//! handed to it is lost, and a command too. Nothing reacts: how networks drop dead entries is the campaign's subject.

use fixedbitset::FixedBitSet;
use hydranet_overlay::{Csr, Live, NodeId, Overlay};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Static interference with a network. In a spec: `interference = { poison = 0.2 }`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interference {
    /// Share of the entries of every contact list that are replaced by sinkhole entries, each by itself (0 to 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poison: Option<f64>,
    /// Share of all identifiers that are the defender's, uniformly (0 to below 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sybil: Option<f64>,
    /// A range of identifiers that is hidden; lookup studies draw their targets from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eclipse: Option<Eclipse>,
    /// A provider or region that is disconnected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
}

/// An eclipsed range of identifiers; nodes are numbered in the order of theirs. A lookup study then asks for targets in the
/// range alone, and its failed share is of those.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Eclipse {
    /// Share of all nodes that stand in the range, which begins at a uniform node (above 0, below 1). Lookup studies draw
    /// their targets from it.
    pub range: f64,
    /// Share of the entries pointing into it, in lists outside it, that are replaced, each by itself (0 to 1).
    pub share: f64,
}

/// A disconnected part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CutOff {
    /// Share of all nodes that are on the far side, at least (above 0, below 1).
    pub share: f64,
    /// Which: whole providers, the largest first, or a region, which is a uniformly random set of nodes.
    #[serde(default)]
    pub by: Boundary,
}

/// Along what a network is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Boundary {
    /// A uniformly random set of nodes: where a peer stands says nothing about its identifier.
    #[default]
    Region,
    /// Hosting networks, the largest first, lower numbers first among equals. The topology has to know them.
    Provider,
}

impl Interference {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The violated condition.
    pub fn check(&self) -> Result<(), Invalid> {
        let open = |x: f64| x > 0.0 && x < 1.0;
        if let Some(p) = self.poison {
            Invalid::unless((0.0..=1.0).contains(&p), "poison", || format!("a share of entries, 0 to 1, not {p}"))?;
        }
        if let Some(s) = self.sybil {
            Invalid::unless((0.0..1.0).contains(&s), "sybil", || {
                format!("a share of identifiers, 0 to below 1, not {s}")
            })?;
        }
        if let Some(Eclipse { range, share }) = self.eclipse {
            Invalid::unless(open(range), "eclipse.range", || {
                format!("a share of the nodes, above 0 and below 1, not {range}")
            })?;
            Invalid::unless((0.0..=1.0).contains(&share), "eclipse.share", || {
                format!("a share of entries, 0 to 1, not {share}")
            })?;
        }
        if let Some(CutOff { share, .. }) = self.cut_off {
            Invalid::unless(open(share), "cut_off.share", || {
                format!("a share of the nodes, above 0 and below 1, not {share}")
            })?;
        }
        Ok(())
    }

    /// Draws what is captured, replaced and cut in one network. O(n + m).
    ///
    /// # Errors
    /// If providers are to be cut off in a network that has none.
    pub fn draw<'o>(&self, overlay: &'o Overlay, rng: &mut TrialRng) -> Result<Interfered<'o>, Invalid> {
        let (csr, n) = (overlay.out(), overlay.nodes());
        let mut drawn = Interfered { csr, captured: None, poisoned: None, far: None, range: None };
        if let Some(share) = self.sybil {
            let order = rng.permutation(n);
            drawn.captured = Some(set(n, order[..count(share, n)].iter().copied()));
        }
        if let Some(share) = self.poison {
            drawn.replace(share, |_, _| true, rng);
        }
        if let Some(Eclipse { range, share }) = self.eclipse {
            let start = rng.below(n);
            let length = (count(range, n) as u32).max(1);
            drawn.range = Some((start, length));
            let inside = |v: NodeId| (v + n - start) % n < length;
            drawn.replace(share, |u, v| inside(v) && !inside(u), rng);
        }
        if let Some(CutOff { share, by }) = self.cut_off {
            let wanted = count(share, n).max(1);
            let far: Vec<NodeId> = match by {
                Boundary::Region => rng.permutation(n)[..wanted].to_vec(),
                Boundary::Provider => largest_providers(overlay, wanted)?,
            };
            drawn.far = Some(set(n, far.into_iter()));
        }
        Ok(drawn)
    }
}

fn count(share: f64, n: u32) -> usize {
    (share * n as f64 + 0.5) as usize
}

fn set(n: u32, nodes: impl Iterator<Item = NodeId>) -> FixedBitSet {
    let mut bits = FixedBitSet::with_capacity(n as usize);
    nodes.for_each(|v| bits.insert(v as usize));
    bits
}

/// The nodes of the largest providers, until there are at least `wanted`.
fn largest_providers(overlay: &Overlay, wanted: usize) -> Result<Vec<NodeId>, Invalid> {
    let providers = overlay.provider().ok_or_else(|| {
        Invalid::new("cut_off", "the nodes of this topology have no providers; cut off a region, or draw one with them")
    })?;
    let mut members = std::collections::BTreeMap::<u32, Vec<NodeId>>::new();
    (0..).zip(providers).for_each(|(v, p)| members.entry(*p).or_default().push(v));
    let mut groups: Vec<Vec<NodeId>> = members.into_values().collect();
    groups.sort_by_key(|nodes| std::cmp::Reverse(nodes.len()));
    let mut far = Vec::new();
    for nodes in groups {
        if far.len() >= wanted {
            break;
        }
        far.extend(nodes);
    }
    Ok(far)
}

/// A network as it stands under interference.
#[derive(Debug, Clone)]
pub struct Interfered<'o> {
    csr: &'o Csr,
    captured: Option<FixedBitSet>,
    /// Entries that have been replaced, by the number of the arc.
    poisoned: Option<FixedBitSet>,
    far: Option<FixedBitSet>,
    range: Option<(u32, u32)>,
}

impl Interfered<'_> {
    fn replace(&mut self, share: f64, which: impl Fn(NodeId, NodeId) -> bool, rng: &mut TrialRng) {
        let csr = self.csr;
        let bits = self.poisoned.get_or_insert_with(|| FixedBitSet::with_capacity(csr.arcs() as usize));
        for (arc, [u, v]) in csr.iter_arcs().enumerate() {
            if which(u, v) && rng.chance(share) {
                bits.insert(arc);
            }
        }
    }

    /// Whether a node is the defender's.
    #[inline]
    pub fn is_captured(&self, v: NodeId) -> bool {
        self.captured.as_ref().is_some_and(|bits| bits.contains(v as usize))
    }

    /// Whether the entry `v` in the list of `u` has been replaced. O(log contacts).
    #[inline]
    pub fn is_poisoned(&self, u: NodeId, v: NodeId) -> bool {
        self.poisoned.as_ref().is_some_and(|bits| {
            let place = self.csr.row(u).binary_search(&v);
            place.is_ok_and(|place| bits.contains(self.csr.offsets()[u as usize] as usize + place))
        })
    }

    /// Whether entries have been replaced by sinkholes.
    pub fn has_sinkholes(&self) -> bool {
        self.poisoned.is_some()
    }

    /// Whether a node is on the far side of a cut.
    #[inline]
    pub fn is_far(&self, v: NodeId) -> bool {
        self.far.as_ref().is_some_and(|bits| bits.contains(v as usize))
    }

    /// Whether lookups for a node are asked for: all, but for an eclipse those in the range.
    pub fn is_target(&self, v: NodeId) -> bool {
        let n = self.csr.nodes();
        self.range.is_none_or(|(start, length)| (v + n - start) % n < length)
    }

    /// Who answers on each side, when the nodes of `live` live: the defender's nodes always do.
    pub fn sides(&self, live: &Live) -> [Live; 2] {
        let n = self.csr.nodes();
        let mut sides = [live.clone(), live.clone()];
        for v in 0..n {
            if self.is_captured(v) {
                sides.iter_mut().for_each(|side| side.insert(v));
            } else if self.far.is_some() {
                sides[!self.is_far(v) as usize].remove(v);
            }
        }
        sides
    }

    /// The network along which commands spread: sinkholes stand behind the nodes, as many as the list with the most of them
    /// needs, and take the places of replaced entries and of those that point across the cut: lists stay as long as they were,
    /// and whoever picks such an entry has picked in vain. Sinkholes, and the defender's nodes, have to be counted as dead. O(n + m log).
    pub fn overlay(&self, network: &Overlay) -> Overlay {
        let n = network.nodes();
        let mut arcs: Vec<[u32; 2]> = Vec::with_capacity(self.csr.arcs() as usize);
        let mut sinkholes = 0;
        for u in 0..n {
            let first = self.csr.offsets()[u as usize] as usize;
            let mut replaced = 0;
            for (place, &v) in self.csr.row(u).iter().enumerate() {
                if self.is_far(u) != self.is_far(v)
                    || self.poisoned.as_ref().is_some_and(|bits| bits.contains(first + place))
                {
                    arcs.push([u, n + replaced]);
                    replaced += 1;
                } else {
                    arcs.push([u, v]);
                }
            }
            sinkholes = sinkholes.max(replaced);
        }
        let csr = Csr::from_arcs(n + sinkholes, &arcs).0;
        fn longer<T: Clone>(list: &[T], more: u32, value: T) -> Vec<T> {
            list.iter().cloned().chain(std::iter::repeat_n(value, more as usize)).collect()
        }
        // the links of a symmetric network are connections that stand: whether a node could be dialled plays no part
        let symmetric = network.is_symmetric() && self.poisoned.is_none() && self.far.is_none();
        let mut changed = if symmetric { Overlay::symmetric(csr) } else { Overlay::directed(csr) };
        if let Some(roles) = network.roles() {
            changed = changed.with_roles(longer(roles, sinkholes, hydranet_overlay::Role::Peer));
        }
        if let Some(routable) = network.routable().filter(|_| !network.is_symmetric()) {
            changed = changed.with_routable(longer(routable, sinkholes, true));
        }
        changed.with_sources(network.sources().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn rng() -> TrialRng {
        trial_rng(5, Trial::network(0), Purpose::Defender)
    }

    /// A complete directed network of `n` nodes.
    fn complete(n: u32) -> Overlay {
        let arcs: Vec<_> = (0..n).flat_map(|u| (0..n).filter(move |v| *v != u).map(move |v| [u, v])).collect();
        Overlay::directed(Csr::from_arcs(n, &arcs).0)
    }

    #[test]
    fn shares_are_kept() {
        let network = complete(200);
        let plan = Interference { poison: Some(0.3), sybil: Some(0.25), ..Interference::default() };
        let drawn = plan.draw(&network, &mut rng()).unwrap();
        assert_eq!((0..200).filter(|v| drawn.is_captured(*v)).count(), 50);
        let replaced = network.out().iter_arcs().filter(|[u, v]| drawn.is_poisoned(*u, *v)).count() as f64;
        let (mean, sd) = (0.3 * 200.0 * 199.0, (0.21f64 * 200.0 * 199.0).sqrt());
        assert!((replaced - mean).abs() < 4.0 * sd, "{replaced} of {mean} ± {sd}");
        let changed = drawn.overlay(&network);
        assert!((0..200).all(|v| changed.out().degree(v) == 199), "lists stay as long as they were");
        let lost = changed.out().iter_arcs().filter(|[_, v]| *v >= 200).count();
        assert_eq!(lost as f64, replaced);
        let mut live = Live::all(200);
        (0..200).for_each(|v| live.remove(v));
        let [near, far] = drawn.sides(&live);
        assert!((0..200).all(|v| near.has(v) == drawn.is_captured(v)), "only the defender answers");
        assert_eq!(near, far);
    }

    #[test]
    fn an_eclipse_hides_its_range_alone() {
        let network = complete(100);
        let plan = Interference { eclipse: Some(Eclipse { range: 0.1, share: 1.0 }), ..Interference::default() };
        let drawn = plan.draw(&network, &mut rng()).unwrap();
        assert_eq!((0..100).filter(|v| drawn.is_target(*v)).count(), 10);
        for [u, v] in network.out().iter_arcs() {
            assert_eq!(drawn.is_poisoned(u, v), drawn.is_target(v) && !drawn.is_target(u), "{u} → {v}");
        }
    }

    #[test]
    fn a_cut_separates_two_sides() {
        let network = complete(60).with_provider((0..60).map(|v| if v < 40 { v / 20 } else { v }).collect());
        let cut = |by| Interference { cut_off: Some(CutOff { share: 0.5, by }), ..Interference::default() };
        let drawn = cut(Boundary::Provider).draw(&network, &mut rng()).unwrap();
        assert!((0..60).all(|v| drawn.is_far(v) == (v < 40)), "two providers of 20 are the first to make up 30");
        let changed = drawn.overlay(&network);
        assert!(changed.out().iter_arcs().all(|[u, v]| v >= 60 || (u < 40) == (v < 40)));
        assert!((0..60).all(|v| changed.out().degree(v) == 59), "lists stay as long as they were");
        let [near, far] = drawn.sides(&Live::all(60));
        assert!((0..60).all(|v| near.has(v) == (v >= 40) && far.has(v) == (v < 40)));
        let region = cut(Boundary::Region).draw(&network, &mut rng()).unwrap();
        assert_eq!((0..60).filter(|v| region.is_far(*v)).count(), 30);
        let refusal = cut(Boundary::Provider).draw(&complete(5), &mut rng()).unwrap_err().to_string();
        assert!(refusal.contains("no providers"), "{refusal}");
    }

    #[test]
    fn refusals() {
        let says = |plan: Interference, what: &str| {
            let refusal = plan.check().expect_err("refused").to_string();
            assert!(refusal.contains(what), "{refusal}");
        };
        says(Interference { poison: Some(1.2), ..Interference::default() }, "not 1.2");
        says(Interference { sybil: Some(1.0), ..Interference::default() }, "below 1, not 1");
        let eclipse = Some(Eclipse { range: 0.0, share: 0.5 });
        says(Interference { eclipse, ..Interference::default() }, "eclipse.range");
        let cut_off = Some(CutOff { share: 1.0, by: Boundary::Region });
        says(Interference { cut_off, ..Interference::default() }, "cut_off.share");
    }
}
