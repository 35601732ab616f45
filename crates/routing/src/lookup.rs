//! Lookups under static failure: nodes have failed, nobody has repaired anything, and a live node looks for another.
//!
//! The measure of Gummadi, Gummadi, Gribble, Ratnasamy, Shenker & Stoica, "The impact of DHT routing geometry on
//! resilience and proximity" (SIGCOMM 2003): the share of pairs of live nodes between which greedy routing among live
//! contacts fails. A lookup fails where no live contact makes progress; there is no backtracking. Who is dead is the
//! caller's: the beginning of any removal order.
//!
//! Sixteen lookups are under way at a time, and advance by one hop together ([`Geometry::advance`]): while one waits for the
//! memory that holds its next row, the others go on. On 2²⁰ nodes most of the time of a hop is such waiting.

use crate::interference::Interfered;
use hydranet_overlay::{Geometry, Live, LookupState, NodeId, Overlay, memory::prefetch};
use hydranet_topology::{Draw, TrialRng};

/// What a lookup finds around it: who lives, and what is the defender's.
pub trait Surroundings {
    /// Those that answer a node.
    fn live(&self, at: NodeId) -> &Live;
    /// Whether a node is the defender's: it answers, and passes nothing on.
    fn is_captured(&self, v: NodeId) -> bool;
    /// Whether the entry `v` in the list of `u` is a sinkhole that claims to be `v`. It answers, whether `v` lives or not.
    fn is_poisoned(&self, u: NodeId, v: NodeId) -> bool;
    /// Whether there are such entries.
    fn has_sinkholes(&self) -> bool;
}

/// Failures and nothing else.
impl Surroundings for Live {
    #[inline(always)]
    fn live(&self, _: NodeId) -> &Live {
        self
    }
    #[inline(always)]
    fn is_captured(&self, _: NodeId) -> bool {
        false
    }
    #[inline(always)]
    fn is_poisoned(&self, _: NodeId, _: NodeId) -> bool {
        false
    }
    #[inline(always)]
    fn has_sinkholes(&self) -> bool {
        false
    }
}

/// Failures under interference.
#[derive(Debug)]
pub struct Sides<'i> {
    interfered: &'i Interfered<'i>,
    sides: [Live; 2],
}

impl<'i> Sides<'i> {
    /// A network under interference of which the nodes of `live` live. O(n).
    pub fn new(interfered: &'i Interfered<'i>, live: &Live) -> Sides<'i> {
        Sides { interfered, sides: interfered.sides(live) }
    }
}

impl Surroundings for Sides<'_> {
    fn live(&self, at: NodeId) -> &Live {
        &self.sides[self.interfered.is_far(at) as usize]
    }
    fn is_captured(&self, v: NodeId) -> bool {
        self.interfered.is_captured(v)
    }
    fn is_poisoned(&self, u: NodeId, v: NodeId) -> bool {
        self.interfered.is_poisoned(u, v)
    }
    fn has_sinkholes(&self) -> bool {
        self.interfered.has_sinkholes()
    }
}

/// Lookups under way at a time.
const LANES: usize = 16;

/// What became of a number of lookups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Lookups that failed.
    pub failed: u64,
    /// Of those that failed: those that were lost to a captured node, one that answers and passes nothing on.
    pub captured: u64,
    /// Hops that failed lookups made before they failed, together.
    pub lost_hops: u64,
    /// Requests of iterative lookups, to the dead as well; 0 for lookups that are handed on.
    pub requests: u64,
    /// Of those that arrived: how many took so many hops; entry 0 is for 0 hops.
    pub arrived: Vec<u64>,
}

impl Tally {
    /// Lookups in all.
    pub fn lookups(&self) -> u64 {
        self.failed + self.arrived.iter().sum::<u64>()
    }

    /// Hops of all lookups that arrived, together.
    pub fn hops(&self) -> u64 {
        self.arrived.iter().zip(0..).map(|(count, hops)| count * hops).sum()
    }

    /// The smallest number of hops that at least the share `p` in `(0, 1]` of the lookups that arrived did not exceed
    /// (0.5: the median); `None` if none arrived.
    ///
    /// # Panics
    /// If `p` is not in `(0, 1]`.
    pub fn hops_quantile(&self, p: f64) -> Option<u64> {
        assert!(p > 0.0 && p <= 1.0, "a quantile is a share in (0, 1], not {p}");
        let total: u64 = self.arrived.iter().sum();
        let wanted = (p * total as f64).ceil() as u64;
        let mut below = 0;
        (total > 0).then(|| {
            let reached = |count: &u64| {
                below += count;
                below >= wanted
            };
            self.arrived.iter().position(reached).expect("all of them arrived somewhere") as u64
        })
    }

    /// A lookup failed after so many hops, at a captured node or not.
    pub(crate) fn lose(&mut self, hops: u32, captured: bool) {
        self.failed += 1;
        self.captured += captured as u64;
        self.lost_hops += hops as u64;
    }

    pub(crate) fn arrive(&mut self, hops: u32) {
        let hops = hops as usize;
        if hops >= self.arrived.len() {
            self.arrived.resize(hops + 1, 0);
        }
        self.arrived[hops] += 1;
    }
}

/// The course of one lookup, for people and tests: the nodes it went through, `from` first; the last is `to` if it
/// arrived. O(hops · contacts).
///
/// # Panics
/// If a node does not exist, or the geometry leads it in a circle.
pub fn path(overlay: &Overlay, geometry: &dyn Geometry, live: &Live, from: NodeId, to: NodeId) -> Vec<NodeId> {
    let mut path = vec![from];
    let mut at = from;
    while at != to {
        let Some(next) = geometry.next_hop(at, overlay.out().row(at), to, live) else { break };
        assert!(path.len() <= overlay.nodes() as usize, "a geometry that makes progress passes no node twice");
        path.push(next);
        at = next;
    }
    path
}

/// Routes lookups between the given pairs. O(hops · contacts), nothing allocated a hop.
///
/// A lookup that passes more nodes than there are is counted as failed: its geometry leads in circles. One that is handed
/// to a captured node or to a sinkhole entry has failed.
///
/// # Panics
/// If a pair names a node that does not exist.
pub fn route(
    overlay: &Overlay,
    geometry: &dyn Geometry,
    around: &impl Surroundings,
    mut pairs: impl Iterator<Item = [NodeId; 2]>,
) -> Tally {
    if around.has_sinkholes() {
        return route_past_sinkholes(overlay, geometry, around, pairs);
    }
    let csr = overlay.out();
    let most = overlay.nodes();
    let mut tally = Tally { arrived: vec![0; 64], ..Tally::default() };
    // lookups under way, and how many hops each has made
    let mut batch: Vec<LookupState> = Vec::with_capacity(LANES);
    let mut hops = [0u32; LANES];
    // lookups that begin in the next round: where their rows stand is on its way
    let mut waiting: Vec<LookupState> = Vec::with_capacity(LANES);
    loop {
        while batch.len() < LANES
            && let Some(lookup) = waiting.pop()
        {
            hops[batch.len()] = 0;
            batch.push(lookup);
        }
        while waiting.len() < LANES
            && let Some([at, target]) = pairs.next()
        {
            assert!(at.max(target) < most, "a lookup {at} → {target} among {most} nodes");
            if at == target {
                tally.arrive(0);
            } else {
                prefetch(csr.offsets(), at as usize);
                waiting.push(LookupState { at, target, live: around.live(at), next: None });
            }
        }
        if batch.is_empty() && waiting.is_empty() {
            return tally;
        }
        geometry.advance(csr, &mut batch);
        let mut lane = 0;
        while lane < batch.len() {
            let LookupState { target, next, .. } = batch[lane];
            let done = hops[lane];
            match next {
                Some(next) if around.is_captured(next) => tally.lose(done + 1, true),
                Some(next) if done < most && next == target => tally.arrive(done + 1),
                Some(next) if done < most => {
                    prefetch(csr.offsets(), next as usize);
                    batch[lane] = LookupState { at: next, target, live: around.live(next), next: None };
                    hops[lane] = done + 1;
                    lane += 1;
                    continue;
                }
                _ => tally.lose(done, false),
            }
            // the last lane takes the place of this one, and has its turn now
            batch.swap_remove(lane);
            hops[lane] = hops[batch.len()];
        }
    }
}

/// As [`route`], one lookup after the other: in the list of a node, sinkhole entries answer for the dead.
fn route_past_sinkholes<'l>(
    overlay: &Overlay,
    geometry: &dyn Geometry,
    around: &'l impl Surroundings,
    pairs: impl Iterator<Item = [NodeId; 2]>,
) -> Tally {
    let mut tally = Tally { arrived: vec![0; 64], ..Tally::default() };
    // of each set of live nodes a copy, in which at every hop those come to life whose place a sinkhole has
    let mut copies: Vec<(&'l Live, Live)> = Vec::new();
    let mut risen = Vec::new();
    for [from, to] in pairs {
        assert!(from.max(to) < overlay.nodes(), "a lookup {from} → {to} among {} nodes", overlay.nodes());
        let (mut at, mut hops) = (from, 0);
        loop {
            if at == to {
                break tally.arrive(hops);
            }
            let own = around.live(at);
            let place = copies.iter().position(|(of, _)| std::ptr::eq(*of, own)).unwrap_or_else(|| {
                copies.push((own, own.clone()));
                copies.len() - 1
            });
            let (row, live) = (overlay.out().row(at), &mut copies[place].1);
            risen.clear();
            risen.extend(row.iter().copied().filter(|v| !own.has(*v) && around.is_poisoned(at, *v)));
            risen.iter().for_each(|v| live.insert(*v));
            let next = geometry.next_hop(at, row, to, live);
            risen.iter().for_each(|v| live.remove(*v));
            match next {
                Some(next) if around.is_captured(next) || around.is_poisoned(at, next) => {
                    break tally.lose(hops + 1, true);
                }
                Some(next) if hops < overlay.nodes() => (at, hops) = (next, hops + 1),
                _ => break tally.lose(hops, false),
            }
        }
    }
    tally
}

/// `count` pairs of different nodes, the first uniform of `alive`, the second uniform of `targets`, independent.
///
/// # Panics
/// If there are no such pairs.
pub fn pairs_to<'a>(
    alive: &'a [NodeId],
    targets: &'a [NodeId],
    count: u64,
    rng: &'a mut TrialRng,
) -> impl Iterator<Item = [NodeId; 2]> + 'a {
    let some = alive.len() >= 2 && !targets.is_empty();
    assert!(some, "no pair of {} live nodes and {} targets", alive.len(), targets.len());
    (0..count).map(move |_| {
        let to = targets[rng.below(targets.len() as u32) as usize];
        loop {
            let from = alive[rng.below(alive.len() as u32) as usize];
            if from != to {
                break [from, to];
            }
        }
    })
}

/// `count` pairs of different nodes of `alive`, uniform and independent.
///
/// # Panics
/// If there are fewer than two such nodes.
pub fn pairs<'a>(alive: &'a [NodeId], count: u64, rng: &'a mut TrialRng) -> impl Iterator<Item = [NodeId; 2]> + 'a {
    assert!(alive.len() >= 2, "a pair needs two live nodes, not {}", alive.len());
    let n = alive.len() as u32;
    (0..count).map(move |_| {
        let from = rng.below(n);
        let to = rng.below(n - 1);
        [alive[from as usize], alive[(to + (to >= from) as u32) as usize]]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Line, line};
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn hops_on_a_line() {
        let network = line(100);
        let mut live = Live::all(100);
        assert_eq!(path(&network, &Line, &live, 10, 15), [10, 12, 14, 15]);
        live.remove(12);
        assert_eq!(path(&network, &Line, &live, 10, 15), [10, 11, 13, 15]);
        live.remove(13);
        assert_eq!(path(&network, &Line, &live, 10, 15), [10, 11], "two dead neighbours cut the line");
        let pairs = (0..100u32).filter(|v| *v != 12 && *v != 13).map(|v| [v, 99]);
        let tally = route(&network, &Line, &live, pairs);
        assert_eq!((tally.lookups(), tally.failed), (98, 12));
        assert_eq!(tally.arrived[0], 1, "99 finds itself");
        let hops: u64 = (14..100u64).map(|v| (99 - v).div_ceil(2)).sum();
        assert_eq!(tally.hops(), hops);
        assert_eq!((tally.hops_quantile(1.0), tally.hops_quantile(0.01)), (Some(43), Some(0)));
        assert_eq!(Tally::default().hops_quantile(0.5), None);
    }

    #[test]
    fn many_at_a_time_are_one_after_the_other() {
        let network = line(300);
        let mut live = Live::all(300);
        let alive: Vec<u32> = (0..300).filter(|v| v % 7 != 3 && v % 50 > 1).collect();
        (0..300).filter(|v| !alive.contains(v)).for_each(|v| live.remove(v));
        let mut rng = trial_rng(1, Trial::network(0), Purpose::Lookup);
        let list: Vec<[u32; 2]> = pairs(&alive, 1000, &mut rng).collect();
        assert!(list.iter().all(|[a, b]| a != b && live.has(*a) && live.has(*b)));
        let tally = route(&network, &Line, &live, list.iter().copied());
        let mut slow = Tally { arrived: vec![0; tally.arrived.len()], ..Tally::default() };
        for [from, to] in list {
            let path = path(&network, &Line, &live, from, to);
            if path.last() == Some(&to) {
                slow.arrived[path.len() - 1] += 1;
            } else {
                slow.failed += 1;
                slow.lost_hops += path.len() as u64 - 1;
            }
        }
        assert_eq!(tally, slow);
        assert!(tally.failed > 100 && tally.hops() > 100, "{tally:?}");
    }

    /// Claims that everything is one step away.
    #[derive(Debug)]
    struct Circles;

    impl Geometry for Circles {
        fn distance(&self, from: NodeId, to: NodeId) -> u64 {
            (from != to).into()
        }

        fn next_hop(&self, at: NodeId, _: &[NodeId], _: NodeId, _: &Live) -> Option<NodeId> {
            Some((at + 1) % 4)
        }
    }

    #[test]
    fn circles_are_cut_off() {
        let tally = route(&line(9), &Circles, &Live::all(9), [[0, 8], [1, 3]].into_iter());
        assert_eq!((tally.failed, tally.arrived[2]), (1, 1));
    }
}
