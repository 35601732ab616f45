//! How far a command goes that enters a directed network at its best place.
//!
//! Where any node can inject a command, the operator takes the one from which most are reached. All nodes of a strong component reach the
//! same, and no less than any component further down: so only components that nobody calls into are looked at. What the largest
//! component reaches is walked once and counted whole; each of the others walks on only outside of it.

use hydranet_measures::strong::strong_components;
use hydranet_overlay::Csr;

/// Live nodes that a command reaches from the best node to inject it at; 0 if none lives.
///
/// O(n + m), and for each component that nobody calls into, what it reaches outside of what the largest component does: few
/// nodes where most are in or below that.
///
/// # Panics
/// If there is not exactly one flag a node.
pub fn best_reach(contacts: &Csr, alive: &[bool]) -> u32 {
    let strong = strong_components(contacts, alive);
    let Some((largest, _)) = strong.largest() else { return 0 };
    let part = |v: u32| strong.component[v as usize];
    let mut called = vec![false; strong.sizes.len()];
    let mut member = vec![u32::MAX; strong.sizes.len()];
    for v in (0..contacts.nodes()).filter(|&v| alive[v as usize]) {
        member[part(v) as usize] = v;
        for &w in contacts.row(v).iter().filter(|&&w| alive[w as usize] && part(w) != part(v)) {
            called[part(w) as usize] = true;
        }
    }
    // the walk that a node was met by last
    let mut met = vec![0u32; alive.len()];
    // nodes met and not left out; whether one of them calls into the largest component
    let mut walk = |from: u32, number: u32, left_out: Option<&[bool]>| {
        met[from as usize] = number;
        let (mut queue, mut head, mut into) = (vec![from], 0, false);
        while let Some(&v) = queue.get(head) {
            head += 1;
            for &w in contacts.row(v).iter().filter(|&&w| alive[w as usize]) {
                into |= part(w) == largest;
                let out = left_out.is_some_and(|out| out[w as usize]);
                if !out && std::mem::replace(&mut met[w as usize], number) != number {
                    queue.push(w);
                }
            }
        }
        (queue, into)
    };
    let (list, _) = walk(member[largest as usize], 1, None);
    let below = list.len() as u32;
    let mut in_below = vec![false; alive.len()];
    list.iter().for_each(|&v| in_below[v as usize] = true);
    let mut best = below;
    let tops = (0..called.len()).filter(|&c| !called[c] && c != largest as usize);
    for (number, top) in (1..).zip(tops) {
        // who calls into the largest component reaches all that it does; others may reach a part of that
        let (outside, into) = walk(member[top], 2 * number, Some(&in_below));
        let reach =
            if into { outside.len() as u32 + below } else { walk(member[top], 2 * number + 1, None).0.len() as u32 };
        best = best.max(reach);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broadcast::flood;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn no_node_reaches_more() {
        for trial in 0..400 {
            let rng = &mut trial_rng(51, Trial::network(trial), Purpose::Topology);
            let n = 1 + rng.below(25);
            let arcs: Vec<[u32; 2]> = (0..rng.below(2 * n)).map(|_| [rng.below(n), rng.below(n)]).collect();
            let csr = Csr::from_arcs(n, &arcs).0;
            let alive: Vec<bool> = (0..n).map(|_| rng.chance(0.8)).collect();
            let want = (0..n).map(|v| flood(&csr, &alive, &[v], u32::MAX).reached()).max().unwrap();
            assert_eq!(best_reach(&csr, &alive), want, "{arcs:?} {alive:?}");
        }
    }

    #[test]
    fn a_chain_is_reached_from_its_head() {
        let chain: Vec<[u32; 2]> = (1..5).map(|v| [v - 1, v]).collect();
        assert_eq!(best_reach(&Csr::from_arcs(5, &chain).0, &[true; 5]), 5);
        assert_eq!(best_reach(&Csr::from_arcs(5, &chain).0, &[true, true, false, true, true]), 2);
        assert_eq!(best_reach(&Csr::from_arcs(5, &chain).0, &[false; 5]), 0);
    }
}
