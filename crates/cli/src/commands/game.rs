//! `hydranet game`: games that stand in files.

use crate::args::{GameCommand, Leader, SolveArgs};
use crate::failure::Failure;
use crate::output;
use hydranet_game::csv::{self, CsvError};
use hydranet_game::{
    Bimatrix, Choice, Commitment, Dominance, Equilibrium, GameError, Matrix, Names, QuantalResponse, Side, Solution,
    commit, dominated_columns, dominated_rows, equilibria, quantal_responses, solve,
};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Does what `hydranet game …` says.
pub(crate) fn game(command: &GameCommand) -> Result<(), Failure> {
    match command {
        GameCommand::Solve(args) => solved(args),
    }
}

/// A game and what is told of it.
struct Told {
    game: Bimatrix,
    names: Names,
    /// Of a zero-sum game.
    solution: Option<Solution>,
    /// Of a bimatrix game.
    equilibria: Vec<Equilibrium>,
    dominated: [Vec<Dominance>; 2],
    commitment: Option<Commitment>,
    path: Vec<QuantalResponse>,
}

fn solved(args: &SolveArgs) -> Result<(), Failure> {
    if args.column.as_deref() == Some(Path::new("-")) && args.row == Path::new("-") {
        return Err(Failure::bad("standard input holds one matrix: give the other as a file"));
    }
    let (game, names, zero_sum) = read(args)?;
    let place = |error: GameError| Failure::BadInput(format!("{}: {error}", args.row.display()));
    let leader = args.leader.map(|leader| if leader == Leader::Row { Side::Row } else { Side::Column });
    let told = Told {
        solution: if zero_sum { Some(solve(game.row()).map_err(place)?) } else { None },
        equilibria: if zero_sum { Vec::new() } else { equilibria(&game).map_err(place)? },
        dominated: [dominated_rows(game.row()).map_err(place)?, dominated_columns(game.column()).map_err(place)?],
        commitment: leader.map(|leader| commit(&game, leader)).transpose().map_err(place)?,
        path: quantal_responses(&game, &args.qre).map_err(|e| Failure::BadInput(format!("--qre: {e}")))?,
        game,
        names,
    };
    if args.json {
        let text = serde_json::to_string_pretty(&told.json()).map_err(|e| Failure::failed_error(&e))?;
        return output::print(&(text + "\n"));
    }
    output::print(&told.text())
}

/// The game of one file or two; and whether it is the zero-sum game of one.
fn read(args: &SolveArgs) -> Result<(Bimatrix, Names, bool), Failure> {
    let one = table(&args.row)?;
    let Some(second) = &args.column else { return Ok((Bimatrix::zero_sum(one.payoff), one.names, true)) };
    let two = table(second)?;
    let either = |a: Vec<String>, b: Vec<String>| if a.is_empty() { b } else { a };
    let names =
        Names { rows: either(one.names.rows, two.names.rows), columns: either(one.names.columns, two.names.columns) };
    let game = Bimatrix::new(one.payoff, two.payoff)
        .map_err(|e| Failure::BadInput(format!("{} and {}: {e}", args.row.display(), second.display())))?;
    Ok((game, names, false))
}

fn table(path: &Path) -> Result<csv::Table, Failure> {
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path);
        Box::new(file.map_err(|e| Failure::BadInput(format!("{}: cannot be read: {e}", path.display())))?)
    };
    csv::read(reader).map_err(|error| match error {
        CsvError::Read(why) => Failure::BadInput(format!("{}: the matrix cannot be read: {why}", path.display())),
        other => Failure::BadInput(format!("{}: {}", path.display(), crate::failure::chain(&other))),
    })
}

impl Told {
    fn size(&self) -> (usize, usize) {
        (self.game.row().rows(), self.game.row().columns())
    }

    /// Groups of arms that are one for both players.
    fn equal(&self, side: Side) -> Vec<Vec<usize>> {
        // both players' payoffs beside each other
        let of = |a: &Matrix, b: &Matrix| {
            let both = Matrix::from_fn(a.rows(), 2 * a.columns(), |i, j| {
                if j < a.columns() { a.get(i, j) } else { b.get(i, j - a.columns()) }
            });
            both.expect("cells of a game").equal_rows()
        };
        match side {
            Side::Row => of(self.game.row(), self.game.column()),
            Side::Column => of(&self.game.row().transposed(), &self.game.column().transposed()),
        }
    }

    fn arms(&self, side: Side, arms: &[usize]) -> Vec<String> {
        arms.iter().map(|&k| self.names.of(side, k)).collect()
    }

    fn mixture(&self, side: Side, mixture: &[f64]) -> Value {
        let arm = |(k, p): (usize, &f64)| json!({ "arm": self.names.of(side, k), "probability": p });
        mixture.iter().enumerate().map(arm).collect()
    }

    fn json(&self) -> Value {
        let (rows, columns) = self.size();
        let equal = |side| self.equal(side).iter().map(|g| self.arms(side, g)).collect::<Vec<_>>();
        let dominated = |side, k: usize| {
            let one = |d: &Dominance| json!({ "arm": self.names.of(side, d.arm), "strict": d.strict, "by": self.mixture(side, &d.by) });
            self.dominated[k].iter().map(one).collect::<Vec<_>>()
        };
        let mut out = json!({
            "rows": rows,
            "columns": columns,
            "equal_rows": equal(Side::Row),
            "equal_columns": equal(Side::Column),
            "dominated_rows": dominated(Side::Row, 0),
            "dominated_columns": dominated(Side::Column, 1),
        });
        if let Some(s) = &self.solution {
            out["value"] = s.value.into();
            out["nash_conv"] = s.nash_conv.into();
            out["choice"] = json!(s.choice);
            out["row"] = self.mixture(Side::Row, &s.row);
            out["column"] = self.mixture(Side::Column, &s.column);
        } else {
            let one = |e: &Equilibrium| {
                json!({
                    "row": self.mixture(Side::Row, &e.row), "column": self.mixture(Side::Column, &e.column),
                    "row_payoff": e.row_payoff, "column_payoff": e.column_payoff, "nash_conv": self.gap(&e.row, &e.column),
                })
            };
            out["equilibria"] = self.equilibria.iter().map(one).collect();
        }
        if let Some(c) = &self.commitment {
            let (leader, follower) = seats(c.leader);
            out["commitment"] = json!({
                "leader": c.leader, "mixture": self.mixture(leader, &c.mixture), "answer": self.names.of(follower, c.answer),
                "leader_payoff": c.leader_payoff, "follower_payoff": c.follower_payoff,
            });
        }
        if !self.path.is_empty() {
            let one = |q: &QuantalResponse| {
                json!({
                    "lambda": q.lambda, "row": self.mixture(Side::Row, &q.row),
                    "column": self.mixture(Side::Column, &q.column), "residual": q.residual,
                })
            };
            out["quantal_responses"] = self.path.iter().map(one).collect();
        }
        out
    }

    fn gap(&self, x: &[f64], y: &[f64]) -> f64 {
        hydranet_game::gains(&self.game, x, y).map_or(f64::NAN, |gains| gains.nash_conv().max(0.0))
    }

    fn text(&self) -> String {
        let (rows, columns) = self.size();
        let kind = if self.solution.is_some() { "zero-sum game" } else { "bimatrix game" };
        let mut out = format!("{kind}, {rows} × {columns}\n");
        for side in [Side::Row, Side::Column] {
            for group in self.equal(side) {
                out.push_str(&format!("equal arms of the {}: {}\n", side.name(), self.arms(side, &group).join(", ")));
            }
        }
        for (k, side) in [Side::Row, Side::Column].into_iter().enumerate() {
            for d in &self.dominated[k] {
                let how = if d.strict { "strictly" } else { "weakly" };
                let arm = self.names.of(side, d.arm);
                out.push_str(&format!(
                    "{how} dominated arm of the {}: {arm}, by {}\n",
                    side.name(),
                    self.played(side, &d.by)
                ));
            }
        }
        if let Some(s) = &self.solution {
            let choice = match s.choice {
                Choice::Unique => "the only equilibrium",
                Choice::GreatestEntropy => "of several equilibria, the one of greatest entropy",
                Choice::Corner => "one of several equilibria",
            };
            out.push_str(&format!("value: {}   NashConv: {:.1e}   {choice}\n\n", number(s.value), s.nash_conv));
            out.push_str(&self.weights(&[("probability".into(), &s.row, &s.column)]));
        } else {
            for (k, e) in self.equilibria.iter().enumerate() {
                out.push_str(&format!(
                    "equilibrium {} of {}: row player {}, column player {}, NashConv {:.1e}\n",
                    k + 1,
                    self.equilibria.len(),
                    number(e.row_payoff),
                    number(e.column_payoff),
                    self.gap(&e.row, &e.column)
                ));
            }
            let all: Vec<(String, &[f64], &[f64])> = (1..)
                .zip(&self.equilibria)
                .map(|(k, e)| (format!("equilibrium {k}"), e.row.as_slice(), e.column.as_slice()))
                .collect();
            out.push_str(&format!("\n{}", self.weights(&all)));
        }
        if let Some(c) = &self.commitment {
            let (leader, follower) = seats(c.leader);
            out.push_str(&format!(
                "\nthe {} announces {}; the answer is {}: {} for the leader, {} for the follower\n",
                c.leader.name(),
                self.played(leader, &c.mixture),
                self.names.of(follower, c.answer),
                number(c.leader_payoff),
                number(c.follower_payoff)
            ));
        }
        if !self.path.is_empty() {
            let all: Vec<(String, &[f64], &[f64])> = self
                .path
                .iter()
                .map(|q| (format!("λ = {}", q.lambda), q.row.as_slice(), q.column.as_slice()))
                .collect();
            out.push_str(&format!("\nquantal responses\n{}", self.weights(&all)));
        }
        out
    }

    /// The arms that are played, with their probabilities.
    fn played(&self, side: Side, mixture: &[f64]) -> String {
        let arms = mixture.iter().enumerate().filter(|(_, p)| **p > 0.0);
        arms.map(|(k, p)| format!("{} ({})", self.names.of(side, k), number(*p))).collect::<Vec<_>>().join(", ")
    }

    /// A table of mixtures, one column each.
    fn weights(&self, mixtures: &[(String, &[f64], &[f64])]) -> String {
        let head: Vec<&str> = ["player", "arm"].into_iter().chain(mixtures.iter().map(|m| m.0.as_str())).collect();
        let (rows, columns) = self.size();
        let mut lines = Vec::new();
        for (side, player, arms) in [(Side::Row, "row", rows), (Side::Column, "column", columns)] {
            for k in 0..arms {
                let weight = |m: &(String, &[f64], &[f64])| number(if side == Side::Row { m.1[k] } else { m.2[k] });
                let mut line = vec![player.to_string(), self.names.of(side, k)];
                line.extend(mixtures.iter().map(weight));
                lines.push(line);
            }
        }
        output::table(&head, &lines, 2)
    }
}

fn seats(leader: Side) -> (Side, Side) {
    if leader == Side::Row { (Side::Row, Side::Column) } else { (Side::Column, Side::Row) }
}

/// Six decimals, without the zeros at the end.
fn number(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}
