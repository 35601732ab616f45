//! Iterative lookups with several requests under way: how Kademlia asks.
//!
//! The node that looks keeps a shortlist: the contacts nearest to the target that it has heard of and that have not turned out
//! to be dead. In each round it asks the `parallel` nearest of them that it has not asked yet, all at once; a live one names
//! the `reply` contacts of its own that are nearest to the target. The lookup has arrived when somebody names the
//! target, and has failed when all of the `shortlist` nearest have been asked. Requests to dead nodes cost a round and tell
//! nothing. Maymounkov & Mazières, IPTPS 2002, with k = shortlist = reply and α = parallel; rounds are synchronous here, while
//! real clients refill their window as answers come.
//!
//! Unlike a lookup that is handed on ([`crate::lookup::route`]), one that is asked for survives a contact that leads
//! nowhere: there are others on the shortlist.

use crate::lookup::{Surroundings, Tally};
use hydranet_overlay::{Geometry, NodeId, Overlay};
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a node asks. In a spec: `iterative = { parallel = 3 }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Iterative {
    /// Requests a round, α (1 to 64).
    #[serde(default = "three")]
    pub parallel: u32,
    /// How many of the nearest live contacts are asked before a lookup is given up, k (≥ 1).
    #[serde(default = "twenty")]
    pub shortlist: u32,
    /// Contacts that a reply names (≥ 1).
    #[serde(default = "twenty")]
    pub reply: u32,
}

fn three() -> u32 {
    3
}
fn twenty() -> u32 {
    20
}

impl Default for Iterative {
    fn default() -> Iterative {
        Iterative { parallel: three(), shortlist: twenty(), reply: twenty() }
    }
}

impl Iterative {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The violated condition.
    pub fn check(self) -> Result<(), Invalid> {
        let Iterative { parallel, shortlist, reply } = self;
        Invalid::unless((1..=64).contains(&parallel), "parallel", || {
            format!("1 to 64 requests a round, not {parallel}")
        })?;
        Invalid::unless(shortlist >= 1, "shortlist", || "at least 1 contact is asked".into())?;
        Invalid::unless(reply >= 1, "reply", || "a reply names at least 1 contact".into())
    }
}

/// What the looking node knows of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Its name.
    Heard,
    /// It has been asked.
    Asked,
    /// It did not answer, and is not asked again, whoever names it.
    Dead,
}

/// A contact that the looking node has heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Heard {
    distance: u64,
    node: NodeId,
    /// Whether it is a sinkhole that claims to be that node.
    sinkhole: bool,
}

/// Looks up the given pairs, from the first for the second. Hops are rounds here, with the last one, in which the target
/// itself is contacted. O(requests · contacts · log), nothing allocated a round.
///
/// # Panics
/// If a pair names a node that does not exist.
pub fn ask(
    overlay: &Overlay,
    geometry: &dyn Geometry,
    around: &impl Surroundings,
    plan: Iterative,
    pairs: impl Iterator<Item = [NodeId; 2]>,
) -> Tally {
    let mut tally = Tally { arrived: vec![0; 64], ..Tally::default() };
    let (mut list, mut named, mut window) = (Vec::new(), Vec::new(), Vec::new());
    for [from, to] in pairs {
        list.clear();
        let mut rounds = 0;
        let mut found = from == to;
        let answers = around.live(from).has(to);
        let mut asked_captured = false;
        if !found {
            name(overlay, geometry, around, (from, to, u32::MAX), &mut named);
            found = merge(&mut list, &named, (from, to), answers);
            rounds = 1;
        }
        while !found {
            // the nearest that have not been asked, among the first that are not known to be dead
            window.clear();
            let first = list.iter_mut().filter(|(_, known)| *known != Known::Dead).take(plan.shortlist as usize);
            for (contact, known) in first.filter(|(_, known)| *known == Known::Heard).take(plan.parallel as usize) {
                *known = Known::Asked;
                window.push(*contact);
            }
            if window.is_empty() {
                break;
            }
            rounds += 1;
            for contact in &window {
                tally.requests += 1;
                if contact.sinkhole || around.is_captured(contact.node) {
                    asked_captured = true;
                } else if around.live(from).has(contact.node) {
                    name(overlay, geometry, around, (contact.node, to, plan.reply), &mut named);
                    found |= merge(&mut list, &named, (from, to), answers);
                } else if let Ok(place) = list.binary_search_by_key(contact, |(other, _)| *other) {
                    list[place].1 = Known::Dead;
                }
            }
        }
        match found {
            true => tally.arrive(rounds),
            false => tally.lose(rounds, asked_captured),
        }
    }
    tally
}

/// The `most` contacts of a node that are nearest to the target, as the node sees them.
fn name(
    overlay: &Overlay,
    geometry: &dyn Geometry,
    around: &impl Surroundings,
    (node, to, most): (NodeId, NodeId, u32),
    named: &mut Vec<Heard>,
) {
    named.clear();
    named.extend(overlay.out().row(node).iter().map(|&v| Heard {
        distance: geometry.distance(v, to),
        node: v,
        sinkhole: false,
    }));
    if named.len() > most as usize {
        named.select_nth_unstable(most as usize);
        named.truncate(most as usize);
    }
    named.iter_mut().for_each(|heard| heard.sinkhole = around.is_poisoned(node, heard.node));
}

/// Adds what was named to the list, in the order of the distance; says whether the target itself was named, and answers. One
/// that does not, across a cut, is asked in vain like every other.
fn merge(list: &mut Vec<(Heard, Known)>, named: &[Heard], (from, to): (NodeId, NodeId), answers: bool) -> bool {
    for heard in named.iter().filter(|heard| heard.node != from) {
        if heard.node == to && !heard.sinkhole && answers {
            return true;
        }
        if let Err(place) = list.binary_search_by_key(heard, |(other, _)| *other) {
            list.insert(place, (*heard, Known::Heard));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Line, line};
    use hydranet_overlay::Live;

    fn one(live: &Live, plan: Iterative, pair: [u32; 2]) -> Tally {
        ask(&line(30), &Line, live, plan, std::iter::once(pair))
    }

    #[test]
    fn rounds_and_requests_on_a_line() {
        let plan = Iterative { parallel: 1, shortlist: 4, reply: 4 };
        let all = Live::all(30);
        assert_eq!(one(&all, plan, [3, 3]).arrived[0], 1, "a node finds itself");
        let near = one(&all, plan, [3, 5]);
        assert_eq!((near.hops(), near.requests), (1, 0), "a contact is contacted");
        // 5, 7, 9 are asked; 9 names 11
        let far = one(&all, plan, [3, 11]);
        assert_eq!((far.hops(), far.requests), (4, 3));
        let mut live = Live::all(30);
        live.remove(7);
        // 5 is asked, 7 is dead and costs a round, 6 names 8 and, in vain, 7; 8 names 10
        let around = one(&live, plan, [3, 11]);
        assert_eq!((around.failed, around.requests), (0, 5), "5, 7, 6, 8, 10");
        // both at once: the dead one costs no round
        let together = one(&live, Iterative { parallel: 2, ..plan }, [3, 11]);
        assert!(together.hops() < around.hops(), "{together:?}");
        live.remove(8);
        let cut = one(&live, plan, [3, 11]);
        assert_eq!((cut.failed, cut.captured), (1, 0), "two dead neighbours cut the line");
        assert_eq!(cut.requests, 6, "5, 7, 6, 8, 4, 2: that 6 names 7 as well does not bring it back");
    }

    /// Everybody lives, and one entry of one list has been replaced.
    struct Poisoned(Live, [u32; 2]);
    impl Surroundings for Poisoned {
        fn live(&self, _: NodeId) -> &Live {
            &self.0
        }
        fn is_captured(&self, _: NodeId) -> bool {
            false
        }
        fn is_poisoned(&self, u: NodeId, v: NodeId) -> bool {
            [u, v] == self.1
        }
        fn has_sinkholes(&self) -> bool {
            true
        }
    }

    #[test]
    fn a_sinkhole_costs_a_request_and_not_the_lookup() {
        let around = Poisoned(Live::all(30), [5, 7]);
        let plan = Iterative { parallel: 1, shortlist: 4, reply: 4 };
        let tally = ask(&line(30), &Line, &around, plan, std::iter::once([3, 11]));
        assert_eq!((tally.failed, tally.requests), (0, 5), "5, the sinkhole, 6, 8, 10");
        // handed on, it is lost
        let lost = crate::lookup::route(&line(30), &Line, &around, std::iter::once([3, 11]));
        assert_eq!((lost.failed, lost.captured, lost.lost_hops), (1, 1, 2));
    }

    #[test]
    fn a_sinkhole_answers_for_the_dead() {
        let mut live = Live::all(30);
        live.remove(7);
        let pair = || std::iter::once([3, 11]);
        let alone = crate::lookup::route(&line(30), &Line, &live, pair());
        assert_eq!((alone.arrived[5], alone.failed), (1, 0), "3, 5, 6, 8, 10, 11");
        let around = Poisoned(live, [5, 7]);
        let lost = crate::lookup::route(&line(30), &Line, &around, pair());
        assert_eq!(
            (lost.failed, lost.captured, lost.lost_hops),
            (1, 1, 2),
            "handed to the sinkhole that claims to be 7"
        );
        // for everybody else it is dead as before: 9, 8, 6, 5 and not 9, 7, 5
        let both = crate::lookup::route(&line(30), &Line, &around, [[3, 11], [9, 5]].into_iter());
        assert_eq!((both.failed, both.arrived[3]), (1, 1));
    }

    #[test]
    fn a_target_across_a_cut_is_named_and_not_found() {
        // everything from 10 on is on the far side
        struct Cut([Live; 2]);
        impl Surroundings for Cut {
            fn live(&self, at: NodeId) -> &Live {
                &self.0[(at >= 10) as usize]
            }
            fn is_captured(&self, _: NodeId) -> bool {
                false
            }
            fn is_poisoned(&self, _: NodeId, _: NodeId) -> bool {
                false
            }
            fn has_sinkholes(&self) -> bool {
                false
            }
        }
        let mut sides = [Live::all(30), Live::all(30)];
        (0..30).for_each(|v| sides[(v < 10) as usize].remove(v));
        let around = Cut(sides);
        let plan = Iterative { parallel: 2, shortlist: 4, reply: 4 };
        let tally = ask(&line(30), &Line, &around, plan, [[3, 11], [3, 9], [12, 20]].into_iter());
        assert_eq!((tally.failed, tally.lookups()), (1, 3), "8 and 9 name 10 and 11, which do not hear");
    }

    #[test]
    fn refusals() {
        let refusal = Iterative { parallel: 0, ..Iterative::default() }.check().unwrap_err().to_string();
        assert!(refusal.contains("1 to 64 requests a round, not 0"), "{refusal}");
    }
}
