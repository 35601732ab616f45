//! The figures of a study of cases from the field: what the kept draws foretell, and what was published. One figure a case.

use super::rows::{PredictiveRow, PublishedRow};
use crate::shared::cells::distinct;
use crate::{Folder, ShowError};
use hydranet_charts::{
    Axis, Chart, ChartError, Curves, Joining, LegendPlace, Named, Paint, Panel, Point, Preset, Series, Width, literal,
};

/// One figure a case; one panel an observable: from the tables in its folder.
pub(super) fn figures(folder: &Folder, width: Option<Width>) -> Result<Vec<Named>, ShowError> {
    let (predictive, published) =
        (folder.rows::<PredictiveRow>("predictive")?, folder.rows::<PublishedRow>("published")?);
    Ok(draw(&folder.run.title, &predictive, &published, width)?)
}

/// `width` overrides the width that suits each figure.
fn draw(
    title: &str,
    predictive: &[PredictiveRow],
    published: &[PublishedRow],
    width: Option<Width>,
) -> Result<Vec<Named>, ChartError> {
    let cases = distinct(predictive.iter().map(|row| row.case.as_str()));
    cases.into_iter().map(|case| figure(title, case, predictive, published, width)).collect()
}

fn figure(
    title: &str,
    case: &str,
    predictive: &[PredictiveRow],
    published: &[PublishedRow],
    width: Option<Width>,
) -> Result<Named, ChartError> {
    let course = predictive.iter().filter(|row| row.case == case);
    let observables = distinct(course.map(|row| row.observable.as_str()));
    let days = predictive.iter().filter(|row| row.case == case).map(|row| row.day).fold(0.0, f64::max);
    let highs = predictive.iter().filter(|row| row.case == case).map(|row| row.prior_hi);
    let points = published.iter().filter(|row| row.case == case).map(|row| row.published + row.sigma);
    let top = highs.chain(points).fold(1.0, f64::max);
    let panel = |observable: &&str| Panel {
        // of `known` it is the share of the machines there are
        title: meaning(observable).to_string(),
        series: series(case, observable, predictive, published),
        marks: Vec::new(),
    };
    let curves = Curves {
        title: format!("{title}: {}", literal(case)),
        description:
            "median and 90 % band of the draws that were kept and of all draws from the prior, and what was published"
                .to_string(),
        x: Axis::linear("days").within(0.0, days),
        y: Axis::linear("share of the start").within(0.0, top * 1.02),
        columns: observables.len().min(2),
        panels: observables.iter().map(panel).collect(),
        legend: LegendPlace::Right,
    };
    let suits = if observables.len() > 1 { Width::TwoColumn } else { Width::Article };
    let preset = Preset { width: width.unwrap_or(suits), ..Preset::default() };
    Ok(Named { name: slug(case), figure: curves.draw(&preset)? })
}

fn meaning(observable: &str) -> &str {
    match observable {
        "reach" => "commanded machines",
        "online" => "machines online",
        "members" => "infected machines",
        "known" => "machines known",
        "servers" => "servers in service",
        "rebuilt" => "servers rebuilt",
        other => other,
    }
}

/// The colour of what is held against.
const PRIOR: usize = 7;

fn series(case: &str, observable: &str, predictive: &[PredictiveRow], published: &[PublishedRow]) -> Vec<Series> {
    let course = || predictive.iter().filter(|row| row.case == case && row.observable == observable);
    let prior =
        |row: &PredictiveRow| Point { x: row.day, y: row.prior_median, interval: Some((row.prior_lo, row.prior_hi)) };
    let kept = |row: &PredictiveRow| Some(Point { x: row.day, y: row.median?, interval: row.lo.zip(row.hi) });
    let line = |label: &str, slot, points| Series {
        label: label.into(),
        points,
        draw: Joining::Line,
        paint: Paint::Slot(slot),
    };
    // the prior first, so that the kept draws lie on top of it
    let mut list = vec![
        line("prior, all draws", PRIOR, course().map(prior).collect()),
        line("kept draws", 0, course().filter_map(kept).collect()),
    ];
    for (fitted, label, slot) in [(1, "published, fitted", 1), (0, "published, held out", 2)] {
        let of = |row: &&PublishedRow| row.case == case && row.observable == observable && row.fitted == fitted;
        let point = |row: &PublishedRow| {
            let interval = Some((row.published - 2.0 * row.sigma, row.published + 2.0 * row.sigma));
            Point { x: row.day, y: row.published, interval }
        };
        // a case may have none of them in one panel and some in another: the legend names all
        list.push(Series {
            label: label.into(),
            points: published.iter().filter(of).map(point).collect(),
            draw: Joining::Markers,
            paint: Paint::Slot(slot),
        });
    }
    list
}

/// A name for files: lower-case words joined by hyphens.
fn slug(label: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    let text: String = label.chars().map(word).collect();
    text.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_figure_a_case() {
        let row = |case: &str, day: f64| PredictiveRow {
            case: case.into(),
            observable: "reach".into(),
            day,
            lo: Some(0.1),
            median: (day < 3.0).then_some(0.2),
            hi: Some(0.3),
            prior_lo: 0.0,
            prior_median: 0.4,
            prior_hi: 0.9,
        };
        let point = PublishedRow {
            case: "Zeus, 2012".into(),
            observable: "reach".into(),
            day: 1.0,
            published: 0.25,
            sigma: 0.05,
            ..PublishedRow::default()
        };
        let rows = [row("Zeus, 2012", 0.0), row("Zeus, 2012", 2.0), row("Conficker", 0.0), row("Conficker", 3.0)];
        let names: Vec<_> =
            draw("t", &rows, std::slice::from_ref(&point), None).unwrap().into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["zeus-2012", "conficker"]);
        let list = series("Zeus, 2012", "reach", &rows, &[point]);
        assert_eq!(list.iter().map(|s| s.points.len()).collect::<Vec<_>>(), [2, 2, 0, 1]);
        // where nothing was kept the prior stands alone
        let list = series("Conficker", "reach", &rows, &[]);
        assert_eq!(list.iter().map(|s| s.points.len()).collect::<Vec<_>>(), [2, 1, 0, 0]);
    }
}
