//! Preferential attachment with triangles: after a link to a node, the next one goes with chance p to one of that node's
//! neighbours [1].
//!
//! The rule is Holme & Kim's, not quite that of networkx's `powerlaw_cluster_graph` (below). It starts from m nodes without links, which the first choices take as having
//! one link end each. Every new node links to a node chosen in proportion to degree; each of its m − 1 further links
//! closes a triangle with chance p (a uniform neighbour of the node chosen last by degree, among those not linked yet),
//! and is otherwise chosen by degree again. Where networkx differs: its choices by degree may fall on a node that a
//! triangle has linked already, and the link is lost; here another is drawn, so that there are always m(n − m) edges.
//! And networkx pops its choices out of a set, which tends to give old nodes first, not at random; here, as in [1], they come in
//! the order in which they were drawn. With p = 0 the law is `barabasi-albert`'s, but for the start. O(nm) expected, and O(m) for each triangle.
//!
//! [1] P. Holme, B. J. Kim. Growing scale-free networks with tunable clustering. Phys. Rev. E 65, 026107 (2002).

use crate::bounds_and_draws::{index, probability};
use hydranet_overlay::{Csr, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`PowerlawCluster`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PowerlawClusterParams {
    /// Number of nodes (≥ 2).
    pub n: u32,
    /// Links that each new node brings (1 to n − 1). The mean degree is nearly 2m.
    pub m: u32,
    /// Chance that a further link closes a triangle (0 to 1).
    pub p: f64,
}

/// The clustered preferential-attachment graph.
#[derive(Debug, Clone)]
pub struct PowerlawCluster(PowerlawClusterParams);

impl Plugin for PowerlawCluster {
    type Params = PowerlawClusterParams;
    const NAME: &'static str = "powerlaw-cluster";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["holme-kim"];
    const ABOUT: &'static str = "preferential attachment with triangles (Holme & Kim 2002)";
    const EXAMPLE: &'static str = "n = 1000\nm = 3\np = 0.5";

    fn new(params: PowerlawClusterParams) -> Result<PowerlawCluster, Invalid> {
        let PowerlawClusterParams { n, m, p } = params;
        Invalid::unless(1 <= m && m < n, "m", || format!("m is between 1 and n − 1, not {m} with n = {n}"))?;
        probability("p", p)?;
        Ok(PowerlawCluster(params))
    }
}

impl Topology for PowerlawCluster {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let PowerlawClusterParams { n, m, p } = self.0;
        let mut rows: Vec<Vec<u32>> = vec![Vec::with_capacity(m as usize); n as usize];
        // every link end so far, and the first m nodes once
        let mut ends: Vec<u32> = (0..m).collect();
        let mut edges = Vec::with_capacity(m as usize * (n - m) as usize);
        // linked[v] = new: the newest node is linked to v (node 0 is never the newest)
        let mut linked = vec![0u32; n as usize];
        for new in m..n {
            let mut chosen = None;
            for _ in 0..m {
                let triangle = match chosen {
                    Some(hub) if rng.chance(p) => {
                        let row: &Vec<u32> = &rows[hub as usize];
                        stranger(rng, row, m, |w| w != new && linked[w as usize] != new)
                    }
                    _ => None,
                };
                let old = triangle.unwrap_or_else(|| {
                    // the links of this node join the list when it is done
                    loop {
                        let v = ends[index(rng, ends.len())];
                        if linked[v as usize] != new {
                            chosen = Some(v);
                            return v;
                        }
                    }
                });
                linked[old as usize] = new;
                rows[old as usize].push(new);
                rows[new as usize].push(old);
                edges.push([new, old]);
            }
            ends.extend(edges[edges.len() - m as usize..].iter().flatten());
        }
        Overlay::symmetric(Csr::from_edges(n, &edges).0)
    }
}

/// A uniform one of the nodes in `row` that are `open`; `None` if there is none. At most `m` are not open: a draw from a
/// long row falls on an open one at least every second time, a short one is looked through. O(m).
fn stranger(rng: &mut TrialRng, row: &[u32], m: u32, open: impl Fn(u32) -> bool) -> Option<u32> {
    if row.len() >= 2 * m as usize {
        loop {
            let w = row[index(rng, row.len())];
            if open(w) {
                return Some(w);
            }
        }
    }
    let open: Vec<u32> = row.iter().copied().filter(|&w| open(w)).collect();
    (!open.is_empty()).then(|| open[index(rng, open.len())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, clustering, components, draw, golden, model, refuses};

    fn params(n: u32, m: u32, p: f64) -> PowerlawClusterParams {
        PowerlawClusterParams { n, m, p }
    }

    #[test]
    fn refusals() {
        refuses::<PowerlawCluster>(params(5, 0, 0.5), "not 0 with n = 5");
        refuses::<PowerlawCluster>(params(5, 5, 0.5), "not 5 with n = 5");
        refuses::<PowerlawCluster>(params(5, 2, 2.0), "not 2");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(
            golden::<PowerlawCluster>(params(7, 2, 0.5)),
            [[0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [1, 2], [1, 4], [2, 3], [2, 5], [2, 6]]
        );
    }

    #[test]
    fn the_number_of_edges_is_m_times_n_minus_m() {
        for (n, m) in [(2, 1), (5, 4), (10, 3), (200, 20)] {
            for p in [0.0, 0.7, 1.0] {
                let network = draw(&model::<PowerlawCluster>(params(n, m, p)), 0);
                assert_eq!(network.edges(), m as u64 * (n - m) as u64, "n = {n}, m = {m}, p = {p}");
                assert_eq!(components(&network), 1);
            }
        }
    }

    #[test]
    fn the_tail_keeps_its_exponent_and_triangles_appear() {
        let (n, m) = (50_000, 3);
        let at = |p| draw(&model::<PowerlawCluster>(params(n, m, p)), 0);
        let network = at(0.0);
        for k in [2 * m, 5 * m, 20 * m] {
            let count = (0..n).filter(|&v| network.out().degree(v) >= k).count() as f64;
            let want = n as f64 * (m * (m + 1)) as f64 / (k as f64 * (k + 1) as f64);
            close("nodes in the tail", count, want, 5.0 * want.sqrt());
        }
        let [none, some, many] = [0.0, 0.5, 1.0].map(|p| clustering(at(p).out()));
        assert!(none < 0.01 && some > 0.2 && many > some + 0.1, "{none} {some} {many}");
    }
}
