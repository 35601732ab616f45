//! Who can call whom: connectivity along the arcs, exactly, without making them symmetric.
//!
//! A peer behind address translation can call and not be called. So in a directed overlay an arc u → v carries a call
//! only if v can be dialled ([`contacts`]). In a symmetric one the links are connections that stand: they carry both ways
//! whoever opened them.

use crate::broadcast::flood;
use crate::out_reach::best_reach;
pub use hydranet_measures::strong::{Strong, strong_components};

use hydranet_overlay::{Csr, Overlay, Sources};
use hydranet_topology::{Draw, TrialRng};
use std::borrow::Cow;

/// The calls that can be made: row u lists whom u knows and can dial. The overlay's own arcs where it is symmetric or
/// everybody can be dialled. O(n + m).
pub fn contacts(overlay: &Overlay) -> Cow<'_, Csr> {
    match overlay.routable() {
        Some(routable) if !overlay.is_symmetric() => {
            let arcs: Vec<[u32; 2]> = overlay.out().iter_arcs().filter(|[_, v]| routable[*v as usize]).collect();
            Cow::Owned(Csr::from_arcs(overlay.nodes(), &arcs).0)
        }
        _ => Cow::Borrowed(overlay.out()),
    }
}

/// Who exchanges data with whom once calls have been made: an edge wherever one side can call the other. A peer that cannot be
/// dialled fetches what it is told from those it calls. O(n + m).
pub fn exchanges(overlay: &Overlay) -> Csr {
    contacts(overlay).symmetrize()
}

/// Where a command enters what is left: the live command sources; in a network in which it may enter anywhere, a uniform node
/// of the largest strong component, all of which reach the same, but not in as many rounds. Empty if none lives. O(n + m).
pub fn entries(overlay: &Overlay, contacts: &Csr, alive: &[bool], rng: &mut TrialRng) -> Vec<u32> {
    match overlay.sources() {
        Sources::Nodes(list) => list.iter().copied().filter(|&v| alive[v as usize]).collect(),
        Sources::AnyNode => {
            let strong = strong_components(contacts, alive);
            let Some((number, size)) = strong.largest() else { return Vec::new() };
            let mut members = (0..).zip(&strong.component).filter(|(_, c)| **c == number).map(|(v, _)| v);
            vec![members.nth(rng.below(size) as usize).expect("as many as it has nodes")]
        }
    }
}

/// What the arcs of a network say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Directed {
    /// Live nodes.
    pub alive: u32,
    /// Nodes of the largest strong component of the calls between live nodes.
    pub largest_strong: u32,
    /// Number of strong components.
    pub strong_components: u32,
    /// Live nodes that a command reaches along calls from the live command sources; where it may enter anywhere, from the node that
    /// reaches most ([`best_reach`]).
    pub out_reach: u32,
    /// Arcs between live nodes.
    pub arcs: u64,
    /// Of those, arcs whose opposite is one too: reciprocity = answered / arcs.
    pub answered: u64,
    /// Highest in-degree among live nodes, counting live nodes only.
    pub most_known: u32,
    /// Skewness of that in-degree (third standardised moment); NaN if all are equal.
    pub skewness: f64,
}

/// Measures the live part of a network along its arcs. Calls are [`contacts`]; arcs, reciprocity and in-degrees are those of
/// the overlay itself. O(n + m log degree), but for [`best_reach`].
///
/// # Panics
/// If there is not exactly one flag a node.
pub fn measure(overlay: &Overlay, alive: &[bool]) -> Directed {
    let calls = contacts(overlay);
    let strong = strong_components(&calls, alive);
    let lives = |v: u32| alive[v as usize];
    let (mut arcs, mut answered) = (0, 0);
    let mut known_by = vec![0u32; alive.len()];
    for u in (0..overlay.nodes()).filter(|&u| lives(u)) {
        for &v in overlay.out().row(u).iter().filter(|&&v| lives(v)) {
            arcs += 1;
            answered += overlay.out().has_arc(v, u) as u64;
            known_by[v as usize] += 1;
        }
    }
    let degrees = || (0..overlay.nodes()).filter(|&v| lives(v)).map(|v| known_by[v as usize] as f64);
    let living = degrees().count() as f64;
    let mean = arcs as f64 / living;
    let moment = |power: i32| degrees().map(|d| (d - mean).powi(power)).sum::<f64>() / living;
    Directed {
        alive: living as u32,
        largest_strong: strong.largest().map_or(0, |(_, size)| size),
        strong_components: strong.sizes.len() as u32,
        out_reach: match overlay.sources() {
            Sources::Nodes(list) => flood(&calls, alive, list, u32::MAX).reached(),
            Sources::AnyNode => best_reach(&calls, alive),
        },
        arcs,
        answered,
        most_known: degrees().fold(0.0, f64::max) as u32,
        skewness: moment(3) / libm::pow(moment(2), 1.5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Draw, Models, Params, Purpose, Trial, trial_rng};

    fn network(model: &str, params: &str, trial: u32) -> Overlay {
        let models =
            Models::default().with(hydranet_topology_random::MODELS).with(hydranet_topology_unstructured::MODELS);
        let built = models.get(model).unwrap().build(&Params::parse(params).unwrap()).unwrap();
        built.value.generate(&mut trial_rng(3, Trial::network(trial), Purpose::Topology))
    }

    #[test]
    fn commands_enter_anywhere_in_the_largest_component() {
        // 0 ↔ 1 ↔ 2 and 3 ↔ 4
        let network = Overlay::symmetric(Csr::from_edges(5, &[[0, 1], [1, 2], [3, 4]]).0);
        let rng = &mut trial_rng(4, Trial::network(0), Purpose::Measure);
        let mut seen = [0; 5];
        (0..300).for_each(|_| seen[entries(&network, network.out(), &[true; 5], rng)[0] as usize] += 1);
        assert!(seen[..3].iter().all(|count| (60..=140).contains(count)) && seen[3..] == [0, 0], "{seen:?}");
        assert!(entries(&network, network.out(), &[false; 5], rng).is_empty());
    }

    #[test]
    fn components_agree_with_petgraph() {
        for trial in 0..6 {
            for params in ["n = 300\nk = 1", "n = 300\nk = 2", "n = 300\nk = 3\nroutable_share = 0.3"] {
                let network = network("random-peer-list", params, trial);
                let mut rng = trial_rng(4, Trial::network(trial), Purpose::Measure);
                let alive: Vec<bool> = (0..300).map(|_| trial == 0 || rng.chance(0.8)).collect();
                let arcs = network.out().iter_arcs().filter(|a| a.iter().all(|&v| alive[v as usize]));
                let live = Overlay::directed(Csr::from_arcs(300, &arcs.collect::<Vec<_>>()).0);
                let mut want: Vec<Vec<u32>> = petgraph::algo::tarjan_scc(&live);
                want.retain(|c| alive[c[0] as usize]);
                let strong = strong_components(network.out(), &alive);
                assert_eq!(strong.sizes.len(), want.len());
                for component in want {
                    let number = strong.component[component[0] as usize];
                    assert_eq!(strong.sizes[number as usize] as usize, component.len());
                    assert!(component.iter().all(|&v| strong.component[v as usize] == number));
                }
                let backwards = |[u, v]: [u32; 2]| strong.component[u as usize] >= strong.component[v as usize];
                assert!(live.out().iter_arcs().all(backwards), "numbers fall along arcs");
            }
        }
    }

    #[test]
    fn a_chain_with_a_loop_by_hand() {
        // 0 → 1 ⇄ 2 → 3; 3 sits behind address translation
        let csr = Csr::from_arcs(4, &[[0, 1], [1, 2], [2, 1], [2, 3]]).0;
        let open = Overlay::directed(csr.clone());
        let m = measure(&open, &[true; 4]);
        assert_eq!((m.largest_strong, m.strong_components, m.out_reach), (2, 3, 4));
        assert_eq!((m.arcs, m.answered, m.most_known), (4, 2, 2));
        // in-degrees 0, 2, 1, 1: symmetric about their mean
        assert!(m.skewness.abs() < 1e-12);
        let behind = open.clone().with_routable(vec![true, true, true, false]);
        assert_eq!(measure(&behind, &[true; 4]).out_reach, 3, "nobody can call 3");
        let commanded = open.with_sources(Sources::Nodes(vec![0]));
        assert_eq!(measure(&commanded, &[true; 4]).out_reach, 4);
        assert_eq!(measure(&commanded, &[false, true, true, true]).out_reach, 0, "the source is gone");
        assert_eq!(measure(&commanded, &[true, true, false, true]).out_reach, 2);
    }

    #[test]
    fn who_cannot_be_dialled_is_never_reached_from_outside() {
        let network = network("random-peer-list", "n = 2000\nk = 8\nroutable_share = 0.4", 1);
        let m = measure(&network, &[true; 2000]);
        // the dialable 800 know 8 of each other: but for e^(-20) of them, one strong component; one who cannot be dialled can
        // call in
        assert_eq!((m.largest_strong, m.out_reach), (800, 801));
        let all = vec![true; 2000];
        assert_eq!(flood(&exchanges(&network), &all, &[0], u32::MAX).reached(), 2000, "but they can ask");
        let standing = self::network("gnutella", "n = 2000", 1);
        assert_eq!(measure(&standing, &[true; 2000]).out_reach, 2000, "connections stand");
    }
}
