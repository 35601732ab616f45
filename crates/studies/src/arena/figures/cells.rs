//! The payoff matrix with equilibrium weights in its margins.

use super::Tables;
use crate::arena::rows::GameRow;
use crate::arena::table::name;
use crate::shared::cells::distinct;
use hydranet_charts::{Axis, BarSeries, BarValue, Bars, HeatMap, literal};

/// Cells: the operator's payoff. Names of arms carry their weight in equilibrium.
pub(super) fn matrix(tables: &Tables, game: &GameRow) -> Option<HeatMap> {
    let cells: Vec<_> = tables.payoffs.iter().filter(|p| p.group == game.group && p.budget == game.budget).collect();
    let rows = distinct(cells.iter().map(|p| p.topology.as_str()));
    let columns = distinct(cells.iter().map(|p| p.treatment.as_str()));
    if rows.is_empty() {
        return None;
    }
    let weight = |side: &str, arm: &str| {
        let same = tables
            .mixtures
            .iter()
            .find(|m| m.group == game.group && m.budget == game.budget && m.side == side && m.arm == arm);
        same.map_or(String::new(), |m| format!(" ({:.2})", m.probability))
    };
    let named = |side: &str, arms: &[&str]| -> Vec<String> {
        arms.iter().map(|arm| format!("{}{}", literal(arm), weight(side, arm))).collect()
    };
    let cell =
        |row: &str, column: &str| cells.iter().find(|p| p.topology == row && p.treatment == column).map(|p| p.operator);
    let interval = |row: &str, column: &str| {
        let cell = cells.iter().find(|p| p.topology == row && p.treatment == column)?;
        cell.lo.zip(cell.hi)
    };
    Some(HeatMap {
        title: format!("{}: {}", tables.title, name(&game.group, game.budget)),
        description: "the operator's payoff for every pair of arms; in brackets the weight of each arm in equilibrium"
            .into(),
        rows: named("operator", &rows),
        columns: named("defender", &columns),
        cells: rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect(),
        value: Axis::linear("payoff (machine-days)"),
        intervals: rows.iter().map(|row| columns.iter().map(|column| interval(row, column)).collect()).collect(),
    })
}

/// The same with intervals that hold for all cells at once.
pub(super) fn intervals(tables: &Tables, game: &GameRow) -> Option<Bars> {
    let cells: Vec<_> = tables.payoffs.iter().filter(|p| p.group == game.group && p.budget == game.budget).collect();
    let rows = distinct(cells.iter().map(|p| p.topology.as_str()));
    let columns = distinct(cells.iter().map(|p| p.treatment.as_str()));
    let value = |row: &str, column: &str| {
        let cell = cells.iter().find(|p| p.topology == row && p.treatment == column)?;
        Some(BarValue { value: cell.operator, interval: cell.lo.zip(cell.hi) })
    };
    (!rows.is_empty()).then(|| Bars {
        title: format!("{}: {}", tables.title, name(&game.group, game.budget)),
        description: "the operator's payoff for every pair of arms, with intervals that hold for all cells at once"
            .into(),
        value: Axis::linear("the operator's payoff (machine-days)"),
        categories: rows.iter().map(|row| literal(row)).collect(),
        series: columns
            .iter()
            .map(|column| BarSeries {
                label: literal(column),
                values: rows.iter().map(|row| value(row, column)).collect(),
            })
            .collect(),
        ..Bars::default()
    })
}
