//! The tables that an arena ends with.

use super::metrics::{DEFENDER_GAINS, FOUND, HARM_AVERTED_SHARE, OPERATOR_GAINS, SAME_MISTAKE};
use super::rows::{GameRow, MixtureRow};
use crate::shared::lines::{by_cell, over};
use crate::{Folder, Lines, ShowError};

fn number(x: Option<f64>) -> String {
    x.map_or("–".to_string(), |x| format!("{x:.0}"))
}

/// What a game is called.
pub(super) fn name(group: &str, budget: Option<f64>) -> String {
    let budget = budget.map(|b| format!("budget {b}"));
    let parts: Vec<String> = (!group.is_empty()).then(|| group.to_string()).into_iter().chain(budget).collect();
    if parts.is_empty() { "the game".into() } else { parts.join(", ") }
}

/// A line a game, a line an arm that is played, a line a cell.
pub(super) fn table(folder: &Folder) -> Result<Vec<Lines>, ShowError> {
    let games: Vec<GameRow> = folder.rows("games")?;
    let mixtures: Vec<MixtureRow> = folder.rows("mixtures")?;
    let summary = folder.summary()?;
    let columns = [&OPERATOR_GAINS, &DEFENDER_GAINS, &HARM_AVERTED_SHARE, &FOUND, &SAME_MISTAKE];
    let cells = by_cell(&summary, &columns.map(|metric| &metric.info));
    let head = |names: &[&str]| names.iter().map(|h| (*h).to_string()).collect();
    let game = |g: &GameRow| {
        vec![
            name(&g.group, g.budget),
            format!("{} × {}", g.rows, g.columns),
            number(g.value),
            g.lo.zip(g.hi).map_or("–".into(), |(lo, hi)| format!("{lo:.0} … {hi:.0}")),
            number(g.defender_value),
            g.held_out.map_or("–".into(), |x| format!("{x:.1}")),
            g.floor.map_or("–".into(), |x| format!("{x:.1}")),
            g.choice.clone(),
        ]
    };
    let arm = |m: &MixtureRow| {
        vec![
            name(&m.group, m.budget),
            m.side.clone(),
            m.arm.clone(),
            format!("{:.3}", m.probability),
            m.lo.zip(m.hi).map_or("–".into(), |(lo, hi)| format!("{lo:.2} … {hi:.2}")),
            m.played.map_or("–".into(), |p| format!("{p:.2}")),
        ]
    };
    Ok(vec![
        Lines {
            head: head(&["game", "arms", "value", "95 %", "defender", "held-out NashConv", "floor", "equilibrium"]),
            rows: games.iter().map(game).collect(),
            names: 1,
            reading: "value: what the operator gets in equilibrium, machine-days; held-out NashConv: of the solution of one half of the networks, in \
                      the other half,\nbeside what an equilibrium would show there by noise alone\n"
                .into(),
        },
        Lines {
            head: head(&["game", "side", "arm", "weight", "95 %", "played"]),
            rows: mixtures.iter().filter(|m| m.probability > 0.0).map(arm).collect(),
            names: 3,
            reading: "arms that are played in equilibrium; 95 % and share of solutions that play the arm: bootstrap over networks\n".into(),
        },
        cells.with_reading(&format!("means ± the wider side of the 95 % interval, {}\n", over(&summary))),
    ])
}
