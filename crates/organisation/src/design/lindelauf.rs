//! The shapes between secrecy and efficiency: ring, star, complete graph, and the ring with chords that is best where
//! the active are exposed (Lindelauf, Borm & Hamers 2009).

use crate::{BadOrganisation, Organisation, Person, Tie};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Everybody knows two others.
    Ring,
    /// One knows all, who know nobody else.
    Star,
    /// Everybody knows everybody.
    Complete,
    /// A ring with chords across it, as far apart as they go. The best graphs of 6 and 7 members ([`super::best_designs`]) have
    /// its numbers of contacts, but other ties: two rings that share a path, 3 to 9 % better.
    ReinforcedRing {
        /// Number of chords, at most half of the members.
        chords: u32,
    },
}

/// An organisation of that shape: place 0 is the top, everybody else stands below it; ties are between peers, but those of the
/// centre of a star, who leads. O(n), for the complete graph O(n²).
///
/// # Errors
/// If there is nobody, or chords join the same two people.
pub fn shape(shape: Shape, n: u32) -> Result<Organisation, BadOrganisation> {
    let people =
        (0..n).map(|v| Person { name: v.to_string(), level: u32::from(v > 0), role: u32::from(v > 0) }).collect();
    let roles = ["mastermind", "member"][..if n > 1 { 2 } else { 1 }].iter().map(|r| r.to_string()).collect();
    let ring = || (0..n).filter(|_| n > 1).map(|v| [v, (v + 1) % n]);
    let half = n / 2;
    // chord j starts j/chords of half the ring further on, and ends half a ring later
    let chord = |j: u32, chords: u32| {
        let start = (u64::from(j) * u64::from(half)).div_ceil(u64::from(chords.max(1))) as u32;
        [start, (start + half) % n]
    };
    let pairs: Vec<[u32; 2]> = match shape {
        Shape::Ring => ring().collect(),
        Shape::Star => return Organisation::new(people, roles, (1..n).map(|v| Tie::superior(0, v)).collect()),
        Shape::Complete => (0..n).flat_map(|v| (0..v).map(move |u| [u, v])).collect(),
        Shape::ReinforcedRing { chords } => ring().chain((0..chords.min(half)).map(|j| chord(j, chords))).collect(),
    };
    Organisation::new(people, roles, pairs.iter().map(|&[u, v]| Tie::peer(u, v)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties() {
        for (kind, n, ties) in [
            (Shape::Ring, 6, 6),
            (Shape::Ring, 2, 1),
            (Shape::Ring, 1, 0),
            (Shape::Star, 6, 5),
            (Shape::Complete, 6, 15),
            (Shape::ReinforcedRing { chords: 2 }, 8, 10),
            (Shape::ReinforcedRing { chords: 0 }, 8, 8),
        ] {
            assert_eq!(shape(kind, n).unwrap().ties().len(), ties, "{kind:?} of {n}");
        }
        assert_eq!(shape(Shape::Ring, 0), Err(BadOrganisation::Empty));
    }
}
