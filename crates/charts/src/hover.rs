//! Where the plotted numbers stand on a figure: what an interactive page needs to tell a reader the values under a pointer.
//!
//! The numbers are the very ones of the figure's CSV; nothing is read off the drawing.

use crate::{
    axis::Ruler,
    geometry::Rect,
    palette::{SeriesStyle, class_of},
    scale::Scale,
    series::Point,
    text::unmarked,
};

/// The plotted numbers of a figure, with their places. Places are points from the upper left corner of the figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Hover {
    /// A figure whose numbers are all written out in it.
    #[default]
    Nothing,
    /// Panels of curves: values at an x.
    Curves(Vec<HoverPanel>),
    /// Boxes that each stand for one value: rows of bars, cells of a map.
    Boxes {
        /// What the values are, with their unit, without markup.
        label: String,
        /// One a value, in the order of the CSV.
        boxes: Vec<HoverBox>,
    },
}

/// One panel of curves.
#[derive(Debug, Clone, PartialEq)]
pub struct HoverPanel {
    /// Its title, without markup; empty for a lone panel.
    pub title: String,
    /// Left, top, right and bottom of its frame.
    pub frame: [f64; 4],
    /// The x axis.
    pub x: HoverAxis,
    /// The y axis.
    pub y: HoverAxis,
    /// Its curves, in drawing order.
    pub series: Vec<HoverSeries>,
}

/// From values to places. With `share = (v - lo) / (hi - lo)`, or that of logarithms, a value stands at
/// `start + share * (end - start)`; 0 on a log axis stands at `zero`.
#[derive(Debug, Clone, PartialEq)]
pub struct HoverAxis {
    /// What is shown, with its unit, without markup.
    pub label: String,
    /// Logarithmic?
    pub log: bool,
    /// Value at `start`.
    pub lo: f64,
    /// Value at `end`.
    pub hi: f64,
    /// Place of `lo`.
    pub start: f64,
    /// Place of `hi`.
    pub end: f64,
    /// Place of 0 on a log axis.
    pub zero: f64,
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct HoverSeries {
    /// Its name, without markup.
    pub label: String,
    /// Its colour, as a class of the web drawing (see [`Figure::web_svg`](crate::Figure::web_svg)).
    pub class: String,
    /// Its points, as they stand in the CSV.
    pub points: Vec<Point>,
}

/// One value and its box.
#[derive(Debug, Clone, PartialEq)]
pub struct HoverBox {
    /// Left, top, right and bottom.
    pub frame: [f64; 4],
    /// Category or row.
    pub row: String,
    /// Series or column.
    pub column: String,
    /// The value; `None` where there is none.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
}

impl HoverAxis {
    pub(crate) fn of(label: &str, ruler: &Ruler) -> Self {
        let extent = ruler.extent;
        Self {
            label: unmarked(label),
            log: extent.scale == Scale::Log,
            lo: extent.lo,
            hi: extent.hi,
            start: ruler.start,
            end: ruler.end,
            zero: ruler.zero,
        }
    }
}

impl HoverSeries {
    pub(crate) fn of(label: &str, style: SeriesStyle, points: &[Point]) -> Self {
        Self { label: unmarked(label), class: class_of(style.color).0, points: points.to_vec() }
    }
}

pub(crate) fn edges(rect: Rect) -> [f64; 4] {
    [rect.left, rect.top, rect.right, rect.bottom]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, BarSeries, BarValue, Bars, Chart, Curves, HeatMap, Panel, Preset, Series};

    /// The fields of the CSV's rows, from column `from`.
    fn fields(csv: &str, from: usize) -> Vec<Vec<Option<f64>>> {
        csv.lines().skip(1).map(|l| l.split(',').skip(from).map(|f| f.parse().ok()).collect()).collect()
    }

    #[test]
    fn curves_carry_the_numbers_of_the_csv_where_they_are_drawn() {
        let point = |x: f64| Point { x, y: x * x, interval: (x > 2.0).then_some((0.0, x)) };
        let series = |label: &str| Series {
            label: label.into(),
            points: (1..=4).map(|i| point(f64::from(i))).collect(),
            ..Series::default()
        };
        let chart = Curves {
            x: Axis::log("removed, *q*"),
            y: Axis::linear("y").within(0.0, 16.0),
            panels: vec![Panel { title: "p".into(), series: vec![series("a"), series("*b*")], ..Panel::default() }],
            ..Curves::default()
        };
        let figure = chart.draw(&Preset::default()).unwrap();
        let Hover::Curves(panels) = figure.hover() else { panic!("curves") };
        let flat: Vec<Vec<Option<f64>>> = panels[0]
            .series
            .iter()
            .flat_map(|s| &s.points)
            .map(|p| vec![Some(p.x), Some(p.y), p.interval.map(|i| i.0), p.interval.map(|i| i.1)])
            .collect();
        assert_eq!(flat, fields(figure.csv(), 2));
        assert_eq!((panels[0].series[1].label.as_str(), panels[0].x.label.as_str()), ("b", "removed, q"));
        // the axis leads to where the top of the y axis is: the last point
        let [_, top, right, bottom] = panels[0].frame;
        assert_eq!((panels[0].y.start, panels[0].y.end), (bottom, top));
        assert!(panels[0].x.log && panels[0].x.end == right);
    }

    #[test]
    fn boxes_carry_the_numbers_of_the_csv() {
        let estimate = |value| Some(BarValue { value, interval: Some((value - 0.1, value + 0.1)) });
        let bars = Bars {
            categories: vec!["one".into(), "two".into()],
            series: vec![
                BarSeries { label: "s".into(), values: vec![estimate(0.5), None] },
                BarSeries { label: "t".into(), values: vec![estimate(0.25), estimate(0.75)] },
            ],
            ..Bars::default()
        };
        let figure = bars.draw(&Preset::default()).unwrap();
        let Hover::Boxes { boxes, .. } = figure.hover() else { panic!("boxes") };
        let flat: Vec<Vec<Option<f64>>> =
            boxes.iter().map(|b| vec![b.value, b.interval.map(|i| i.0), b.interval.map(|i| i.1)]).collect();
        assert_eq!(flat, fields(figure.csv(), 2));
        assert!(boxes.windows(2).all(|pair| pair[0].frame[1] < pair[1].frame[1]), "{boxes:?}");

        let map = HeatMap {
            rows: vec!["a".into()],
            columns: vec!["x".into(), "y".into()],
            cells: vec![vec![Some(1.0), None]],
            ..HeatMap::default()
        };
        let figure = map.draw(&Preset::default()).unwrap();
        let Hover::Boxes { boxes, .. } = figure.hover() else { panic!("boxes") };
        let values: Vec<Vec<Option<f64>>> = boxes.iter().map(|b| vec![b.value]).collect();
        assert_eq!(values, fields(figure.csv(), 2));
    }
}
