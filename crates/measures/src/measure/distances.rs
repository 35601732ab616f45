//! Distances: a breadth-first search from every node, or from a sample; everything is read off the histogram of distances.
//!
//! O(m) a search. The standard error of a sample is a delete-one-group jackknife over up to 32 groups of sources, with the
//! correction for drawing without replacement.

use super::{Effort, Measured};
use crate::paths::Bfs;
use hydranet_overlay::Csr;
use hydranet_topology::{Draw, TrialRng};
use rayon::prelude::*;

const GROUPS: usize = 32;

/// How many nodes were found at each distance, over all searches.
#[derive(Default)]
struct Histogram {
    at: Vec<u64>,
    searches: u64,
}

impl Histogram {
    fn add(&mut self, other: &Histogram) {
        self.at.resize(self.at.len().max(other.at.len()), 0);
        self.at.iter_mut().zip(&other.at).for_each(|(a, b)| *a += b);
        self.searches += other.searches;
    }

    fn less(&self, other: &Histogram) -> Histogram {
        let mut at = self.at.clone();
        at.iter_mut().zip(&other.at).for_each(|(a, b)| *a -= b);
        Histogram { at, searches: self.searches - other.searches }
    }

    /// Distances of at least 1, with their counts.
    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> {
        self.at.iter().enumerate().skip(1).map(|(d, &count)| (d as f64, count as f64))
    }
}

/// Mean distance of connected pairs.
pub(super) fn average(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    estimate(csr, effort, rng, |h| {
        h.pairs().map(|(d, count)| d * count).sum::<f64>() / h.pairs().map(|(_, count)| count).sum::<f64>()
    })
}

/// 90 % of the connected pairs lie within it.
pub(super) fn effective_diameter(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    estimate(csr, effort, rng, |h| {
        let wanted = 0.9 * h.pairs().map(|(_, count)| count).sum::<f64>();
        let mut within = 0.0;
        for (d, count) in h.pairs() {
            if count > 0.0 && within + count >= wanted {
                return d - 1.0 + (wanted - within) / count;
            }
            within += count;
        }
        f64::NAN
    })
}

/// Mean inverse distance of all pairs.
pub(super) fn efficiency(csr: &Csr, effort: &Effort, rng: &mut TrialRng) -> Measured {
    let others = csr.nodes().saturating_sub(1) as f64;
    if others == 0.0 {
        return Measured::exactly(0.0, "exact, no pairs");
    }
    estimate(csr, effort, rng, |h| h.pairs().map(|(d, count)| count / d).sum::<f64>() / (h.searches as f64 * others))
}

fn estimate(csr: &Csr, effort: &Effort, rng: &mut TrialRng, read: impl Fn(&Histogram) -> f64) -> Measured {
    let n = csr.nodes();
    let exact = n <= effort.searches;
    let mut sources: Vec<u32> = if exact { (0..n).collect() } else { rng.permutation(n) };
    sources.truncate(effort.searches as usize);
    let groups: Vec<&[u32]> = sources.chunks(sources.len().div_ceil(GROUPS).max(1)).collect();
    let counted: Vec<Histogram> = groups.into_par_iter().map(|group| count(csr, group)).collect();
    let mut whole = Histogram::default();
    counted.iter().for_each(|h| whole.add(h));
    let value = read(&whole);
    if exact {
        return Measured::exactly(value, "exact, breadth-first search from every node");
    }
    let without: Vec<f64> = counted.iter().map(|h| read(&whole.less(h))).collect();
    let g = without.len() as f64;
    let mean = without.iter().sum::<f64>() / g;
    let squares: f64 = without.iter().map(|x| (x - mean) * (x - mean)).sum();
    let unseen = 1.0 - sources.len() as f64 / n as f64;
    let error = ((g - 1.0) / g * squares * unseen).sqrt();
    Measured { value, standard_error: Some(error), method: "sampled sources, jackknife error" }
}

fn count(csr: &Csr, sources: &[u32]) -> Histogram {
    let mut bfs = Bfs::new(csr.nodes());
    let mut at = Vec::new();
    for &source in sources {
        bfs.run(csr, source);
        at.resize(at.len().max(bfs.depth() as usize + 1), 0);
        bfs.reached().iter().for_each(|&v| at[bfs.distance(v) as usize] += 1);
    }
    Histogram { at, searches: sources.len() as u64 }
}
