//! The cheapest cover of the edges between two sides. Those edges make a bipartite network, where the minimum is not hard: by
//! König's theorem it is a minimum cut between a source before the one side and a sink behind the other (Ford & Fulkerson 1956;
//! flow by Dinitz 1970). O(m √n) with unit costs.

use hydranet_overlay::Csr;

/// A network of capacities: arcs `a` and `a ^ 1` are each other's reverse.
struct Flow {
    rows: Vec<Vec<u32>>,
    to: Vec<u32>,
    room: Vec<u64>,
}

const FAR: u32 = u32::MAX;

impl Flow {
    fn new(nodes: usize) -> Flow {
        Flow { rows: vec![Vec::new(); nodes], to: Vec::new(), room: Vec::new() }
    }

    fn link(&mut self, from: u32, to: u32, room: u64) {
        for (a, b, room) in [(from, to, room), (to, from, 0)] {
            self.rows[a as usize].push(self.to.len() as u32);
            self.to.push(b);
            self.room.push(room);
        }
    }

    /// Hops from `source` along arcs with room.
    fn levels(&self, source: u32) -> Vec<u32> {
        let mut level = vec![FAR; self.rows.len()];
        level[source as usize] = 0;
        let (mut queue, mut head) = (vec![source], 0);
        while let Some(&v) = queue.get(head) {
            head += 1;
            for &a in &self.rows[v as usize] {
                let w = self.to[a as usize];
                if self.room[a as usize] > 0 && level[w as usize] == FAR {
                    level[w as usize] = level[v as usize] + 1;
                    queue.push(w);
                }
            }
        }
        level
    }

    /// Fills shortest paths until none is left at these levels.
    fn fill(&mut self, source: u32, sink: u32, level: &[u32]) {
        let mut next = vec![0; self.rows.len()];
        let (mut path, mut v): (Vec<u32>, u32) = (Vec::new(), source);
        loop {
            if v == sink {
                let least = path.iter().map(|&a| self.room[a as usize]).min().unwrap_or(0);
                for &a in &path {
                    self.room[a as usize] -= least;
                    self.room[a as usize ^ 1] += least;
                }
                (v, _) = (source, path.clear());
                continue;
            }
            let row = &self.rows[v as usize];
            let open = |&&a: &&u32| {
                let w = self.to[a as usize] as usize;
                self.room[a as usize] > 0 && level[w] == level[v as usize] + 1
            };
            match row.get(next[v as usize]) {
                Some(a) if open(&a) => {
                    path.push(*a);
                    v = self.to[*a as usize];
                }
                Some(_) => next[v as usize] += 1,
                None => {
                    let Some(a) = path.pop() else { return };
                    v = self.to[a as usize ^ 1];
                    next[v as usize] += 1;
                }
            }
        }
    }
}

/// The cheapest nodes that cover all edges between the sides, rising. Costs are whole numbers ≥ 1.
pub(super) fn cover(csr: &Csr, costs: &[u64], side: &[bool]) -> Vec<u32> {
    let n = csr.nodes();
    let (source, sink) = (n, n + 1);
    let mut flow = Flow::new(n as usize + 2);
    let mut touched = vec![false; n as usize];
    for v in 0..n {
        for &w in csr.row(v).iter().filter(|&&w| side[v as usize] != side[w as usize]) {
            touched[v as usize] = true;
            if side[v as usize] {
                flow.link(v, w, u64::MAX / 4);
            }
        }
        if touched[v as usize] {
            let (from, to) = if side[v as usize] { (source, v) } else { (v, sink) };
            flow.link(from, to, costs[v as usize]);
        }
    }
    loop {
        let level = flow.levels(source);
        if level[sink as usize] == FAR {
            let cut = |v: u32| side[v as usize] == (level[v as usize] == FAR);
            return (0..n).filter(|&v| touched[v as usize] && cut(v)).collect();
        }
        flow.fill(source, sink, &level);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::random_network;
    use hydranet_topology::{Draw, Purpose, Trial, trial_rng};

    #[test]
    fn no_set_that_covers_costs_less() {
        for trial in 0..300 {
            let rng = &mut trial_rng(45, Trial::network(trial), Purpose::Topology);
            let csr = random_network(rng, 12);
            let n = csr.nodes();
            let side: Vec<bool> = (0..n).map(|_| rng.chance(0.5)).collect();
            let costs: Vec<u64> = (0..n).map(|_| 1 + rng.below(5) as u64).collect();
            let has = |set: u32, v: u32| set >> v & 1 == 1;
            let covers = |set: u32| {
                let within = |[u, v]: [u32; 2]| side[u as usize] == side[v as usize];
                csr.iter_arcs().all(|[u, v]| within([u, v]) || has(set, u) || has(set, v))
            };
            let cost = |set: u32| (0..n).filter(|&v| has(set, v)).map(|v| costs[v as usize]).sum::<u64>();
            let set = cover(&csr, &costs, &side).iter().fold(0, |set, v| set | 1 << v);
            assert!(covers(set));
            assert_eq!(Some(cost(set)), (0..1 << n).filter(|&set| covers(set)).map(cost).min());
        }
    }
}
