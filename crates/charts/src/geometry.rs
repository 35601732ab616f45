//! Points, rectangles, clipping and dashing, in points from the upper left corner of the figure.
//!
//! plotters' SVG backend has neither clip paths nor dash patterns, so both are done on the coordinates.

/// A place: points right, points down.
pub(crate) type Pt = (f64, f64);

/// A rectangle with `left <= right` and `top <= bottom`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Rect {
    pub(crate) fn at(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }
    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }
    pub(crate) fn grown(&self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }
    pub(crate) fn contains(&self, (x, y): Pt) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
    pub(crate) fn corners(&self) -> [Pt; 4] {
        [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
    }

    /// The part of a segment inside (Liang & Barsky 1984).
    pub(crate) fn clip(&self, (a, b): (Pt, Pt)) -> Option<(Pt, Pt)> {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (p, q) in [(-dx, a.0 - self.left), (dx, self.right - a.0), (-dy, a.1 - self.top), (dy, self.bottom - a.1)] {
            if p == 0.0 {
                if q < 0.0 {
                    return None;
                }
            } else if p < 0.0 {
                enter = enter.max(q / p);
            } else {
                leave = leave.min(q / p);
            }
        }
        let along = |t: f64| (a.0 + t * dx, a.1 + t * dy);
        (enter <= leave)
            .then(|| (if enter > 0.0 { along(enter) } else { a }, if leave < 1.0 { along(leave) } else { b }))
    }

    /// The parts of a polyline inside.
    pub(crate) fn clip_line(&self, line: &[Pt]) -> Vec<Vec<Pt>> {
        let mut parts: Vec<Vec<Pt>> = Vec::new();
        for pair in line.windows(2) {
            let Some((a, b)) = self.clip((pair[0], pair[1])) else { continue };
            match parts.last_mut() {
                Some(part) if part.last() == Some(&a) => part.push(b),
                _ => parts.push(vec![a, b]),
            }
        }
        parts
    }

    /// The part of a polygon inside (Sutherland & Hodgman 1974).
    pub(crate) fn clip_area(&self, area: &[Pt]) -> Vec<Pt> {
        let sides: [&dyn Fn(Pt) -> f64; 4] =
            [&|p| p.0 - self.left, &|p| self.right - p.0, &|p| p.1 - self.top, &|p| self.bottom - p.1];
        sides.iter().fold(area.to_vec(), |area, inside| {
            let mut kept = Vec::with_capacity(area.len() + 2);
            for (i, &b) in area.iter().enumerate() {
                let a = area[(i + area.len() - 1) % area.len()];
                let (da, db) = (inside(a), inside(b));
                if (da < 0.0) != (db < 0.0) {
                    let t = da / (da - db);
                    kept.push((a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1)));
                }
                if db >= 0.0 {
                    kept.push(b);
                }
            }
            kept
        })
    }
}

/// Cuts a polyline into the strokes of a dash pattern (on, off, on, off, …). An empty pattern is a solid line.
pub(crate) fn dash(line: &[Pt], pattern: &[f64]) -> Vec<Vec<Pt>> {
    if pattern.is_empty() || pattern.iter().sum::<f64>() <= 0.0 {
        return vec![line.to_vec()];
    }
    let Some(&first) = line.first() else { return Vec::new() };
    let mut strokes = Vec::new();
    let (mut phase, mut left, mut stroke) = (0, pattern[0], vec![first]);
    for pair in line.windows(2) {
        let ((mut x, mut y), (bx, by)) = (pair[0], pair[1]);
        loop {
            let rest = libm::hypot(bx - x, by - y);
            if rest <= left {
                left -= rest;
                stroke.push((bx, by));
                break;
            }
            (x, y) = (x + (bx - x) * left / rest, y + (by - y) * left / rest);
            stroke.push((x, y));
            if phase % 2 == 0 {
                strokes.push(std::mem::take(&mut stroke));
            }
            stroke = vec![(x, y)];
            phase = (phase + 1) % pattern.len();
            left = pattern[phase];
        }
    }
    if phase % 2 == 0 && stroke.len() > 1 {
        strokes.push(stroke);
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn clipping_lines() {
        assert_eq!(UNIT.clip_line(&[(1.0, 1.0), (2.0, 2.0)]), [[(1.0, 1.0), (2.0, 2.0)]]);
        assert_eq!(UNIT.clip_line(&[(-5.0, 5.0), (15.0, 5.0)]), [[(0.0, 5.0), (10.0, 5.0)]]);
        assert_eq!(UNIT.clip_line(&[(5.0, 5.0), (5.0, 20.0), (7.0, 20.0), (7.0, 5.0)]).len(), 2);
        assert!(UNIT.clip_line(&[(-1.0, -1.0), (-2.0, 5.0)]).is_empty());
        assert!(UNIT.clip_line(&[(1.0, 1.0)]).is_empty());
        assert!(UNIT.clip_line(&[]).is_empty());
    }

    #[test]
    fn clipping_areas() {
        let big = Rect { left: -5.0, top: -5.0, right: 15.0, bottom: 15.0 };
        let cut = UNIT.clip_area(&big.corners());
        assert!(cut.iter().all(|p| UNIT.grown(1e-9).contains(*p)) && cut.len() == 4);
        assert!(UNIT.clip_area(&Rect::at(20.0, 0.0, 5.0, 5.0).corners()).is_empty());
        assert!(UNIT.clip_area(&[]).is_empty());
    }

    #[test]
    fn dashing_keeps_the_length_drawn() {
        let line = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)];
        assert_eq!(dash(&line, &[]), [line]);
        let strokes = dash(&line, &[3.0, 2.0]);
        assert_eq!(strokes.len(), 4);
        assert_eq!(strokes[0], [(0.0, 0.0), (3.0, 0.0)]);
        assert!(dash(&[], &[3.0, 2.0]).is_empty());
        assert_eq!(dash(&[(0.0, 0.0), (1.0, 0.0)], &[3.0, 2.0]).len(), 1);
    }
}
