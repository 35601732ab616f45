//! One series inside a frame: band, line, markers, and what of it a legend must not cover.

use crate::{
    axis::Ruler,
    canvas::{Canvas, Pen},
    frame::Frame,
    geometry::{Pt, Rect},
    legend::Obstacles,
    marker,
    palette::SeriesStyle,
    preset::size,
    scale::Scale,
    series::{Joining, Point, Series},
};

/// A series on paper.
#[derive(Debug)]
pub(crate) struct Trace {
    style: SeriesStyle,
    draw: Joining,
    width: f64,
    /// Runs of points without a gap.
    runs: Vec<Vec<Pt>>,
    /// Upper and lower edge of each band.
    bands: Vec<(Vec<Pt>, Vec<Pt>)>,
    /// Ends of an interval and the point in it.
    whiskers: Vec<((Pt, Pt), Pt)>,
    /// Where 0 lies on a log axis that has no place for it: points there are off the scale and get no marker.
    off: (Option<f64>, Option<f64>),
}

impl Trace {
    pub(crate) fn new(frame: &Frame, series: &Series, style: SeriesStyle) -> Self {
        let (points, draw, width) = (&series.points, series.draw, series.line_width());
        let mut trace = Self { style, draw, width, runs: vec![], bands: vec![], whiskers: vec![], off: (None, None) };
        let off = |ruler: &Ruler| (ruler.extent.scale == Scale::Log && !ruler.extent.slot).then_some(ruler.zero);
        let zero = |values: &dyn Fn(&Point) -> f64| points.iter().any(|p| values(p) == 0.0);
        trace.off = (off(&frame.x).filter(|_| zero(&|p| p.x)), off(&frame.y).filter(|_| zero(&|p| p.y)));
        for run in points.split(|p| frame.at(p.x, p.y).is_none()).filter(|run| !run.is_empty()) {
            trace.runs.push(run.iter().filter_map(|p| frame.at(p.x, p.y)).collect());
        }
        // an end of an interval at or below 0 has no place on a log axis: there the band runs to the edge
        let edge = |x: f64, y: f64| {
            let y = if frame.y.extent.scale == Scale::Log && y <= 0.0 { frame.y.zero } else { frame.y.at(y)? };
            Some((frame.x.at(x)?, y))
        };
        let ends = |p: &Point| {
            let (lo, hi) = p.interval?;
            frame.at(p.x, p.y)?;
            Some((edge(p.x, hi)?, edge(p.x, lo)?))
        };
        if draw == Joining::Markers {
            trace.whiskers = points.iter().filter_map(|p| Some((ends(p)?, frame.at(p.x, p.y)?))).collect();
        } else {
            for run in points.split(|p| ends(p).is_none()).filter(|run| run.len() > 1) {
                let (hi, lo): (Vec<Pt>, Vec<Pt>) = run.iter().filter_map(ends).unzip();
                trace.bands.push((path(&hi, draw), path(&lo, draw)));
            }
        }
        trace
    }

    /// Whether no point has a place.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    pub(crate) fn draw_band(&self, canvas: &mut Canvas, clip: &Rect, obstacles: &mut Obstacles) {
        for (upper, lower) in &self.bands {
            let area: Vec<Pt> = upper.iter().chain(lower.iter().rev()).copied().collect();
            let area = clip.clip_area(&area);
            canvas.area(&area, self.style.color, 0.18);
            obstacles.area(&area);
        }
    }

    pub(crate) fn draw_line(&self, canvas: &mut Canvas, clip: &Rect, obstacles: &mut Obstacles) {
        let pen = Pen { color: self.style.color, width: self.width };
        for &(ends, middle) in &self.whiskers {
            if let Some((a, b)) = clip.clip(ends) {
                marker::whisker(canvas, (a, b), middle, Pen { width: size::THIN, ..pen });
                obstacles.line(&[a, b]);
            }
        }
        if self.draw == Joining::Markers {
            return;
        }
        for run in &self.runs {
            if let [only] = run[..]
                && clip.grown(0.1).contains(only)
            {
                canvas.disc(only, self.width * 0.8, self.style.color);
            }
            // lines along the frame's edge are cut in half by it, so they get half their width more room
            for part in clip.grown(self.width / 2.0).clip_line(&path(&thin(run), self.draw)) {
                canvas.dashed(&part, pen, self.style.dash);
                obstacles.line(&part);
            }
        }
    }

    /// Markers of the series number `index` of `count`: each series starts elsewhere, so that curves that lie on each other
    /// all show.
    pub(crate) fn draw_markers(
        &self,
        canvas: &mut Canvas,
        clip: &Rect,
        (index, count): (usize, usize),
        obstacles: &mut Obstacles,
    ) {
        if self.draw == Joining::Line {
            return;
        }
        let mut all: Vec<Pt> = self.runs.concat();
        all.retain(|at| Some(at.0) != self.off.0 && Some(at.1) != self.off.1);
        let chosen = if self.draw == Joining::Markers { (0..all.len()).collect() } else { spread(&all, index, count) };
        // what lies on the floor has said all with its first marker there
        let floor = |i: usize| all.get(i).is_none_or(|at| (at.1 - clip.bottom).abs() < 0.4);
        let lying = |i: &usize| *i > 0 && floor(i - 1) && floor(*i) && floor(i + 1);
        let chosen: Vec<usize> = chosen.into_iter().filter(|i| self.draw == Joining::Markers || !lying(i)).collect();
        for at in chosen.into_iter().map(|i| all[i]).filter(|at| clip.grown(0.1).contains(*at)) {
            marker::mark(canvas, at, self.style);
            obstacles.boxes.push(Rect::at(at.0, at.1, 0.0, 0.0).grown(size::MARKER + 1.0));
        }
    }
}

/// The way from point to point.
fn path(points: &[Pt], draw: Joining) -> Vec<Pt> {
    let corner = |a: Pt, b: Pt| match draw {
        Joining::StepsAfter => Some((b.0, a.1)),
        Joining::StepsBefore => Some((a.0, b.1)),
        _ => None,
    };
    let mut path: Vec<Pt> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        path.extend(corner(pair[0], pair[1]).filter(|c| *c != pair[0] && *c != pair[1]));
        path.push(pair[1]);
    }
    path
}

/// Leaves out points that cannot be told apart on paper: of each fifth of a point across, the first, lowest, highest and last.
fn thin(run: &[Pt]) -> Vec<Pt> {
    const CELL: f64 = 0.2;
    if run.len() < 1500 {
        return run.to_vec();
    }
    let mut kept = Vec::new();
    for cell in run.chunk_by(|a, b| (a.0 / CELL).floor() == (b.0 / CELL).floor()) {
        let by_height = |a: &&usize, b: &&usize| cell[**a].1.total_cmp(&cell[**b].1);
        let all: Vec<usize> = (0..cell.len()).collect();
        let (low, high) = (all.iter().min_by(by_height), all.iter().max_by(by_height));
        let mut chosen = vec![0, low.copied().unwrap_or(0), high.copied().unwrap_or(0), cell.len() - 1];
        chosen.sort_unstable();
        chosen.dedup();
        kept.extend(chosen.into_iter().map(|i| cell[i]));
    }
    kept
}

/// Which points get a marker: all of a few, else one every 34 points along the curve.
fn spread(points: &[Pt], index: usize, count: usize) -> Vec<usize> {
    const APART: f64 = 34.0;
    if points.len() <= 12 {
        return (0..points.len()).collect();
    }
    let mut chosen = Vec::new();
    let mut next = APART * index as f64 / count.max(1) as f64;
    let mut length = 0.0;
    for (i, at) in points.iter().enumerate() {
        if i > 0 {
            length += libm::hypot(at.0 - points[i - 1].0, at.1 - points[i - 1].1);
        }
        if length >= next {
            chosen.push(i);
            next += APART * (1.0 + ((length - next) / APART).floor());
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps() {
        let points = [(0.0, 0.0), (2.0, 1.0)];
        assert_eq!(path(&points, Joining::Line), points);
        assert_eq!(path(&points, Joining::StepsAfter), [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0)]);
        assert_eq!(path(&points, Joining::StepsBefore), [(0.0, 0.0), (0.0, 1.0), (2.0, 1.0)]);
        assert!(path(&[], Joining::StepsAfter).is_empty());
    }

    #[test]
    fn thinning_keeps_ends_and_extremes() {
        let mut run: Vec<Pt> = (0..100_000).map(|i| (f64::from(i) / 1000.0, 5.0)).collect();
        run[50_050].1 = -40.0;
        let kept = thin(&run);
        assert!(kept.len() < 3000 && kept.contains(&run[0]) && kept.contains(&run[99_999]));
        assert!(kept.contains(&run[50_050]));
    }

    #[test]
    fn equal_curves_get_their_markers_elsewhere() {
        let line: Vec<Pt> = (0..=200).map(|i| (f64::from(i), 0.0)).collect();
        let chosen: Vec<Vec<usize>> = (0..7).map(|i| spread(&line, i, 7)).collect();
        for a in 0..7 {
            assert!(chosen[a].len() >= 5);
            for b in 0..a {
                assert!(chosen[a].iter().all(|i| !chosen[b].contains(i)), "{a} and {b}");
            }
        }
    }
}
