//! A tree of cells: a top, and layers of people each of whom leads a cell.
//!
//! "Masterminds hide behind layers": from the bottom the top is reached with chance r^L over L layers, and never across a
//! cut-out, a tie whose ends cannot name each other.

use crate::checks::share;
use crate::{BadOrganisation, Organisation, Person, Tie};
use hydranet_topology::{Draw, Invalid, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of a tree of cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CellTree {
    /// Layers below the top, L, from 1 to 20. Source: 3 is a modelling choice; real chains are 2 to 5 long.
    pub depth: u32,
    /// People whom each leader leads, s (≥ 1). Source: modelling choice.
    pub span: u32,
    /// Share of the ties between leader and led that are cut-outs, from 0 to 1.
    pub cut_out: f64,
    /// Whether the members of a cell know each other.
    pub cell_mates: bool,
}

impl Default for CellTree {
    fn default() -> CellTree {
        CellTree { depth: 3, span: 4, cut_out: 0.0, cell_mates: true }
    }
}

impl CellTree {
    /// The most people that a tree may have.
    pub const LARGEST: u64 = 10_000_000;

    /// Number of people, Σ s^l; saturates.
    pub fn people(&self) -> u64 {
        let layer = |l| u64::from(self.span).checked_pow(l).unwrap_or(u64::MAX);
        (0..=self.depth).map(layer).fold(0, u64::saturating_add)
    }

    /// Refuses impossible values.
    ///
    /// # Errors
    /// The parameter and what it may be.
    pub fn check(&self) -> Result<(), Invalid> {
        let CellTree { depth, span, .. } = *self;
        Invalid::unless((1..=20).contains(&depth), "depth", || format!("1 to 20 layers below the top, not {depth}"))?;
        Invalid::unless(span >= 1, "span", || format!("1 or more, not {span}"))?;
        let people = self.people();
        Invalid::unless(people <= CellTree::LARGEST, "span", || {
            format!("at most {} people, but {depth} layers of span {span} have {people}", CellTree::LARGEST)
        })?;
        share("cut_out", self.cut_out)
    }

    /// Draws the tree: which ties are cut-outs is the only chance in it. Place 0 is the top; layers follow in order. Roles:
    /// `mastermind`, `layer 1` … , `foot soldier`. O(people · span).
    ///
    /// # Errors
    /// Parameters that [`CellTree::check`] refuses.
    pub fn draw(&self, rng: &mut TrialRng) -> Result<Organisation, Invalid> {
        self.check()?;
        let mut people = vec![Person { name: "0".into(), level: 0, role: 0 }];
        let mut ties = Vec::new();
        let mut layer = 0..1u32;
        for level in 1..=self.depth {
            let start = layer.end;
            for leader in layer {
                let first = people.len() as u32;
                for member in first..first + self.span {
                    people.push(Person { name: member.to_string(), level, role: level });
                    ties.push(Tie { cut_out: rng.chance(self.cut_out), ..Tie::superior(leader, member) });
                    let mates = if self.cell_mates { first..member } else { 0..0 };
                    ties.extend(mates.map(|mate| Tie::peer(mate, member)));
                }
            }
            layer = start..people.len() as u32;
        }
        let between = (1..self.depth).map(|level| format!("layer {level}"));
        let roles = ["mastermind".to_string()].into_iter().chain(between).chain(["foot soldier".to_string()]).collect();
        Organisation::new(people, roles, ties).map_err(|e: BadOrganisation| Invalid::new("", e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn rng() -> TrialRng {
        trial_rng(1, Trial::network(0), Purpose::Organisation)
    }

    #[test]
    fn layers_and_cells() {
        let tree = CellTree { depth: 3, span: 4, ..CellTree::default() }.draw(&mut rng()).unwrap();
        assert_eq!(tree.len(), 1 + 4 + 16 + 64);
        // 84 orders, and 6 pairs in each of 21 cells
        assert_eq!(tree.ties().len(), 84 + 6 * 21);
        assert_eq!(tree.roles(), ["mastermind", "layer 1", "layer 2", "foot soldier"]);
        let contacts = tree.contacts();
        assert_eq!((contacts[0].len(), contacts[1].len(), contacts[84].len()), (4, 1 + 3 + 4, 1 + 3));
        let line = CellTree { depth: 1, span: 1, ..CellTree::default() }.draw(&mut rng()).unwrap();
        assert_eq!((line.len(), line.ties().len()), (2, 1));
    }

    #[test]
    fn cut_outs_have_their_share() {
        let tree = CellTree { depth: 4, span: 8, cut_out: 0.3, cell_mates: false }.draw(&mut rng()).unwrap();
        let cut = tree.ties().iter().filter(|tie| tie.cut_out).count() as f64 / tree.ties().len() as f64;
        assert!((cut - 0.3).abs() < 4.0 * (0.21 / 4680f64).sqrt(), "{cut}");
    }

    #[test]
    fn refusals() {
        let refused = |tree: CellTree| tree.draw(&mut rng()).unwrap_err().to_string();
        assert!(refused(CellTree { depth: 0, ..CellTree::default() }).contains("1 to 20 layers below the top, not 0"));
        assert!(refused(CellTree { span: 0, ..CellTree::default() }).contains("`span`: 1 or more"));
        assert!(refused(CellTree { cut_out: 1.5, ..CellTree::default() }).contains("a share from 0 to 1, not 1.5"));
        assert!(refused(CellTree { depth: 20, span: 20, ..CellTree::default() }).contains("at most 10000000 people"));
    }
}
