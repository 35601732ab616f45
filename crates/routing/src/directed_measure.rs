//! Measures of a whole network along its arcs, each a pure number read off [`Directed`].
//!
//! | name | formula |
//! |---|---|
//! | `strong-component` | nodes of the largest strong component of the calls / nodes |
//! | `out-reach` | nodes that a command reaches along calls, from where it enters / nodes |
//! | `reciprocity` | arcs u → v with v → u / arcs |
//! | `in-degree-skewness` | m₃ / m₂^(3/2), with mₖ = (1/n) Σ (d(v) − m/n)^k over in-degrees d: n nodes, m arcs |
//! | `in-degree-peak` | max d(v) / (m/n) |
//!
//! Calls are [`contacts`](crate::directed::contacts): arcs to nodes that can be dialled. A command enters at the command
//! sources; where it may enter anywhere, at the node from which most are reached. All are exact, and nothing is symmetrised.
//!
//! ```
//! use hydranet_overlay::{Csr, Overlay};
//! use hydranet_routing::directed::measure;
//! use hydranet_routing::directed_measure::DirectedMeasure;
//! // 0 → 1 ⇄ 2
//! let network = Overlay::directed(Csr::from_arcs(3, &[[0, 1], [1, 2], [2, 1]]).0);
//! let measured = measure(&network, &[true; 3]);
//! assert_eq!(DirectedMeasure::Reciprocity.of(&measured), 2.0 / 3.0);
//! assert_eq!(DirectedMeasure::InDegreePeak.of(&measured), 2.0);
//! ```

use crate::directed::Directed;

/// What can be measured along arcs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectedMeasure {
    /// Share of the nodes in the largest strong component of the calls, in `[0, 1]`.
    StrongComponent,
    /// Share of the nodes that a command reaches along calls, in `[0, 1]`.
    OutReach,
    /// Share of the arcs whose opposite is an arc, too, in `[0, 1]`; NaN without arcs.
    Reciprocity,
    /// Third standardised moment of the in-degree; NaN if all are equal.
    InDegreeSkewness,
    /// Highest in-degree over the mean one (≥ 1); NaN without arcs.
    InDegreePeak,
}

impl DirectedMeasure {
    /// All of them.
    pub const ALL: [DirectedMeasure; 5] = [
        DirectedMeasure::StrongComponent,
        DirectedMeasure::OutReach,
        DirectedMeasure::Reciprocity,
        DirectedMeasure::InDegreeSkewness,
        DirectedMeasure::InDegreePeak,
    ];

    /// The measure that is called so, if there is one.
    pub fn named(name: &str) -> Option<DirectedMeasure> {
        DirectedMeasure::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            DirectedMeasure::StrongComponent => "strong-component",
            DirectedMeasure::OutReach => "out-reach",
            DirectedMeasure::Reciprocity => "reciprocity",
            DirectedMeasure::InDegreeSkewness => "in-degree-skewness",
            DirectedMeasure::InDegreePeak => "in-degree-peak",
        }
    }

    /// One line on what it is.
    pub const fn meaning(self) -> &'static str {
        match self {
            DirectedMeasure::StrongComponent => "share of nodes in the largest strong component of the calls",
            DirectedMeasure::OutReach => {
                "share of nodes that a command reaches along calls, entering where it reaches most"
            }
            DirectedMeasure::Reciprocity => "share of arcs whose opposite is an arc, too",
            DirectedMeasure::InDegreeSkewness => "third standardised moment of the in-degree, m₃ / m₂^(3/2)",
            DirectedMeasure::InDegreePeak => "highest in-degree over the mean in-degree",
        }
    }

    /// Reads it off what was measured; NaN where it is not defined.
    pub fn of(self, d: &Directed) -> f64 {
        let nodes = f64::from(d.alive);
        match self {
            DirectedMeasure::StrongComponent => f64::from(d.largest_strong) / nodes,
            DirectedMeasure::OutReach => f64::from(d.out_reach) / nodes,
            DirectedMeasure::Reciprocity => d.answered as f64 / d.arcs as f64,
            DirectedMeasure::InDegreeSkewness => d.skewness,
            DirectedMeasure::InDegreePeak => f64::from(d.most_known) * nodes / d.arcs as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directed::measure;
    use hydranet_overlay::{Csr, Overlay};

    fn all(network: &Overlay, alive: &[bool]) -> [f64; 5] {
        let measured = measure(network, alive);
        DirectedMeasure::ALL.map(|what| what.of(&measured))
    }

    #[test]
    fn a_small_network_by_hand() {
        // 0 → 1 ⇄ 2, 2 → 0 and 3 → 2, 4 → 2: 0, 1 and 2 call each other, nobody knows 3 and 4
        let arcs = [[0, 1], [1, 2], [2, 1], [2, 0], [3, 2], [4, 2]];
        let network = Overlay::directed(Csr::from_arcs(5, &arcs).0);
        // in-degrees 1, 2, 3, 0, 0 about their mean 1.2: −.2, .8, 1.8, −1.2, −1.2
        let m2 = (0.04 + 0.64 + 3.24 + 1.44 + 1.44) / 5.0;
        let m3 = (-0.008 + 0.512 + 5.832 - 1.728 - 1.728) / 5.0;
        let want = [3.0 / 5.0, 4.0 / 5.0, 2.0 / 6.0, m3 / libm::pow(m2, 1.5), 3.0 / 1.2];
        let got = all(&network, &[true; 5]);
        assert!(got.iter().zip(want).all(|(got, want)| (got - want).abs() < 1e-12), "{got:?} is not {want:?}");
        // without 1: 0 ← 2 ← 3, 4; nobody is answered, and each is a component of its own; 3 reaches three
        let left = all(&network, &[true, false, true, true, true]);
        assert_eq!(left[..3], [1.0 / 4.0, 3.0 / 4.0, 0.0]);
        assert_eq!(left[4], 2.0 / (3.0 / 4.0));
        // 2 cannot be dialled: only 2 → 1, 2 → 0 and 0 → 1 carry calls
        let behind = network.with_routable(vec![true, true, false, true, true]);
        assert_eq!(all(&behind, &[true; 5])[..3], [1.0 / 5.0, 3.0 / 5.0, 2.0 / 6.0]);
    }

    #[test]
    fn what_is_not_defined_is_no_number() {
        let ring = Overlay::directed(Csr::from_arcs(3, &[[0, 1], [1, 2], [2, 0]]).0);
        let [strong, reach, answered, skewness, peak] = all(&ring, &[true; 3]);
        assert_eq!([strong, reach, answered, peak], [1.0, 1.0, 0.0, 1.0]);
        assert!(skewness.is_nan(), "all in-degrees are equal");
        let [.., answered, _, peak] = all(&Overlay::directed(Csr::empty(3)), &[true; 3]);
        assert!(answered.is_nan() && peak.is_nan());
    }

    #[test]
    fn names_are_one_each() {
        for what in DirectedMeasure::ALL {
            assert_eq!(DirectedMeasure::named(what.name()), Some(what));
            assert!(!what.meaning().is_empty());
        }
    }
}
