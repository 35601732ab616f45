//! Where a network falls apart, read off a curve: the peak of the second component, and when it is no threshold.
//!
//! At a percolation threshold the largest component breaks into pieces of its own order, so that the second component S2 is largest
//! there (Stauffer & Aharony, Introduction to Percolation Theory, 1994; Margolina et al., Phys. Lett. A 98, 1983). With heavy-tailed
//! degrees the susceptibility (Σs² − S1²)/N does not do: the hubs make it peak inside the phase in which the network holds
//! together. Erased configuration models with γ = 2.5 and minimum 2 have their peak of χ at 0.70, 0.76, 0.68 for N = 10³, 10⁵ and
//! 10⁷, that of S2 at 0.69, 0.92, 0.98, and 1 − 1/(κ − 1) of the same networks is 0.88, 0.97, 0.99 (experiment `percolation-at-scale`).
//!
//! A curve always has a highest S2, whether anything falls apart or not. It is a threshold if three things hold, all of them
//! told by counts:
//!
//! 1. the network holds together first: S1 before the takedown is more than the bound A·N^(2/3);
//! 2. it breaks into parts: S2 at its peak is more than ln N, as many nodes as the largest components have away from a
//!    threshold (Erdős & Rényi 1960). A hub that takes single nodes with it leaves S2 = 1;
//! 3. it has fallen apart soon after: S1 is at most A·N^(2/3) once A·N^(2/3) · L/N more removals are through. N^(−1/3) is the width of
//!    the critical window of a random network, N^(2/3) the order of its components in it, and on a lattice of two dimensions or
//!    a network with heavier tails the window is narrower or its components are smaller.
//!
//! A = [`WINDOW`] is derived from Erdős–Rényi networks, the slowest of the families above: see there.

use crate::Curve;
use std::fmt;

/// A: the widest critical window, in units of N^(−1/3) of all removals, and the largest component after it, in units of N^(2/3) nodes.
pub const WINDOW: f64 = 4.0;

/// Why a curve has no threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoThreshold {
    /// Its largest component is small before anything is removed.
    InPieces,
    /// It loses single nodes or small groups, or all at once; no second component of any size appears.
    NoParts,
    /// Where S2 is largest, and a critical window later, most of it may still hold together.
    HoldsTogether,
}

impl fmt::Display for NoThreshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NoThreshold::InPieces => "in pieces before the first removal",
            NoThreshold::NoParts => "no second component of any size: it does not break into parts",
            NoThreshold::HoldsTogether => "a large component is left after the second has peaked",
        })
    }
}

/// The peak of the second component, and what tells whether it is a threshold: counts, so that rows can hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SecondPeak {
    /// Nodes before the takedown, N.
    pub nodes: u64,
    /// Removals in the order, L.
    pub steps: u64,
    /// The q at which S2 is highest (the first, if there are several).
    pub removed: u64,
    /// S2 there.
    pub second: u64,
    /// S1 before the takedown.
    pub start: u64,
    /// S1 a critical window after the peak of S2: see [`window`].
    pub after: u64,
}

/// A·N^(−1/3) of an order of `steps` removals: how many removals a critical window has at most.
pub fn window(nodes: u64, steps: u64) -> u64 {
    (WINDOW * steps as f64 / libm::cbrt(nodes.max(1) as f64)) as u64
}

impl SecondPeak {
    /// Reads a curve. O(L).
    pub fn of(curve: &Curve) -> SecondPeak {
        let (mut removed, mut second) = (0, 0);
        for (q, &s2) in curve.second.iter().enumerate() {
            if s2 > second {
                (removed, second) = (q, s2);
            }
        }
        let (nodes, steps) = (u64::from(curve.nodes), curve.steps() as u64);
        let end = removed + window(nodes, steps) as usize;
        SecondPeak {
            nodes,
            steps,
            removed: removed as u64,
            second: second.into(),
            start: curve.largest[0].into(),
            after: curve.largest[end.min(curve.steps())].into(),
        }
    }

    /// The percolation threshold f_c: the removed fraction at which S2 is highest.
    ///
    /// # Errors
    /// If the peak is no threshold: see [the module](self).
    pub fn threshold(&self) -> Result<f64, NoThreshold> {
        let n = self.nodes as f64;
        let small = WINDOW * libm::cbrt(n) * libm::cbrt(n);
        if self.steps == 0 || self.start as f64 <= small {
            Err(NoThreshold::InPieces)
        } else if self.second as f64 <= libm::log(n) {
            Err(NoThreshold::NoParts)
        } else if self.after as f64 > small {
            Err(NoThreshold::HoldsTogether)
        } else {
            Ok(self.removed as f64 / self.steps as f64)
        }
    }
}
