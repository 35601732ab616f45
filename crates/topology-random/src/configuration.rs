//! The configuration model: a random network with given degrees, or with degrees drawn from a law [1, 2].
//!
//! *Given degrees are kept*: the network is simple and every node has as many neighbours as the list says, otherwise uniformly
//! random (see `given.rs` for how, and how nearly). A list that no simple network has is refused (Erdős & Gallai).
//!
//! *Drawn degrees* are a law. Every node has as many stubs as were drawn; stubs are paired uniformly. Loops and repeated edges
//! are then *erased*, so that the network is simple: about (κ' − 1)/2 loops and (κ' − 1)²/4 repeats, κ' = ⟨k²⟩/⟨k⟩, are lost
//! however large n is, if κ' stays finite [3]; [`ConfigurationModel::generate_counted`] counts them. networkx's
//! `configuration_model` keeps them. O(n + m).
//!
//! A power law is cut off at the structural cutoff √(⟨k⟩n) unless `max` says otherwise: beyond it hubs would have to
//! share several edges, and erasing those both thins the tail and makes degrees anticorrelated [4]. Random removal then
//! has its threshold at f = 1 − 1/(κ' − 1).
//!
//! Drawn degrees are independent. If their sum is odd, the degree of a uniformly chosen node is drawn anew until it is
//! even. Given degrees must have an even sum.
//!
//! [1] B. Bollobás. Eur. J. Comb. 1, 311 (1980).
//! [2] M. Molloy, B. Reed. A critical point for random graphs with a given degree sequence. Random Struct. Algor. 6, 161
//! (1995).
//! [3] R. van der Hofstad. Random Graphs and Complex Networks, vol. 1, ch. 7 (2017).
//! [4] M. Catanzaro, M. Boguñá, R. Pastor-Satorras. Generation of uncorrelated random scale-free networks. Phys. Rev. E
//! 71, 027103 (2005).

use crate::DegreeDist;
use crate::bounds_and_draws::{Either, at_least, exactly_one};
use crate::degree_dist::Table;
use crate::given;
use crate::stubs::matching;
use hydranet_overlay::{Csr, Dropped, Overlay};
use hydranet_topology::{Draw, Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of [`ConfigurationModel`]: `degrees`, or `n` and `degree_dist`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfigurationModelParams {
    /// Number of nodes (≥ 1). Goes with `degree_dist`; with `degrees` it is the length of the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u32>,
    /// The degree of every node (0 to n − 1, even sum, and some simple network has them). All are kept. Either this or `degree_dist`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degrees: Option<Vec<u32>>,
    /// The law that degrees are drawn from: { kind = "power-law", exponent, min (1), max (√(⟨k⟩n)) } or
    /// { kind = "poisson", mean }. Either this or `degrees`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degree_dist: Option<DegreeDist>,
}

/// The configuration model: uniform with given degrees, erased with drawn ones.
#[derive(Debug, Clone)]
pub struct ConfigurationModel(Degrees);

#[derive(Debug, Clone)]
enum Degrees {
    Given(Vec<u32>),
    Drawn(u32, Table),
}

impl Plugin for ConfigurationModel {
    type Params = ConfigurationModelParams;
    const NAME: &'static str = "configuration-model";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ALIASES: &'static [&'static str] = &["configuration"];
    const ABOUT: &'static str = "given degrees, kept, or a law of them, erased where links repeat; otherwise random";
    const EXAMPLE: &'static str = "n = 1000\ndegree_dist = { kind = \"power-law\", exponent = 2.5, min = 2 }";

    fn new(params: ConfigurationModelParams) -> Result<ConfigurationModel, Invalid> {
        let ConfigurationModelParams { n, degrees, degree_dist } = params;
        match exactly_one(("degrees", degrees), ("degree_dist", degree_dist))? {
            Either::First(degrees) => {
                let len = degrees.len();
                Invalid::unless((1..=u32::MAX as usize).contains(&len), "degrees", || {
                    format!("there is one degree a node, and at least one node, not {len}")
                })?;
                Invalid::unless(n.is_none_or(|n| n as usize == len), "n", || {
                    format!("`degrees` lists {len} nodes, not {}; `n` can be left out", n.unwrap_or_default())
                })?;
                let most = degrees.iter().copied().max().unwrap_or(0);
                Invalid::unless((most as usize) < len, "degrees", || {
                    format!("{len} nodes have at most {} neighbours each, not {most}", len - 1)
                })?;
                let sum: u64 = degrees.iter().map(|&d| d as u64).sum();
                Invalid::unless(sum.is_multiple_of(2), "degrees", || {
                    format!("degrees count every edge twice: their sum is even, not {sum}")
                })?;
                if let Some((k, asked, there)) = given::impossible(&degrees) {
                    let why = format!(
                        "no simple network has these degrees: the {k} highest ask for {asked} link ends where there is room for {there} (Erdős & Gallai)"
                    );
                    return Err(Invalid::new("degrees", why));
                }
                Ok(ConfigurationModel(Degrees::Given(degrees)))
            }
            Either::Second(dist) => {
                let n = n.ok_or_else(|| Invalid::new("n", "`degree_dist` needs the number of nodes, `n`"))?;
                at_least("n", n, 1, "a network")?;
                let table = dist.table(n)?;
                let (min, max) = table.range();
                let even = min < max || min.is_multiple_of(2) || n.is_multiple_of(2);
                Invalid::unless(even, "degree_dist", || {
                    format!("{n} nodes of degree {min} have an odd number of link ends")
                })?;
                Ok(ConfigurationModel(Degrees::Drawn(n, table)))
            }
        }
    }
}

impl Topology for ConfigurationModel {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        self.generate_counted(rng).0
    }
}

impl ConfigurationModel {
    /// One network, and what was erased to make it simple: nothing where degrees are given.
    pub fn generate_counted(&self, rng: &mut TrialRng) -> (Overlay, Dropped) {
        let degrees = match &self.0 {
            Degrees::Given(degrees) => {
                return (Overlay::symmetric(given::network(rng, degrees)), Dropped::default());
            }
            Degrees::Drawn(n, table) => draw_degrees(rng, *n, table),
        };
        let pairs = matching(rng, degrees.iter().copied());
        let (csr, erased) = Csr::from_edges(degrees.len() as u32, &pairs);
        (Overlay::symmetric(csr), erased)
    }
}

fn draw_degrees(rng: &mut TrialRng, n: u32, table: &Table) -> Vec<u32> {
    let mut degrees: Vec<u32> = (0..n).map(|_| table.draw(rng)).collect();
    let mut sum: u64 = degrees.iter().map(|&d| d as u64).sum();
    while !sum.is_multiple_of(2) {
        let v = rng.below(n) as usize;
        sum -= degrees[v] as u64;
        degrees[v] = table.draw(rng);
        sum += degrees[v] as u64;
    }
    degrees
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{close, degree_moments, draw, golden, model, refuses};
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn given(degrees: &[u32]) -> ConfigurationModelParams {
        ConfigurationModelParams { n: None, degrees: Some(degrees.to_vec()), degree_dist: None }
    }

    fn drawn(n: u32, dist: DegreeDist) -> ConfigurationModelParams {
        ConfigurationModelParams { n: Some(n), degrees: None, degree_dist: Some(dist) }
    }

    fn power_law(n: u32, exponent: f64, min: u32, max: Option<u32>) -> ConfigurationModelParams {
        drawn(n, DegreeDist::PowerLaw { exponent, min, max })
    }

    #[test]
    fn refusals() {
        type M = ConfigurationModel;
        refuses::<M>(given(&[]), "at least one node, not 0");
        refuses::<M>(given(&[1, 1, 1]), "even, not 3");
        refuses::<M>(given(&[1, 3, 2]), "at most 2 neighbours each, not 3");
        refuses::<M>(given(&[3, 3, 1, 1]), "the 2 highest ask for 6 link ends where there is room for 4");
        refuses::<M>(ConfigurationModelParams { n: Some(4), ..given(&[1, 1]) }, "lists 2 nodes, not 4");
        refuses::<M>(power_law(10, -1.0, 1, None), "not -1");
        refuses::<M>(power_law(10, 2.5, 0, None), "not min = 0");
        refuses::<M>(power_law(10, 2.5, 1, Some(10)), "max = 10");
        refuses::<M>(power_law(11, 2.5, 3, Some(3)), "11 nodes of degree 3");
        refuses::<M>(drawn(10, DegreeDist::Poisson { mean: 9.5 }), "the mean is between 0 and 9 here, not 9.5");
        refuses::<M>(ConfigurationModelParams { n: None, ..power_law(1, 2.0, 1, None) }, "needs the number of nodes");
        refuses::<M>(ConfigurationModelParams { n: Some(3), degrees: None, degree_dist: None }, "give one of");
    }

    #[test]
    fn golden_edges() {
        assert_eq!(golden::<ConfigurationModel>(given(&[3, 2, 2, 1, 1, 1])), [[0, 1], [0, 2], [0, 5], [1, 4], [2, 3]]);
        assert_eq!(golden::<ConfigurationModel>(power_law(9, 2.5, 1, None)), [[0, 6], [1, 8], [2, 3], [4, 7]]);
        assert_eq!(golden::<ConfigurationModel>(drawn(7, DegreeDist::Poisson { mean: 1.5 })), [[0, 5], [3, 4]]);
    }

    #[test]
    fn only_erased_edges_are_missing() {
        let degrees: Vec<u32> = (0..500).map(|v| 1 + 3 * (v % 4)).collect();
        let rng = || trial_rng(42, Trial::network(0), Purpose::Topology);
        let (network, erased) = model::<ConfigurationModel>(given(&degrees)).generate_counted(&mut rng());
        assert_eq!(erased, Dropped::default());
        assert!((0..500).all(|v| network.out().degree(v) == degrees[v as usize]), "given degrees are kept");
        let model = model::<ConfigurationModel>(power_law(500, 2.5, 7, Some(7)));
        let (network, erased) = model.generate_counted(&mut rng());
        assert_eq!(network.edges() + erased.self_loops + erased.duplicates, 500 * 7 / 2);
        assert!(erased.duplicates > 0 && (0..500).all(|v| network.out().degree(v) <= 7));
    }

    #[test]
    fn the_loss_is_as_foretold() {
        // regular of degree 4: κ' = 4, so 1.5 loops and 2.25 repeats are expected
        let model = model::<ConfigurationModel>(power_law(2000, 2.5, 4, Some(4)));
        let (mut loops, mut repeats) = (0, 0);
        for trial in 0..200 {
            let (_, lost) = model.generate_counted(&mut trial_rng(42, Trial::network(trial), Purpose::Topology));
            loops += lost.self_loops;
            repeats += lost.duplicates;
        }
        // Poisson: five standard deviations
        close("loops", loops as f64, 300.0, 5.0 * 300f64.sqrt());
        close("repeats", repeats as f64, 450.0, 5.0 * 450f64.sqrt());
    }

    #[test]
    fn degrees_follow_a_power_law() {
        let n = 200_000;
        for exponent in [2.5, 3.5] {
            let model = model::<ConfigurationModel>(power_law(n, exponent, 2, None));
            let Degrees::Drawn(_, table) = &model.0 else { unreachable!("a law was given") };
            let network = draw(&model, 0);
            let g = network.out();
            // κ against the exact sums: five standard deviations of ⟨k²⟩, and 1 % for what was erased
            let (mean, variance) = degree_moments(g);
            let (m1, m2, m4) = (table.moment(1), table.moment(2), table.moment(4));
            let tolerance = 5.0 * ((m4 - m2 * m2) / n as f64).sqrt() / m1 + 0.01 * m2 / m1;
            close("κ", (variance + mean * mean) / mean, m2 / m1, tolerance);
            // maximum-likelihood exponent of the continuous approximation above k = 10 (Clauset et al. 2009): ± 3 %
            let tail: Vec<f64> = (0..n).map(|v| g.degree(v) as f64).filter(|&k| k >= 10.0).collect();
            let tail_log: f64 = tail.iter().map(|k| libm::log(k / 9.5)).sum();
            let fit = 1.0 + tail.len() as f64 / tail_log;
            close("exponent", fit, exponent, 0.05 * exponent);
        }
    }

    #[test]
    fn poisson_degrees() {
        let network = draw(&model::<ConfigurationModel>(drawn(50_000, DegreeDist::Poisson { mean: 4.0 })), 0);
        let (mean, variance) = degree_moments(network.out());
        close("mean", mean, 4.0, 0.05);
        close("variance", variance, 4.0, 0.15);
    }
}
