//! An arena with known payoffs, and specs that are refused.

use super::games::games;
use super::learning::learning;
use super::rows::{OUTCOMES, OutcomeRow, StrikeRow};
use super::solved::Tables;
use super::spec::{ArenaSettings, Payoff};
use super::{KIND, hydra};
use crate::{Known, STUDIES, Studies};
use hydranet_campaign::{ACTIONS, Actions};
use hydranet_results::Table;
use hydranet_takedown::{STRATEGIES, Strategies};
use hydranet_topology::Models;

const TWO: [[f64; 2]; 2] = [[4.0, 1.0], [2.0, 3.0]];

/// Trials of [[4, 1], [2, 3]] in which all cells of a network move together, and the first cell by itself.
fn outcomes(networks: u64, operator: [[f64; 2]; 2], defender: Option<[[f64; 2]; 2]>) -> Table {
    let mut rows = Vec::new();
    for network in 0..networks {
        let common = 50.0 * ((network * 7 % networks) as f64 / networks as f64 - 0.5);
        for (i, row) in operator.iter().enumerate() {
            for (j, cell) in row.iter().enumerate() {
                let own = if i + j == 0 && network % 2 == 0 { 0.1 } else { 0.0 };
                let gains = cell + common + own;
                rows.push(OutcomeRow {
                    topology: format!("row {i}"),
                    treatment: format!("column {j}"),
                    network,
                    harm_twin: 240,
                    operator_gains: gains,
                    defender_gains: defender.map_or(-gains, |d| d[i][j]),
                    ..OutcomeRow::default()
                });
            }
        }
    }
    Table::of(&rows)
}

fn settings() -> ArenaSettings {
    ArenaSettings {
        rounds: 400,
        replays: 4,
        resamples: 40,
        delays: vec![5],
        memories: vec![3],
        ..ArenaSettings::default()
    }
}

#[test]
fn a_game_with_known_payoffs_is_solved() {
    let settings = settings();
    let list = games(&outcomes(20, TWO, None), &settings);
    let mut tables = Tables::default();
    tables.add(&list[0], &settings, 1);
    let game = &tables.games[0];
    // the first cell is 4.05 in the mean: (4.05 · 3 − 2 · 1)/(4.05 + 3 − 2 − 1), with the mean of what is common, −1.25
    let value = (4.05 * 3.0 - 2.0) / 4.05 - 1.25;
    assert!((game.value.unwrap() - value).abs() < 1e-9, "{game:?}");
    assert!(game.lo.unwrap() < value && value < game.hi.unwrap());
    assert!(game.certificate.unwrap() < 1e-9 && game.kind == "zero-sum" && game.networks == 20);
    // what all cells have in common is no noise of a best answer: a floor of the common part would be above 1
    assert!(game.held_out.unwrap() < 0.1 && game.floor.unwrap() < 0.1, "{game:?}");
    let weights: Vec<f64> = tables.mixtures.iter().map(|m| m.probability).collect();
    assert!((weights[0] - 1.0 / 4.05).abs() < 1e-9 && (weights[2] - 2.0 / 4.05).abs() < 1e-9, "{weights:?}");
    assert!((game.share.unwrap() - value / 10.0).abs() < 1e-9);
    let curves = learning(&list[0], &settings, 1);
    let end = |operator: &str, delay: u64| {
        curves
            .iter()
            .find(|r| r.operator == operator && r.defender == operator && r.round == 400 && r.delay == delay)
            .unwrap()
    };
    // what theory bounds, and the half that judges: its cells differ by .05 at most
    let hedge = end("hedge", 0);
    assert!(hedge.held_out < hedge.bound.unwrap() && hedge.held_out >= 0.0);
    assert!(end("equilibrium", 0).held_out < end("uniform", 0).held_out + 0.2);
    assert!(end("hedge", 5).bound.is_none(), "no bound is known for late news");
    assert!(curves.iter().any(|r| r.memory == Some(3)));
}

#[test]
fn own_books_make_a_bimatrix_game() {
    let settings = ArenaSettings { payoff: Payoff::Profit, ..settings() };
    // a leader's game: the only equilibrium gives the column player 1, announcing gives more; seats exchanged
    let (follower, leader) = ([[1.0, 0.0], [0.0, 1.0]], [[2.0, 1.0], [4.0, 3.0]]);
    let rows = outcomes(4, follower, Some(leader));
    let mut tables = Tables::default();
    tables.add(&games(&rows, &settings)[0], &settings, 1);
    let game = &tables.games[0];
    assert_eq!((game.kind.as_str(), game.held_out, game.choice.as_str()), ("bimatrix", None, "1 equilibria"));
    assert!((game.defender_value.unwrap() - 2.0).abs() < 1e-9, "{game:?}");
    assert!(game.announced.unwrap() > 3.4, "{game:?}");
}

#[test]
fn effects_of_strikes_are_shares_of_the_twin() {
    let row = |network, strike, reach| StrikeRow {
        topology: "a".into(),
        treatment: "b".into(),
        network,
        order: 0,
        strike,
        reach,
        reach_twin: 100,
    };
    let rows = [row(0, 1, 20), row(1, 1, 40), row(0, 2, 90), row(1, 2, 90)];
    let told = hydra::hydra(&Table::of(&rows));
    assert_eq!(told.iter().map(|r| (r.strike, r.until, r.trials)).collect::<Vec<_>>(), [(1, 1, 2), (2, 2, 2)]);
    assert!((told[0].effect - 0.7).abs() < 1e-12 && (told[1].effect - 0.1).abs() < 1e-12);
}

#[test]
fn bad_specs_are_refused_with_their_place() {
    let known = Known {
        models: &Models::default().with(hydranet_topology_command::MODELS),
        strategies: &Strategies::default().with(STRATEGIES),
        actions: &Actions::default().with(ACTIONS),
        studies: &Studies::default().with(STUDIES),
    };
    let spec = |arm: &str, defence: &str| {
        format!(
            "study = \"arena\"\ntitle = \"t\"\nseed = 1\nnetworks = 2\n[[topology]]\nmodel = \"beacon\"\npeers = 20\n{arm}\n[[treatment]]\nlabel = \
             \"x\"\n{defence}\n[[treatment.action]]\naction = \"partition\"\nstrategy = \"role\"\nremovals = 2\ntimes = 3\n"
        )
    };
    let refused = |arm: &str, defence: &str, words: &[&str]| {
        let error = Studies::parse(&spec(arm, defence), "s.toml", known).unwrap_err().to_string();
        words.iter().for_each(|word| assert!(error.contains(word), "no `{word}` in {error}"));
    };
    assert!(Studies::parse(&spec("", "budget = 6"), "s.toml", known).is_ok());
    refused("", "budget = 5", &["x is impossible for 5 server seizures", "costs 6", "s.toml:11"]);
    refused("", "budget = \"much\"", &["`budget` is a number"]);
    refused("group = 3", "", &["`group` is a string"]);
    refused("[topology.operator]\nlearnss = 1", "", &["learnss", "did you mean `learns`"]);
    let blind = "[topology.operator.learning]\nlearner = \"hedge\"";
    refused(blind, "", &["must be told where the other was", "beacon against x"]);
    refused("", "defender.learner = \"exp3\"", &["[operator.learning] says how many places there are"]);
}

#[test]
fn a_run_of_nothing_has_its_tables() {
    let spec = serde_json::json!({ "seed": 1, "title": "t", "networks": 1 });
    let none = (KIND.extra)(&[Table::of::<StrikeRow>(&[]), Table::of::<OutcomeRow>(&[])], &spec);
    assert_eq!(none.len(), KIND.extras.len());
    assert_eq!(KIND.schemas[1].name, OUTCOMES.name);
}
