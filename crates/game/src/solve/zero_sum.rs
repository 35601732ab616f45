//! Zero-sum games: a value, a certificate, and one equilibrium that is the same whoever computes it.
//!
//! 1. Two linear programmes by `microlp` on payoffs mapped to [−½, ½] give an optimal corner for each player.
//! 2. The corner is computed again from its supports by elimination, which ends at rounding where a simplex solver ends
//!    at its tolerance.
//! 3. A corner with supports of one size, positive weights, and slack for every arm outside is the only equilibrium
//!    (Bohnenblust, Karlin & Shapley 1950), and done. Else the centre of the optimal faces tells which arms some
//!    equilibrium plays, and the mixture of greatest entropy on each face is taken: users of other tools ask for it,
//!    because one corner out of many says something about the solver and nothing about the game.
//! 4. Nothing is returned without NashConv ≤ 1e-9 of the payoffs' range: no solver need be trusted.

use super::centre::centre;
use super::entropy::{Face, entropy};
use super::programme::column_mixture;
use crate::exploit::gap;
use crate::linear::solve as eliminate;
use crate::matrix::{dot, greatest, least};
use crate::{GameError, Matrix};
use serde::{Deserialize, Serialize};

/// What a solution's NashConv may be at most, in units of the payoffs' range.
pub const CERTIFICATE: f64 = 1e-9;

/// What kind of equilibrium a solution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// There is no other.
    Unique,
    /// There may be several; both mixtures have the greatest entropy among all optimal ones.
    GreatestEntropy,
    /// There may be several, and rounding kept the greatest entropy from being found: one corner, certified as any other.
    Corner,
}

/// An equilibrium of a zero-sum game.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Solution {
    /// What the row player gets on average, in units of payoff.
    pub value: f64,
    /// The row player's mixture.
    pub row: Vec<f64>,
    /// The column player's mixture.
    pub column: Vec<f64>,
    /// The certificate: what both players could gain together by leaving, in units of payoff. At most 1e-9 of `range`.
    pub nash_conv: f64,
    /// The greatest payoff less the least one.
    pub range: f64,
    /// Which equilibrium this is.
    pub choice: Choice,
}

impl Solution {
    /// Rows that are played, counted from 0.
    pub fn row_support(&self) -> Vec<usize> {
        support(&self.row)
    }

    /// Columns that are played, counted from 0.
    pub fn column_support(&self) -> Vec<usize> {
        support(&self.column)
    }
}

/// Arms with a positive probability, counted from 0.
pub fn support(mixture: &[f64]) -> Vec<usize> {
    (0..mixture.len()).filter(|&k| mixture[k] > 0.0).collect()
}

/// Solves the zero-sum game in which the row player gets `payoff` and the column player pays it. O((n + m)³) a step of
/// the solvers; 200 × 200 takes well below a second.
///
/// # Errors
/// [`GameError::Uncertified`] where rounding spoils every answer.
///
/// ```
/// use hydranet_game::{Matrix, solve};
/// let solution = solve(&Matrix::new([[4.0, 1.0], [2.0, 3.0]])?)?;
/// assert!((solution.value - 2.5).abs() < 1e-12);
/// assert!((solution.row[0] - 0.25).abs() < 1e-12);
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn solve(payoff: &Matrix) -> Result<Solution, GameError> {
    let scaled = payoff.scaled();
    // equal arms are one arm: where that arm's game has one equilibrium, the greatest entropy shares its weight evenly
    let distinct = Distinct::new(&scaled);
    let corner = corner(&distinct.game);
    if let Some((x, y)) = &corner
        && only_one(&distinct.game, x, y)
    {
        let choice = if distinct.shares(x, y) { Choice::GreatestEntropy } else { Choice::Unique };
        let (x, y) = distinct.shared(x, y);
        return certified(payoff, &scaled, &x, &y, choice);
    }
    let corner = corner.map(|(x, y)| distinct.shared(&x, &y));
    let middle = centre(&scaled);
    let canonical = canonical(&scaled, &middle.x, &middle.y, &middle.row_slack, &middle.column_slack);
    if let Some((x, y)) = &canonical
        && gap(&scaled, x, y) <= CERTIFICATE
        && corner.as_ref().is_none_or(|(p, q)| {
            let lower = |mixture: &[f64], other: &[f64]| entropy(mixture) < entropy(other) - 1e-9;
            gap(&scaled, p, q) > CERTIFICATE || !(lower(x, p) || lower(y, q))
        })
    {
        return certified(payoff, &scaled, x, y, Choice::GreatestEntropy);
    }
    let (x, y) = corner
        .into_iter()
        .chain(canonical)
        .chain([(middle.x, middle.y)])
        .min_by(|(x, y), (p, q)| gap(&scaled, x, y).total_cmp(&gap(&scaled, p, q)))
        .expect("the centre is always there");
    certified(payoff, &scaled, &normalised(x), &normalised(y), Choice::Corner)
}

fn certified(payoff: &Matrix, scaled: &Matrix, x: &[f64], y: &[f64], choice: Choice) -> Result<Solution, GameError> {
    let (top, bottom) = (greatest(&scaled.against_columns(y)), least(&scaled.against_rows(x)));
    let ((lo, hi), range) = (payoff.bounds(), payoff.range());
    let nash_conv = (top - bottom).max(0.0) * range;
    if nash_conv.is_nan() || nash_conv > CERTIFICATE * range {
        return Err(GameError::Uncertified { nash_conv, allowed: CERTIFICATE * range });
    }
    let value = (lo + range / 2.0 + range * (top / 2.0 + bottom / 2.0)).clamp(lo, hi);
    Ok(Solution { value, row: x.to_vec(), column: y.to_vec(), nash_conv, range, choice })
}

/// A pair of optimal corners, computed again from their supports where those have one size.
fn corner(scaled: &Matrix) -> Option<(Vec<f64>, Vec<f64>)> {
    let y = column_mixture(scaled).ok()?;
    let x = column_mixture(&scaled.exchanged()).ok()?;
    match from_supports(scaled, &trimmed(&x), &trimmed(&y)) {
        Some((p, q)) if gap(scaled, &p, &q) <= gap(scaled, &x, &y).max(1e-13) => Some((p, q)),
        _ => Some((cleaned(&x), cleaned(&y))),
    }
}

/// What a solver's tolerance leaves of an arm that is not played.
const TRACE: f64 = 1e-9;

/// Arms with more than a trace.
fn trimmed(mixture: &[f64]) -> Vec<usize> {
    (0..mixture.len()).filter(|&k| mixture[k] > TRACE).collect()
}

/// The mixture without traces.
fn cleaned(mixture: &[f64]) -> Vec<f64> {
    normalised(mixture.iter().map(|&p| if p > TRACE { p } else { 0.0 }).collect())
}

/// The mixtures on these supports that make the other player indifferent on theirs.
fn from_supports(scaled: &Matrix, rows: &[usize], columns: &[usize]) -> Option<(Vec<f64>, Vec<f64>)> {
    if rows.len() != columns.len() {
        return None;
    }
    let half = |mine: &[usize], cell: &dyn Fn(usize, usize) -> f64, arms: usize, other: &[usize]| {
        let size = mine.len() + 1;
        let mut system = Vec::with_capacity(size * size);
        for &k in other {
            system.extend(mine.iter().map(|&i| cell(i, k)));
            system.push(-1.0);
        }
        system.extend(std::iter::repeat_n(1.0, size - 1));
        system.push(0.0);
        let mut right = vec![0.0; size];
        right[size - 1] = 1.0;
        let mixture = eliminate(system, right, 1e-11)?;
        let mut whole = vec![0.0; arms];
        for (&i, &p) in mine.iter().zip(&mixture) {
            // a trace of an arm is rounding: then the supports are not those of a regular corner
            if p.is_nan() || p <= TRACE {
                return None;
            }
            whole[i] = p;
        }
        Some(normalised(whole))
    };
    let x = half(rows, &|i, j| scaled.get(i, j), scaled.rows(), columns)?;
    let y = half(columns, &|j, i| scaled.get(i, j), scaled.columns(), rows)?;
    Some((x, y))
}

/// Is this corner the only equilibrium? Supports of one size that determine each other, and a loss for every arm outside.
fn only_one(scaled: &Matrix, x: &[f64], y: &[f64]) -> bool {
    let (rows, columns) = (support(x), support(y));
    if from_supports(scaled, &rows, &columns).is_none() || gap(scaled, x, y) > CERTIFICATE {
        return false;
    }
    let (for_rows, for_columns) = (scaled.against_columns(y), scaled.against_rows(x));
    let value = dot(x, &for_rows);
    let outside = |mixture: &[f64], payoffs: &[f64]| {
        mixture.iter().zip(payoffs).all(|(&p, &u)| p > 0.0 || (u - value).abs() > 1e-9)
    };
    outside(x, &for_rows) && outside(y, &for_columns)
}

/// The mixtures of greatest entropy on both optimal faces.
fn canonical(
    scaled: &Matrix,
    x: &[f64],
    y: &[f64],
    row_slack: &[f64],
    column_slack: &[f64],
) -> Option<(Vec<f64>, Vec<f64>)> {
    let played = |mixture: &[f64], slack: &[f64]| -> Vec<usize> {
        (0..mixture.len()).filter(|&k| mixture[k] > slack[k]).collect()
    };
    let (rows, columns) = (played(x, row_slack), played(y, column_slack));
    if rows.is_empty() || columns.is_empty() {
        return None;
    }
    // an arm that some equilibrium plays is tight against every equilibrium of the other player, and only such an arm is
    let other = scaled.exchanged();
    let mut p = Face { payoff: scaled, played: rows.clone(), tight: columns.clone() }.greatest_entropy(x)?;
    let mut q = Face { payoff: &other, played: columns, tight: rows }.greatest_entropy(y)?;
    share_among(&mut p, &scaled.equal_rows());
    share_among(&mut q, &scaled.equal_columns());
    Some((normalised(p), normalised(q)))
}

/// The game of distinct arms.
struct Distinct {
    game: Matrix,
    rows: Vec<Vec<usize>>,
    columns: Vec<Vec<usize>>,
    size: (usize, usize),
}

impl Distinct {
    fn new(scaled: &Matrix) -> Distinct {
        let (rows, columns) =
            (groups(scaled.equal_rows(), scaled.rows()), groups(scaled.equal_columns(), scaled.columns()));
        let game = Matrix::from_fn(rows.len(), columns.len(), |i, j| scaled.get(rows[i][0], columns[j][0]));
        Distinct { game: game.expect("cells of a game"), rows, columns, size: (scaled.rows(), scaled.columns()) }
    }

    /// Is any arm that is played one of several equal ones?
    fn shares(&self, x: &[f64], y: &[f64]) -> bool {
        let several = |mixture: &[f64], groups: &[Vec<usize>]| {
            mixture.iter().zip(groups).any(|(&p, group)| p > 0.0 && group.len() > 1)
        };
        several(x, &self.rows) || several(y, &self.columns)
    }

    /// Mixtures of the whole game: equal arms share evenly, to the last bit.
    fn shared(&self, x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let whole = |mixture: &[f64], groups: &[Vec<usize>], arms: usize| {
            let mut all = vec![0.0; arms];
            for (p, group) in mixture.iter().zip(groups) {
                group.iter().for_each(|&k| all[k] = p / group.len() as f64);
            }
            all
        };
        (whole(x, &self.rows, self.size.0), whole(y, &self.columns, self.size.1))
    }
}

/// All arms, each with its equals, in order of the first of them.
fn groups(equal: Vec<Vec<usize>>, arms: usize) -> Vec<Vec<usize>> {
    let mut single = vec![true; arms];
    equal.iter().flatten().for_each(|&k| single[k] = false);
    let mut all: Vec<Vec<usize>> = (0..arms).filter(|&k| single[k]).map(|k| vec![k]).chain(equal).collect();
    all.sort();
    all
}

/// Equal arms share evenly, to the last bit.
fn share_among(mixture: &mut [f64], groups: &[Vec<usize>]) {
    for group in groups {
        let mean = group.iter().map(|&k| mixture[k]).sum::<f64>() / group.len() as f64;
        group.iter().for_each(|&k| mixture[k] = mean);
    }
}

fn normalised(mut mixture: Vec<f64>) -> Vec<f64> {
    let sum: f64 = mixture.iter().sum();
    mixture.iter_mut().for_each(|p| *p = (*p / sum).min(1.0));
    mixture
}
