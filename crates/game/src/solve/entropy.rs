//! The mixture of greatest entropy on an optimal face. Given which arms some equilibrium plays and which answers are
//! always tight, the face is a polytope in the open simplex: maximise −Σ x ln x under linear equations and inequalities.
//! The equations are taken out (moves along an orthonormal basis of their null space), the inequalities are held by a
//! logarithmic barrier (Boyd & Vandenberghe 2004, ch. 11), and those found tight become equations in a last pass, so that
//! the answer is exact and not only a limit.

use crate::Matrix;
use crate::linear::{Equations, solve};
use crate::matrix::dot;

/// What is left of a normalised equation below this is rounding.
const RANK: f64 = 1e-9;

/// The optimal face of the row player.
pub(super) struct Face<'a> {
    /// Payoffs of the row player in [−½, ½].
    pub(super) payoff: &'a Matrix,
    /// Rows that some equilibrium plays.
    pub(super) played: Vec<usize>,
    /// Columns that give exactly the value against every optimal mixture; at least one.
    pub(super) tight: Vec<usize>,
}

/// The linear inequalities `gradient · x ≥ 0` of columns that are not always tight.
type Inequalities = Vec<Vec<f64>>;

impl Face<'_> {
    /// The mixture of greatest entropy over all rows, from a point inside. `None` if rounding spoils it.
    pub(super) fn greatest_entropy(&self, inside: &[f64]) -> Option<Vec<f64>> {
        let start: Vec<f64> = self.played.iter().map(|&i| inside[i]).collect();
        let others: Vec<usize> = (0..self.payoff.columns()).filter(|j| !self.tight.contains(j)).collect();
        let inequalities: Inequalities = others.iter().map(|&j| self.difference(j)).collect();
        let mut best = self.climb(&self.tight, &inequalities, start)?;
        // which inequalities hold the mixture back? multiplier and slack multiply to the last weight of the barrier
        let held: Vec<usize> =
            (0..others.len()).filter(|&k| dot(&inequalities[k], &best) < LAST_WEIGHT.sqrt()).collect();
        if !held.is_empty() {
            let equations: Vec<usize> = self.tight.iter().copied().chain(held.iter().map(|&k| others[k])).collect();
            if let Some(exact) = self.climb(&equations, &Vec::new(), best.clone())
                && inequalities.iter().all(|g| dot(g, &exact) >= -1e-13)
                && entropy(&exact) >= entropy(&best) - 1e-12
            {
                best = exact;
            }
        }
        let mut whole = vec![0.0; self.payoff.rows()];
        self.played.iter().zip(&best).for_each(|(&i, &p)| whole[i] = p);
        Some(whole)
    }

    /// How much column `j` gives above the first tight one, a played row each.
    fn difference(&self, j: usize) -> Vec<f64> {
        self.played.iter().map(|&i| self.payoff.get(i, j) - self.payoff.get(i, self.tight[0])).collect()
    }

    fn climb(&self, tight: &[usize], inequalities: &Inequalities, mut x: Vec<f64>) -> Option<Vec<f64>> {
        let n = x.len();
        let sum = (vec![1.0; n], 1.0);
        let same = tight[1..].iter().map(|&j| (self.difference(j), 0.0));
        let equations = Equations::new(std::iter::once(sum).chain(same), RANK);
        equations.project(&mut x);
        if !inside(&x, inequalities) {
            return None;
        }
        let free = equations.free_directions(n);
        if free.is_empty() {
            return Some(x);
        }
        let along: Vec<Vec<f64>> = inequalities.iter().map(|g| free.iter().map(|d| dot(d, g)).collect()).collect();
        // probabilities have a barrier, too, until the last: entropy alone lets a step end so near the boundary that
        // nothing can be inverted there
        let mut weight = 0.1;
        while weight > LAST_WEIGHT {
            newton(&mut x, &free, inequalities, &along, [weight, weight])?;
            weight *= 0.1;
        }
        newton(&mut x, &free, inequalities, &along, [LAST_WEIGHT, 0.0])?;
        equations.project(&mut x);
        inside(&x, &Vec::new()).then_some(x)
    }
}

/// The last weight of the barrier.
const LAST_WEIGHT: f64 = 1e-13;

fn inside(x: &[f64], inequalities: &Inequalities) -> bool {
    x.iter().all(|&p| p > 0.0) && inequalities.iter().all(|g| dot(g, x) > 0.0)
}

pub(super) fn entropy(x: &[f64]) -> f64 {
    -x.iter().filter(|&&p| p > 0.0).map(|&p| p * libm::log(p)).sum::<f64>()
}

fn barrier(x: &[f64], inequalities: &Inequalities, [weight, own]: [f64; 2]) -> f64 {
    let outer: f64 = inequalities.iter().map(|g| libm::log(dot(g, x))).sum();
    let inner: f64 = if own > 0.0 { x.iter().map(|p| libm::log(*p)).sum() } else { 0.0 };
    -entropy(x) - weight * outer - own * inner
}

/// Damped Newton steps to the least of Σ x ln x − weight Σ ln(slack) − own Σ ln x along the free directions.
fn newton(
    x: &mut Vec<f64>,
    free: &[Vec<f64>],
    inequalities: &Inequalities,
    along: &[Vec<f64>],
    [weight, own]: [f64; 2],
) -> Option<()> {
    let d = free.len();
    for _ in 0..100 {
        let slope: Vec<f64> = x.iter().map(|p| libm::log(*p) + 1.0 - own / p).collect();
        let mut gradient: Vec<f64> = free.iter().map(|f| dot(f, &slope)).collect();
        let mut hessian = vec![0.0; d * d];
        for k in 0..d {
            let bent: Vec<f64> = free[k].iter().zip(x.iter()).map(|(f, p)| f * (p + own) / (p * p)).collect();
            for l in k..d {
                hessian[k * d + l] = dot(&bent, &free[l]);
            }
        }
        for (g, a) in inequalities.iter().zip(along) {
            let slack = dot(g, x);
            for k in 0..d {
                gradient[k] -= weight * a[k] / slack;
                for l in k..d {
                    hessian[k * d + l] += weight * a[k] * a[l] / (slack * slack);
                }
            }
        }
        for k in 0..d {
            for l in 0..k {
                hessian[k * d + l] = hessian[l * d + k];
            }
        }
        let step = solve(hessian, gradient.iter().map(|g| -g).collect(), 0.0)?;
        let decrement = -dot(&gradient, &step);
        let mut change = vec![0.0; x.len()];
        for (f, s) in free.iter().zip(&step) {
            change.iter_mut().zip(f).for_each(|(c, f)| *c += s * f);
        }
        let moved = |share: f64| x.iter().zip(&change).map(|(p, c)| p + share * c).collect::<Vec<f64>>();
        if decrement < 1e-12 {
            // in the region of quadratic convergence: one full step ends at rounding
            let last = moved(1.0);
            if inside(&last, inequalities) {
                *x = last;
            }
            return Some(());
        }
        // nine tenths of the way to the boundary at most
        let slacks = inequalities.iter().map(|g| (dot(g, x), dot(g, &change)));
        let limit = x.iter().copied().zip(change.iter().copied()).chain(slacks).filter(|&(_, c)| c < 0.0);
        let mut share = limit.map(|(v, c)| -0.9 * v / c).fold(1.0, f64::min);
        let now = barrier(x, inequalities, [weight, own]);
        let mut next = moved(share);
        while !(inside(&next, inequalities)
            && barrier(&next, inequalities, [weight, own]) <= now - 0.1 * share * decrement)
        {
            share *= 0.5;
            if share < 1e-12 {
                return Some(());
            }
            next = moved(share);
        }
        *x = next;
    }
    Some(())
}
