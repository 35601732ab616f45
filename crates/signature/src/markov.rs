//! Absorbing Markov chains: how long until a detector alarms, exactly.
//!
//! States are eliminated one after another (Grassmann, Taksar & Heyman 1985): what remains is the chain watched on the states that are
//! left, with the time that it spends elsewhere. Only positive numbers are added, multiplied and divided, so that a mean time of 10¹²
//! has as many correct digits as one of 10; Gaussian elimination of I − Q would lose twelve.

/// A chain on states 0, 1, … that leaves them for good at an alarm.
#[derive(Debug, Clone, PartialEq)]
pub struct Absorbing {
    states: usize,
    to: Vec<f64>, // row-major, states × states
    out: Vec<f64>,
}

impl Absorbing {
    /// With `to(i, j)` the chance of a step from i to j and `out(i)` that of an alarm; each row sums to 1.
    ///
    /// # Panics
    /// If there is no state, a chance is negative or not finite, or a row's sum is more than 10⁻⁹ away from 1.
    pub fn new(states: usize, to: impl Fn(usize, usize) -> f64, out: impl Fn(usize) -> f64) -> Absorbing {
        assert!(states > 0, "a chain has at least one state");
        let to: Vec<f64> = (0..states * states).map(|at| to(at / states, at % states)).collect();
        let out: Vec<f64> = (0..states).map(out).collect();
        assert!(to.iter().chain(&out).all(|p| p.is_finite() && *p >= 0.0), "chances are at least 0");
        for (i, row) in to.chunks_exact(states).enumerate() {
            let sum = row.iter().sum::<f64>() + out[i];
            assert!((sum - 1.0).abs() <= 1e-9, "chances from state {i} sum to 1, not {sum}");
        }
        Absorbing { states, to, out }
    }

    /// Mean number of steps until the alarm, that step counted, from each state; infinite where there is no way to it. O(n³), O(n b²) for
    /// steps of at most b states.
    pub fn mean_steps(&self) -> Vec<f64> {
        let n = self.states;
        let (mut to, mut out) = (self.to.clone(), self.out.clone());
        let mut time = vec![1.0; n]; // spent in a state and those eliminated, before another that is left
        let mut leave = vec![0.0; n];
        for e in (0..n).rev() {
            // the chance of leaving is summed, never 1 minus that of staying
            let (head, row) = to.split_at_mut(e * n);
            let targets: Vec<usize> = (0..e).filter(|&j| row[j] > 0.0).collect();
            leave[e] = out[e] + targets.iter().map(|&j| row[j]).sum::<f64>();
            for i in 0..e {
                let into = head[i * n + e];
                if into > 0.0 {
                    let visits = into / leave[e];
                    if visits.is_finite() {
                        targets.iter().for_each(|&j| head[i * n + j] += visits * row[j]);
                        out[i] += visits * out[e];
                    }
                    time[i] += visits * time[e];
                }
            }
        }
        let mut mean: Vec<f64> = vec![0.0; n];
        for e in 0..n {
            let later: f64 = (0..e).filter(|&j| to[e * n + j] > 0.0).map(|j| to[e * n + j] * mean[j]).sum();
            mean[e] = (time[e] + later) / leave[e];
        }
        mean
    }

    /// The quasi-stationary law: where the chain is after a long time, given that there was no alarm yet. By iteration until no share moves by
    /// more than 10⁻¹⁵, at most `most` times; `None` if it still moves then, or nothing is left.
    pub fn quasi_stationary(&self, most: usize) -> Option<Vec<f64>> {
        let n = self.states;
        // only the steps that there are
        let steps: Vec<(usize, usize, f64)> =
            (0..n * n).filter(|&at| self.to[at] > 0.0).map(|at| (at / n, at % n, self.to[at])).collect();
        let mut law = vec![0.0; n];
        law[0] = 1.0;
        for _ in 0..most {
            // half a step stays: a chain that alternates settles too, and the law is the same
            let mut next = law.clone();
            steps.iter().for_each(|&(i, j, p)| next[j] += law[i] * p);
            let sum: f64 = next.iter().sum();
            next.iter_mut().for_each(|p| *p /= sum);
            let moved = law.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            law = next;
            if moved <= 1e-15 {
                return (sum > 1.0).then_some(law);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamblers_ruin() {
        // a fair walk on 0..n that is reflected at 0 and leaves at n: n(n+1) − i(i+1) steps
        let n = 30;
        let walk = Absorbing::new(
            n,
            |i, j| if j + 1 == i || j == i + 1 || (i == 0 && j == 0) { 0.5 } else { 0.0 },
            |i| if i + 1 == n { 0.5 } else { 0.0 },
        );
        for (i, got) in walk.mean_steps().into_iter().enumerate() {
            let want = (n * (n + 1) - i * (i + 1)) as f64;
            assert!((got - want).abs() < 1e-10 * want, "from {i}: {got}, not {want}");
        }
    }

    #[test]
    fn huge_times_keep_their_digits() {
        // up with p, else back to 0: (p^-n − 1)/(1 − p) steps
        let (n, p) = (40, 0.25f64);
        let run = Absorbing::new(
            n,
            |i, j| {
                if j == i + 1 {
                    p
                } else if j == 0 {
                    1.0 - p
                } else {
                    0.0
                }
            },
            |i| if i + 1 == n { p } else { 0.0 },
        );
        let want = (p.powi(-(n as i32)) - 1.0) / (1.0 - p);
        assert!((run.mean_steps()[0] / want - 1.0).abs() < 1e-12, "{want}");
    }

    #[test]
    fn no_way_out_takes_for_ever() {
        let closed = Absorbing::new(2, |i, j| if i == j { 1.0 } else { 0.0 }, |_| 0.0);
        assert_eq!(closed.mean_steps(), [f64::INFINITY; 2]);
    }

    #[test]
    fn the_quasi_stationary_law_is_an_eigenvector() {
        // from either state: alarm with 1/10; otherwise 0 → 1 and 1 → 0 or 1 evenly: shares 1/3, 2/3
        let chain = Absorbing::new(2, |i, j| [[0.0, 0.9], [0.45, 0.45]][i][j], |_| 0.1);
        let law = chain.quasi_stationary(10_000).unwrap();
        assert!((law[0] - 1.0 / 3.0).abs() < 1e-13 && (law[1] - 2.0 / 3.0).abs() < 1e-13, "{law:?}");
    }
}
