//! Linear programmes of matrix games, solved by `microlp`.

use crate::Matrix;
use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, Variable};

/// Feasibility of every programme: the smallest tolerance that the solver takes.
const FEASIBILITY: f64 = 1e-10;

/// Runs a programme: `None` if nothing is feasible, the solver's words if it fails.
pub(super) fn run(problem: &Problem, variables: &[Variable]) -> Result<Option<Vec<f64>>, String> {
    let mut options = SolveOptions::default();
    options.tolerances.feasibility = FEASIBILITY;
    let outcome = match problem.solve_with(options) {
        Err(Error::Infeasible) => return Ok(None),
        other => other.map_err(|error| error.to_string())?,
    };
    let solution = outcome.into_solution().map_err(|_| "the solver stopped early".to_string())?;
    Ok(Some(variables.iter().map(|&v| solution.var_value(v)).collect()))
}

/// What a simplex solver leaves of a mixture, made a mixture.
pub(super) fn mixture(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().map(|p| p.max(0.0)).sum();
    weights.iter().map(|p| (p.max(0.0) / sum).min(1.0)).collect()
}

/// An optimal mixture of the column player of a game with payoffs in [−½, ½]: maximise Σ q under B q ≤ 1, where B has
/// cells in [1, 2] and so a value > 0; then y = q/Σ q (Dantzig 1951). All slacks are a feasible start, and no
/// coefficient is far from another.
pub(super) fn column_mixture(scaled: &Matrix) -> Result<Vec<f64>, String> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let q: Vec<Variable> = (0..scaled.columns()).map(|_| problem.add_var(1.0, (0.0, f64::INFINITY))).collect();
    for i in 0..scaled.rows() {
        let row: Vec<(Variable, f64)> = q.iter().zip(scaled.row(i)).map(|(&q, a)| (q, a + 1.5)).collect();
        problem.add_constraint(row, ComparisonOp::Le, 1.0);
    }
    let y = run(&problem, &q)?.ok_or("no mixture is feasible")?;
    let y = mixture(&y);
    if y.iter().all(|p| p.is_finite()) { Ok(y) } else { Err("the weights are all 0".to_string()) }
}
