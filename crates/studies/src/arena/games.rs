//! The games of an arena, out of its trials: one for every group of the operator's arms and every budget of the defender.

use super::rows::OutcomeRow;
use super::spec::{ArenaSettings, Payoff};
use crate::shared::cells::distinct;
use hydranet_game::statistics::means_by_network;
use hydranet_game::{Bimatrix, Matrix};
use hydranet_results::Table;
use std::collections::BTreeMap;

/// A game with its trials.
pub(super) struct Game {
    pub(super) group: String,
    pub(super) budget: Option<f64>,
    /// Labels of the arms of the operator, and of the defender.
    pub(super) arms: [Vec<String>; 2],
    pub(super) zero_sum: bool,
    /// One game a trial, and the network of each.
    pub(super) trials: Vec<Bimatrix>,
    pub(super) networks: Vec<u32>,
    /// Mean payoffs by network (by order, where there is one network): the operator's and the defender's.
    pub(super) samples: [Vec<Matrix>; 2],
    /// Mean harm of the untouched twin under the arm that has most, machine-days.
    pub(super) untouched: f64,
}

impl Game {
    /// The operator's payoffs by network, less what all cells of a network have in common: that moves no best answer, and no noise of it
    /// is a gain.
    pub(super) fn contrasts(&self) -> Vec<Matrix> {
        self.samples[0].iter().map(centred).collect()
    }

    /// The mean game.
    pub(super) fn mean(&self) -> Bimatrix {
        let of = |samples: &[Matrix]| hydranet_game::statistics::mean_matrix(samples).expect("a game has samples");
        Bimatrix::new(of(&self.samples[0]), of(&self.samples[1])).expect("two matrices of one shape")
    }
}

/// A matrix less the mean of its cells.
fn centred(matrix: &Matrix) -> Matrix {
    let mean = matrix.cells().iter().sum::<f64>() / matrix.cells().len() as f64;
    matrix.map(|a| a - mean).expect("payoffs less their mean")
}

/// All games, in the order of their first rows. Trials that are not there in every cell are left out. O(rows · log rows).
pub(super) fn games(outcomes: &Table, settings: &ArenaSettings) -> Vec<Game> {
    let rows: Vec<OutcomeRow> = outcomes.records().collect();
    let mut keys: Vec<(&str, Option<f64>)> = Vec::new();
    for row in &rows {
        let key = (row.group.as_str(), row.budget);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.into_iter().filter_map(|key| game(&rows, key, settings)).collect()
}

/// Network and order.
type Trial = (u64, u64);

fn game(rows: &[OutcomeRow], (group, budget): (&str, Option<f64>), settings: &ArenaSettings) -> Option<Game> {
    let own: Vec<&OutcomeRow> = rows.iter().filter(|r| r.group == group && r.budget == budget).collect();
    let labels = |read: fn(&OutcomeRow) -> &str| distinct(own.iter().map(|r| read(r)));
    let (operators, defenders) = (labels(|r| &r.topology), labels(|r| &r.treatment));
    let place = |list: &[&str], label: &str| list.iter().position(|other| *other == label);
    let (n, m) = (operators.len(), defenders.len());
    let mut trials: BTreeMap<Trial, Vec<Option<[f64; 2]>>> = BTreeMap::new();
    let mut twins = vec![(0.0, 0.0); n];
    for row in &own {
        let (i, j) = (place(&operators, &row.topology)?, place(&defenders, &row.treatment)?);
        let cells = trials.entry((row.network, row.order)).or_insert_with(|| vec![None; n * m]);
        cells[i * m + j] = Some([row.operator_gains, row.defender_gains]);
        twins[i] = (twins[i].0 + row.harm_twin as f64 / 24.0, twins[i].1 + 1.0);
    }
    let mut whole: Vec<(Trial, Vec<[f64; 2]>)> = Vec::new();
    for (trial, cells) in trials {
        if let Some(cells) = cells.into_iter().collect() {
            whole.push((trial, cells));
        }
    }
    // with one network, its orders are the samples
    let one = whole.iter().all(|(trial, _)| trial.0 == whole[0].0.0);
    let networks: Vec<u32> = whole.iter().map(|(trial, _)| if one { trial.1 } else { trial.0 } as u32).collect();
    let side = |k: usize| -> Option<Vec<Matrix>> {
        whole.iter().map(|(_, cells)| Matrix::from_fn(n, m, |i, j| cells[i * m + j][k]).ok()).collect()
    };
    let (first, second) = (side(0)?, side(1)?);
    let samples = [means_by_network(&first, &networks).ok()?, means_by_network(&second, &networks).ok()?];
    let trials = first.into_iter().zip(second).map(|(a, b)| Bimatrix::new(a, b).ok()).collect::<Option<Vec<_>>>()?;
    Some(Game {
        group: group.into(),
        budget,
        arms: [operators, defenders].map(|arms| arms.into_iter().map(str::to_string).collect()),
        zero_sum: settings.payoff == Payoff::Harm,
        trials,
        networks,
        samples,
        untouched: twins.into_iter().map(|(sum, count)| sum / count).fold(0.0, f64::max),
    })
}
