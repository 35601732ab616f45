//! The figures of a finite-size study: thresholds against size, and what scales with it, with the fitted laws.

use super::rows::{ExponentRow, PointRow};
use crate::shared::cells::distinct;
use crate::{Folder, ShowError};
use hydranet_charts::{
    Axis, Chart, ChartError, Curves, Joining, LegendPlace, Named, Paint, Panel, Point, Preset, Series, Width, literal,
};

/// The figures of a finite-size study, from the points and laws in its folder.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    let (points, laws) = (folder.rows::<PointRow>("points")?, folder.rows::<ExponentRow>("exponents")?);
    Ok(draw(&folder.run.title, &points, &laws, width)?)
}

fn draw(
    title: &str,
    points: &[PointRow],
    laws: &[ExponentRow],
    width: Option<Width>,
) -> Result<Vec<Named>, ChartError> {
    let preset = Preset { width: width.unwrap_or(Width::Article), ..Preset::default() };
    let families = distinct(points.iter().map(|p| p.family.as_str()));
    let chart = |what: &str, y: Axis, series: Vec<Series>| Curves {
        title: title.into(),
        description: format!("{what} against the number of nodes, one series a family"),
        x: Axis::log("nodes, *N*"),
        y,
        columns: 1,
        panels: vec![Panel { series, ..Panel::default() }],
        legend: LegendPlace::Auto,
    };
    let of = |family: &str, metric: &str, label: String, draw: Joining, slot: usize| Series {
        label,
        points: points
            .iter()
            .filter(|p| p.family == family && p.metric == metric && p.mean > 0.0)
            .map(|p| Point { x: p.size as f64, y: p.mean, interval: p.lo.zip(p.hi).filter(|i| i.0 > 0.0) })
            .collect(),
        draw,
        paint: Paint::Slot(slot),
    };
    let mut list = Vec::new();
    let thresholds = families.iter().enumerate().flat_map(|(slot, family)| {
        let measured = of(family, "f_c", literal(family), Joining::Markers, slot);
        let mut exact = of(family, "limit", String::new(), Joining::Line, slot);
        exact.points.iter_mut().for_each(|p| p.interval = None);
        [measured, exact]
    });
    let y = Axis::linear("threshold, *f*_{c}").within(0.0, 1.0);
    list.push(Named { name: "thresholds".into(), figure: chart("threshold", y, thresholds.collect()).draw(&preset)? });
    for (metric, label) in [
        ("shift", "shift, |*f*_{c} − *f*_{c}(*N*)|"),
        ("width", "width, standard deviation of *f*_{c}(*N*)"),
        ("susceptibility", "susceptibility peak, *χ* (nodes)"),
        ("second", "second component peak, *S*_{2} (nodes)"),
    ] {
        let mut series = Vec::new();
        for (slot, family) in families.iter().enumerate() {
            let law = laws.iter().find(|l| l.family == *family && l.metric == metric);
            let label = match law {
                Some(l) => format!("{}: {:.3} ± {:.3}", literal(family), l.exponent, (l.hi - l.lo) / 2.0),
                None => literal(family),
            };
            let measured = of(family, metric, label, Joining::Markers, slot);
            if measured.points.is_empty() {
                continue;
            }
            if let Some(l) = law {
                let largest = measured.points.iter().map(|p| p.x).fold(l.from as f64, f64::max);
                let at = |x: f64| Point { x, y: l.prefactor * libm::pow(x, l.exponent), interval: None };
                let points = vec![at(l.from as f64), at(largest)];
                series.push(Series { points, draw: Joining::Line, paint: Paint::Slot(slot), ..Series::default() });
            }
            series.push(measured);
        }
        if !series.is_empty() {
            list.push(Named { name: metric.into(), figure: chart(metric, Axis::log(label), series).draw(&preset)? });
        }
    }
    Ok(list)
}
