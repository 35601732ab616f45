//! Trials sorted into cells.

use crate::Table;
use crate::takedown::TrialRow;
use std::collections::BTreeMap;

/// All trials of one topology under one treatment.
#[derive(Debug)]
pub(super) struct Cell<'t> {
    pub(super) topology: &'t str,
    pub(super) treatment: &'t str,
    pub(super) trials: Vec<TrialRow<'t>>,
}

/// The cells of a table, in the order of their first row; their trials in the order of the table.
pub(super) fn cells(trials: &Table) -> Vec<Cell<'_>> {
    let mut cells: Vec<Cell<'_>> = Vec::new();
    let mut places = BTreeMap::new();
    for trial in trials.records::<TrialRow<'_>>() {
        let TrialRow { topology, treatment, .. } = trial;
        let place = *places.entry((topology, treatment)).or_insert(cells.len());
        if place == cells.len() {
            cells.push(Cell { topology, treatment, trials: Vec::new() });
        }
        cells[place].trials.push(trial);
    }
    cells
}
