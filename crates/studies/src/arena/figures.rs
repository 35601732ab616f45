//! The figures of an arena, drawn from its tables alone.

mod cells;
mod curves;

use super::rows::{GameRow, HydraRow, LearningRow, MixtureRow, PayoffRow, QuantalRow};
use crate::{Folder, ShowError};
use hydranet_charts::{Chart, Named, Preset, Width};
use hydranet_results::summary::SummaryRow;
use serde::Deserialize;

/// What figures are drawn from.
struct Tables {
    title: String,
    summary: Vec<SummaryRow>,
    games: Vec<GameRow>,
    payoffs: Vec<PayoffRow>,
    mixtures: Vec<MixtureRow>,
    quantal: Vec<QuantalRow>,
    learning: Vec<LearningRow>,
    hydra: Vec<HydraRow>,
    arms: Vec<Arm>,
}

/// An arm of the operator, as far as figures ask: how many places it has to be in, and how it chooses among them.
#[derive(Debug, Clone, Deserialize)]
struct Arm {
    label: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    operator: ArmOperator,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct ArmOperator {
    learning: Option<ArmLearning>,
}

#[derive(Debug, Clone, Deserialize)]
struct ArmLearning {
    #[serde(default = "places")]
    places: u32,
    #[serde(default = "learner")]
    learner: String,
}

// what is left out has the default of the mechanism
fn places() -> u32 {
    4
}

fn learner() -> String {
    "win-stay-lose-shift".into()
}

#[derive(Deserialize)]
struct Arms {
    topology: Vec<Arm>,
}

/// All figures, from the tables in a folder; all as wide as the width, where one is given.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    let arms: Arms = folder.spec()?;
    let tables = Tables {
        title: folder.run.title.clone(),
        summary: folder.summary()?,
        games: folder.rows("games")?,
        payoffs: folder.rows("payoffs")?,
        mixtures: folder.rows("mixtures")?,
        quantal: folder.rows("quantal")?,
        learning: folder.rows("learning")?,
        hydra: folder.rows("hydra")?,
        arms: arms.topology,
    };
    let wide = Preset { width: width.unwrap_or(Width::TwoColumn), ..Preset::default() };
    let text = Preset { width: width.unwrap_or(Width::Article), ..Preset::default() };
    let mut list = Vec::new();
    for (number, game) in (1..).zip(&tables.games) {
        let suffix = if tables.games.len() > 1 { format!("-{number}") } else { String::new() };
        if let Some(chart) = cells::matrix(&tables, game) {
            list.push(Named { name: format!("payoffs{suffix}"), figure: chart.draw(&wide)? });
        }
        if let Some(chart) = cells::intervals(&tables, game) {
            list.push(Named { name: format!("payoff-intervals{suffix}"), figure: chart.draw(&text)? });
        }
    }
    let charts = [
        ("exploitability", curves::exploitability(&tables), &wide),
        ("hydra", curves::hydra(&tables), &wide),
        ("price-of-memory", curves::price_of_memory(&tables), &text),
        ("value", curves::value(&tables), &text),
        ("quantal-responses", curves::quantal(&tables), &wide),
    ];
    for (name, chart, preset) in charts {
        if let Some(chart) = chart {
            list.push(Named { name: name.into(), figure: chart.draw(preset)? });
        }
    }
    Ok(list)
}
