//! Small dense linear algebra: elimination with partial pivoting, and orthonormal bases of row and null spaces. Games
//! of some hundred arms need no more, and a result that is certified needs no library to vouch for it.

use crate::matrix::dot;

/// Solves `a z = b` in place, where `a` is square, row by row. `None` where a pivot is below `tolerance` times the
/// greatest entry of its row at the start. O(n³).
pub(crate) fn solve(mut a: Vec<f64>, mut b: Vec<f64>, tolerance: f64) -> Option<Vec<f64>> {
    let n = b.len();
    debug_assert_eq!(a.len(), n * n);
    // equilibrated rows: pivots of rows of different size can be compared
    for (row, b) in a.chunks_exact_mut(n.max(1)).zip(&mut b) {
        let scale = row.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
        if !(scale > 0.0 && scale.is_finite()) {
            return None;
        }
        row.iter_mut().for_each(|v| *v /= scale);
        *b /= scale;
    }
    for k in 0..n {
        let pivot = (k..n).max_by(|&i, &j| a[i * n + k].abs().total_cmp(&a[j * n + k].abs()))?;
        let size = a[pivot * n + k].abs();
        if size.is_nan() || size <= tolerance {
            return None;
        }
        if pivot != k {
            for c in k..n {
                a.swap(k * n + c, pivot * n + c);
            }
            b.swap(k, pivot);
        }
        let (upper, lower) = a.split_at_mut((k + 1) * n);
        let (head, top) = (&upper[k * n + k..], b[k]);
        for (i, row) in lower.chunks_exact_mut(n).enumerate() {
            let factor = row[k] / head[0];
            if factor != 0.0 {
                row[k..].iter_mut().zip(head).for_each(|(v, h)| *v -= factor * h);
                b[k + 1 + i] -= factor * top;
            }
        }
    }
    for k in (0..n).rev() {
        let row = &a[k * n..(k + 1) * n];
        b[k] = (b[k] - dot(&row[k + 1..], &b[k + 1..])) / row[k];
    }
    b.iter().all(|v| v.is_finite()).then_some(b)
}

/// Equations `row · x = value` made orthonormal: dependent ones are left out.
pub(crate) struct Equations {
    rows: Vec<(Vec<f64>, f64)>,
}

impl Equations {
    /// Adds equations in this order; those whose part outside of the former ones is below `tolerance` of their length
    /// are left out.
    pub(crate) fn new(equations: impl IntoIterator<Item = (Vec<f64>, f64)>, tolerance: f64) -> Equations {
        let mut kept: Equations = Equations { rows: Vec::new() };
        for (mut row, mut value) in equations {
            let length = dot(&row, &row).sqrt();
            if length <= f64::MIN_POSITIVE {
                continue;
            }
            row.iter_mut().for_each(|v| *v /= length);
            value /= length;
            let left = kept.reduce(&mut row, &mut value);
            if left > tolerance {
                row.iter_mut().for_each(|v| *v /= left);
                kept.rows.push((row, value / left));
            }
        }
        kept
    }

    /// Takes out what lies in the span of the rows, twice for the sake of rounding; what is left has this length.
    fn reduce(&self, row: &mut [f64], value: &mut f64) -> f64 {
        for _ in 0..2 {
            for (q, v) in &self.rows {
                let share = dot(q, row);
                row.iter_mut().zip(q).for_each(|(r, q)| *r -= share * q);
                *value -= share * v;
            }
        }
        dot(row, row).sqrt()
    }

    /// Moves `x` to the nearest point that solves all equations.
    pub(crate) fn project(&self, x: &mut [f64]) {
        for _ in 0..2 {
            for (q, v) in &self.rows {
                let miss = v - dot(q, x);
                x.iter_mut().zip(q).for_each(|(x, q)| *x += miss * q);
            }
        }
    }

    /// An orthonormal basis of the directions in which `x` may move. O(n³).
    pub(crate) fn free_directions(&self, n: usize) -> Vec<Vec<f64>> {
        let mut all = Equations { rows: self.rows.clone() };
        let wanted = n - self.rows.len();
        // squared lengths of unit vectors outside of the span: the longest first
        let mut outside: Vec<f64> =
            (0..n).map(|i| 1.0 - self.rows.iter().map(|(q, _)| q[i] * q[i]).sum::<f64>()).collect();
        for _ in 0..wanted {
            let i = crate::matrix::argmax(&outside);
            let mut row = vec![0.0; n];
            row[i] = 1.0;
            let left = all.reduce(&mut row, &mut 0.0);
            row.iter_mut().for_each(|v| *v /= left);
            outside.iter_mut().zip(&row).for_each(|(o, v)| *o -= v * v);
            outside[i] = f64::NEG_INFINITY;
            all.rows.push((row, 0.0));
        }
        all.rows.drain(self.rows.len()..).map(|(row, _)| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_solved_or_refused() {
        let z = solve(vec![0.0, 2.0, 1.0, 1.0, 0.0, 1.0, 3.0, 1.0, 0.0], vec![7.0, 4.0, 5.0], 1e-12).unwrap();
        for (z, want) in z.iter().zip([1.0, 2.0, 3.0]) {
            assert!((z - want).abs() < 1e-14);
        }
        assert!(solve(vec![1.0, 2.0, 2.0, 4.0], vec![1.0, 2.0], 1e-12).is_none());
        assert!(solve(vec![0.0, 0.0, 1.0, 1.0], vec![0.0, 1.0], 1e-12).is_none());
    }

    #[test]
    fn free_directions_solve_the_homogeneous_equations() {
        let rows = [vec![1.0, 1.0, 1.0, 1.0, 1.0], vec![1.0, -1.0, 0.0, 2.0, 0.0], vec![2.0, 0.0, 1.0, 3.0, 1.0]];
        let equations = Equations::new(rows.iter().cloned().zip([1.0, 0.5, 1.5]), 1e-9);
        let free = equations.free_directions(5);
        assert_eq!(free.len(), 3, "the third equation is the sum of the others");
        for (k, d) in free.iter().enumerate() {
            for row in &rows {
                assert!(dot(row, d).abs() < 1e-14);
            }
            for (l, other) in free.iter().enumerate() {
                assert!((dot(d, other) - f64::from(k == l)).abs() < 1e-14);
            }
        }
        let mut x = vec![0.2; 5];
        equations.project(&mut x);
        assert!((dot(&rows[2], &x) - 1.5).abs() < 1e-14);
    }
}
