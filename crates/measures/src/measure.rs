//! Measures of a whole network's robustness, beside the percolation curve: distances, clustering, spectra.
//!
//! All of them look at the symmetric closure. Names are those of networkx and of TIGER (Freitas et al., CIKM 2021).
//! Small networks are measured exactly; large ones where there is no fast exact way by an approximation that is named in the
//! result, with its standard error where chance comes in. Where small ends is an [`Effort`].
//!
//! Every definition says what it does on a network in several pieces; [`largest_component`] gives the largest piece for
//! whoever wants it measured by itself.
//!
//! ```
//! use hydranet_overlay::{Csr, Overlay};
//! use hydranet_measures::measure::{Measure, measure};
//! use hydranet_topology::{Purpose, Trial, trial_rng};
//! let star = Overlay::symmetric(Csr::from_edges(5, &[[0, 1], [0, 2], [0, 3], [0, 4]]).0);
//! let mut rng = trial_rng(1, Trial::network(0), Purpose::Measure);
//! let radius = measure(&star, Measure::SpectralRadius, &mut rng);
//! assert!((radius.value - 2.0).abs() < 1e-12); // √(n − 1)
//! assert_eq!(radius.standard_error, None);
//! ```

mod algebraic_connectivity;
mod clustering;
mod degree_assortativity;
mod diameter;
mod distances;
mod effective_resistance;
mod natural_connectivity;
mod spectral_radius;

pub use crate::components::largest_component;

use hydranet_overlay::Overlay;
use hydranet_topology::TrialRng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can be measured. `n` nodes, `m` edges of the closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Mean length of the shortest paths, over all *connected* pairs of different nodes. NaN without any.
    /// (networkx's `average_shortest_path_length`, which takes connected networks only.)
    AverageDistance,
    /// The distance within which 90 % of all *connected* pairs lie, interpolated between whole hops (Leskovec, Kleinberg &
    /// Faloutsos 2005). NaN without pairs.
    EffectiveDiameter,
    /// The longest shortest path between *connected* nodes; 0 without edges.
    Diameter,
    /// Mean of 1/d over *all* pairs, 1/∞ = 0 (Latora & Marchiori 2001). 0 for fewer than two nodes.
    GlobalEfficiency,
    /// Mean over all nodes of the share of pairs of neighbours that are linked (Watts & Strogatz 1998); nodes with fewer than
    /// two neighbours count as 0. NaN without nodes.
    AverageClustering,
    /// Three times the triangles over the pairs of adjacent edges (Newman, Watts & Strogatz 2002); 0 without such pairs.
    Transitivity,
    /// The largest eigenvalue λ₁ of the adjacency matrix, that is the largest over all components. 0 without edges.
    SpectralRadius,
    /// ln((1/n) Σ e^λ) over the adjacency spectrum (Wu et al. 2010), of all components together. NaN without nodes.
    NaturalConnectivity,
    /// The second smallest eigenvalue μ₂ of the Laplacian (Fiedler 1973): 0 exactly if the network is *not connected*.
    /// NaN for fewer than two nodes.
    AlgebraicConnectivity,
    /// n Σ 1/μ over the nonzero Laplacian spectrum, the sum over all pairs of the resistance between them, an ohm an edge
    /// (Klein & Randić 1993; Ellens et al. 2011): ∞ if the network is *not connected*. NaN without nodes.
    EffectiveGraphResistance,
    /// Pearson correlation of the degrees at the two ends of an edge (Newman 2002). NaN where all ends have the same degree.
    DegreeAssortativity,
}

impl Measure {
    /// The measure that is called so, if there is one.
    pub fn named(name: &str) -> Option<Measure> {
        Measure::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// All of them.
    pub const ALL: [Measure; 11] = [
        Measure::AverageDistance,
        Measure::EffectiveDiameter,
        Measure::Diameter,
        Measure::GlobalEfficiency,
        Measure::AverageClustering,
        Measure::Transitivity,
        Measure::SpectralRadius,
        Measure::NaturalConnectivity,
        Measure::AlgebraicConnectivity,
        Measure::EffectiveGraphResistance,
        Measure::DegreeAssortativity,
    ];

    /// The name in specs, tables and files.
    pub const fn name(self) -> &'static str {
        match self {
            Measure::AverageDistance => "average_distance",
            Measure::EffectiveDiameter => "effective_diameter",
            Measure::Diameter => "diameter",
            Measure::GlobalEfficiency => "global_efficiency",
            Measure::AverageClustering => "average_clustering",
            Measure::Transitivity => "transitivity",
            Measure::SpectralRadius => "spectral_radius",
            Measure::NaturalConnectivity => "natural_connectivity",
            Measure::AlgebraicConnectivity => "algebraic_connectivity",
            Measure::EffectiveGraphResistance => "effective_graph_resistance",
            Measure::DegreeAssortativity => "degree_assortativity",
        }
    }

    /// One line on what it is.
    pub const fn meaning(self) -> &'static str {
        match self {
            Measure::AverageDistance => "mean shortest path length over connected pairs",
            Measure::EffectiveDiameter => "distance within which 90 % of connected pairs lie, interpolated",
            Measure::Diameter => "longest shortest path between connected nodes",
            Measure::GlobalEfficiency => "mean inverse distance over all pairs; 0 for unconnected ones",
            Measure::AverageClustering => "mean share of linked pairs among a node's neighbours",
            Measure::Transitivity => "share of pairs of adjacent edges that close to a triangle",
            Measure::SpectralRadius => "largest eigenvalue of the adjacency matrix",
            Measure::NaturalConnectivity => "log of the mean exponential of the adjacency eigenvalues",
            Measure::AlgebraicConnectivity => "second smallest Laplacian eigenvalue; 0 if not connected",
            Measure::EffectiveGraphResistance => "sum of the resistances between all pairs; infinite if not connected",
            Measure::DegreeAssortativity => "correlation of the degrees at the two ends of an edge",
        }
    }

    /// The unit; `1` for a pure number.
    pub const fn unit(self) -> &'static str {
        match self {
            Measure::AverageDistance | Measure::EffectiveDiameter | Measure::Diameter => "hops",
            _ => "1",
        }
    }
}

/// A measured value and how it came about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The value or its estimate. NaN where the measure is not defined for the network.
    pub value: f64,
    /// Standard deviation of an estimate from random samples; none where chance plays no part.
    pub standard_error: Option<f64>,
    /// How it was computed, in a few words: `exact, …` or the approximation.
    pub method: &'static str,
}

impl Measured {
    fn exactly(value: f64, method: &'static str) -> Measured {
        Measured { value, standard_error: None, method }
    }
}

/// Where exact computation ends and how much work an approximation may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Spectra of networks of at most this many nodes are computed whole: O(n³) time, 8 n² bytes.
    pub dense: u32,
    /// The same for effective resistances alone: there an estimate costs as much as the spectrum (up to 2,000 nodes in seconds), and is
    /// off by a quarter where a bottleneck decides.
    pub resistances: u32,
    /// Breadth-first searches at most, O(m) each: distances are exact up to this many nodes, and sampled beyond.
    pub searches: u32,
    /// Random vectors for the trace of a large matrix (≥ 2).
    pub probes: u32,
    /// Lanczos vectors kept at a time (≥ 4): 8 n bytes each.
    pub steps: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { dense: 512, resistances: 2000, searches: 2048, probes: 32, steps: 80 }
    }
}

/// Measures a network with the usual effort.
///
/// All randomness comes from `rng`; nothing is drawn where the result is exact. The result does not depend on the number of
/// threads.
pub fn measure(overlay: &Overlay, what: Measure, rng: &mut TrialRng) -> Measured {
    measure_with(overlay, what, &Effort::default(), rng)
}

/// Measures a network with the effort that is given.
///
/// # Panics
/// If the effort allows no search, fewer than 2 probes or fewer than 4 steps.
pub fn measure_with(overlay: &Overlay, what: Measure, effort: &Effort, rng: &mut TrialRng) -> Measured {
    assert!(effort.searches > 0 && effort.probes >= 2 && effort.steps >= 4, "{effort:?} is too little effort");
    let csr = overlay.closure();
    match what {
        Measure::AverageDistance => distances::average(csr, effort, rng),
        Measure::EffectiveDiameter => distances::effective_diameter(csr, effort, rng),
        Measure::Diameter => diameter::diameter(csr, effort),
        Measure::GlobalEfficiency => distances::efficiency(csr, effort, rng),
        Measure::AverageClustering => clustering::average(csr),
        Measure::Transitivity => clustering::transitivity(csr),
        Measure::SpectralRadius => spectral_radius::spectral_radius(csr, effort, rng),
        Measure::NaturalConnectivity => natural_connectivity::natural_connectivity(csr, effort, rng),
        Measure::AlgebraicConnectivity => algebraic_connectivity::algebraic_connectivity(csr, effort, rng),
        Measure::EffectiveGraphResistance => effective_resistance::effective_resistance(csr, effort, rng),
        Measure::DegreeAssortativity => degree_assortativity::degree_assortativity(csr),
    }
}

/// Mean and standard error of independent estimates.
fn mean_and_error(samples: &[f64]) -> (f64, f64) {
    let count = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / count;
    let squares: f64 = samples.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}
