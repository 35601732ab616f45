//! Whole figures: what every chart kind must keep, whatever the data.

use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::{
    canvas::Element,
    geometry::{Pt, Rect},
    palette::WHITE,
    preset::size,
    *,
};

fn at(x: f64, y: f64) -> Point {
    Point { x, y, interval: None }
}

fn curve(label: &str, points: Vec<Point>) -> Series {
    Series { label: label.into(), points, ..Series::default() }
}

fn falling(label: &str, end: f64) -> Series {
    let point = |i: i32| {
        let x = f64::from(i) / 40.0;
        let y = (1.0 - x / end).max(0.0);
        Point { x, y, interval: Some((y - 0.02, y + 0.02)) }
    };
    curve(label, (0..=40).map(point).collect())
}

fn curves(panels: usize, series: usize) -> Curves {
    let panel = |p: usize| Panel {
        title: format!("strategy {p}"),
        series: (0..series).map(|s| falling(&format!("topology {s}"), 0.3 + 0.7 * s as f64 / series as f64)).collect(),
        marks: vec![],
    };
    Curves {
        x: Axis::linear("fraction of nodes removed, *f*").within(0.0, 1.0),
        y: Axis::linear("command reach").within(0.0, 1.0),
        columns: 2,
        panels: (0..panels).map(panel).collect(),
        ..Curves::default()
    }
}

fn bars(form: BarForm, value: Axis) -> Bars {
    let estimate = |i: usize| BarValue { value: 0.1 * i as f64, interval: Some((0.08 * i as f64, 0.12 * i as f64)) };
    let values = || (0..4).map(|i| (i != 2).then(|| estimate(i))).collect();
    Bars {
        value,
        categories: ["beacon", "linked servers", "Barabási–Albert, *m* = 4", "Kademlia"].map(Into::into).into(),
        series: ["random", "degree"].map(|label| BarSeries { label: label.into(), values: values() }).into(),
        form,
        numbers: Numbers::Shown,
        ..Bars::default()
    }
}

fn degrees(form: DegreeForm) -> Degrees {
    let network = |label: &str, counts: &[(u64, u64)]| DegreeCounts {
        label: label.into(),
        counts: counts.iter().copied().collect(),
    };
    Degrees {
        networks: vec![
            network("regular", &[(8, 1000)]),
            network("heavy", &[(0, 3), (1, 700), (10, 250), (100, 40), (1000, 7)]),
            network("empty", &[]),
        ],
        form,
        ..Degrees::default()
    }
}

fn heat() -> HeatMap {
    HeatMap {
        rows: ["beacon", "linked servers", "Barabási–Albert, *m* = 4"].map(Into::into).into(),
        columns: ["random", "adaptive degree"].map(Into::into).into(),
        cells: vec![vec![Some(0.0), None], vec![Some(0.31), Some(f64::NAN)], vec![Some(0.25), Some(0.5)]],
        value: Axis::linear("robustness, *R*"),
        ..HeatMap::default()
    }
}

/// All kinds, each in a form or two.
fn kinds() -> Vec<(&'static str, Box<dyn Chart>)> {
    vec![
        ("one panel", Box::new(curves(1, 4))),
        ("four panels", Box::new(curves(4, 7))),
        ("three panels", Box::new(curves(3, 7))),
        ("fourteen series", Box::new(curves(1, 14))),
        ("legend beside", Box::new(Curves { legend: LegendPlace::Right, ..curves(1, 5) })),
        ("dots", Box::new(bars(BarForm::Dots, Axis::linear("robustness, *R*")))),
        ("log dots", Box::new(bars(BarForm::Dots, Axis::log("robustness, *R*")))),
        ("bars", Box::new(bars(BarForm::Bars, Axis::linear("robustness, *R*")))),
        ("distribution", Box::new(degrees(DegreeForm::Ccdf))),
        ("density", Box::new(degrees(DegreeForm::Density { bins_per_decade: 5 }))),
        ("heat map", Box::new(heat())),
    ]
}

/// No text leaves the page or touches another.
fn check_texts(name: &str, figure: &Figure) {
    let page = Rect::at(0.0, 0.0, figure.width(), figure.height());
    let texts = &figure.canvas.texts;
    for (i, (text, rect)) in texts.iter().enumerate() {
        let inside = page.contains((rect.left, rect.top)) && page.contains((rect.right, rect.bottom));
        assert!(inside, "{name}: `{text}` leaves the page: {rect:?} of {page:?}");
        for (other, its) in &texts[..i] {
            assert!(!rect.grown(-0.3).overlaps(&its.grown(-0.3)), "{name}: `{text}` {rect:?} covers `{other}` {its:?}");
        }
    }
}

#[test]
fn texts_keep_clear_of_each_other() {
    for (name, chart) in kinds() {
        for width in [Width::IeeeColumn, Width::Article, Width::TwoColumn] {
            for family in [Family::Sans, Family::Serif] {
                let figure = chart.draw(&Preset { width, family, height: Height::Auto }).unwrap();
                check_texts(&format!("{name}, {width:?}, {family:?}"), &figure);
            }
        }
    }
}

#[test]
fn labels_are_drawn_once() {
    let figure = curves(4, 7).draw(&Preset { width: Width::TwoColumn, ..Preset::default() }).unwrap();
    let count = |label: &str| figure.texts().filter(|text| *text == label).count();
    for series in 0..7 {
        assert_eq!(count(&format!("topology {series}")), 1, "one legend for all panels");
    }
    assert_eq!(count("(b) strategy 1"), 1);
    assert_eq!(count("fraction of nodes removed, f"), 1);
    assert_eq!(count("command reach"), 1);
    assert_eq!(count("0.4"), 4, "tick labels of the outer panels only");
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for (name, chart) in kinds() {
        let render = || chart.draw(&Preset::default()).unwrap().render("spec 1234, seed 7").unwrap();
        let (a, b) = (render(), render());
        assert!(a == b, "{name}");
        assert!(a.svg.contains("<metadata>spec 1234, seed 7</metadata>"), "{name}");
        assert!(!a.svg.contains("<text"), "{name}: text is outlined");
        assert!(a.csv.lines().count() > 1, "{name}");
    }
}

#[test]
fn files_have_the_size_of_the_preset() {
    for (width, points) in [(Width::IeeeColumn, 252.0), (Width::Article, 345.0), (Width::TwoColumn, 516.0)] {
        let preset = Preset { width, height: Height::Points(200.0), family: Family::Sans };
        let figure = curves(1, 3).draw(&preset).unwrap();
        assert_eq!((figure.width(), figure.height()), (points, 200.0));
        let files = figure.render("").unwrap();
        assert!(files.pdf.starts_with(b"%PDF"));
        let page = format!("/MediaBox[0 0 {points} 200]");
        assert!(files.pdf.windows(page.len()).any(|part| part == page.as_bytes()), "{page}");
        let embedded = b"/FontFile2";
        assert!(files.pdf.windows(embedded.len()).any(|part| part == embedded), "fonts are embedded");
        assert!(files.svg.starts_with(&format!("<svg width=\"{points}pt\" height=\"200pt\"")), "{}", &files.svg[..80]);
        let pixels = |points: f64| ((points / 72.0 * DPI).round() as u32).to_be_bytes();
        assert_eq!(files.png[16..24], [pixels(points), pixels(200.0)].concat());
    }
}

#[test]
fn provenance_is_escaped() {
    let files = curves(1, 1).draw(&Preset::default()).unwrap().render("a < b & c > d").unwrap();
    assert!(files.svg.contains("a &lt; b &amp; c &gt; d"));
}

#[test]
fn missing_glyphs_are_seen() {
    let mut chart = curves(1, 2);
    chart.panels[0].series[0].label = "零 Zeus".into();
    let figure = chart.draw(&Preset::default()).unwrap();
    assert!(figure.texts().any(|text| text == "\u{FFFD} Zeus"));
}

#[test]
fn missing_and_zero_bars_differ() {
    let figure = bars(BarForm::Bars, Axis::linear("R")).draw(&Preset::default()).unwrap();
    assert_eq!(figure.texts().filter(|text| *text == "n/a").count(), 2);
    assert_eq!(figure.texts().filter(|text| *text == "0").count(), 2);
}

#[test]
fn empty_panels_say_so() {
    let mut chart = curves(2, 2);
    chart.panels[1].series = vec![curve("nothing", vec![]), curve("nan", vec![at(0.5, f64::NAN), at(f64::NAN, 0.5)])];
    let figure = chart.draw(&Preset::default()).unwrap();
    assert_eq!(figure.texts().filter(|text| *text == "no data").count(), 1);
}

#[test]
fn zero_has_its_place_on_a_log_axis() {
    let steps =
        Series { draw: Joining::StepsAfter, ..curve("beacon", vec![at(0.0, 1.0), at(1.0, 0.0), at(1000.0, 0.0)]) };
    let chart = Curves {
        x: Axis::log("seizures, *q*"),
        y: Axis::linear("reach"),
        panels: vec![Panel { series: vec![steps], ..Panel::default() }],
        ..Curves::default()
    };
    let figure = chart.draw(&Preset::default()).unwrap();
    assert!(figure.texts().any(|text| text == "0") && figure.texts().any(|text| text == "103"));
}

#[test]
fn errors() {
    let preset = Preset::default();
    let nothing = |chart: &dyn Chart, what: &str| {
        assert!(matches!(chart.draw(&preset), Err(ChartError::Nothing { what: w }) if w == what), "{what}");
    };
    nothing(&Curves::default(), "panel");
    nothing(&Bars::default(), "category");
    nothing(&Bars { series: vec![], ..bars(BarForm::Dots, Axis::linear("R")) }, "series");
    nothing(&Degrees::default(), "network");
    nothing(&HeatMap::default(), "row");
    nothing(&HeatMap { columns: vec![], ..heat() }, "column");
    let mut ragged = heat();
    ragged.cells[1].pop();
    let error = ragged.draw(&preset).unwrap_err();
    assert_eq!(error.to_string(), "`linked servers` has 1 values, expected 2: use `None` where a value is missing");
    let mut short = bars(BarForm::Dots, Axis::linear("R"));
    short.categories.push("one more".into());
    assert!(matches!(short.draw(&preset), Err(ChartError::Length { found: 4, expected: 5, .. })));
    for (name, chart) in kinds() {
        let low = Preset { height: Height::Points(30.0), ..preset };
        assert!(matches!(chart.draw(&low), Err(ChartError::Room { axis: "height", .. })), "{name}");
        let nan = Preset { height: Height::Points(f64::NAN), ..preset };
        assert!(matches!(chart.draw(&nan), Err(ChartError::Room { .. })), "{name}");
        let narrow = Preset { width: Width::Points(20.0), ..preset };
        assert!(matches!(chart.draw(&narrow), Err(ChartError::Width { .. })), "{name}");
    }
    assert!(matches!(
        curves(4, 2).draw(&Preset { width: Width::Points(100.0), ..preset }),
        Err(ChartError::Room { axis: "width", .. })
    ));
}

/// The white box of a legend inside a panel, and the data lines drawn before it.
fn legend_and_lines(figure: &Figure) -> Option<(Rect, Vec<Vec<Pt>>)> {
    let elements = &figure.canvas.elements;
    let is_box = |e: &Element| matches!(e, Element::Area { points, color, .. } if *color == WHITE && points.len() == 4);
    let last = elements.iter().rposition(is_box)?;
    let Element::Area { points, .. } = &elements[last] else { return None };
    let rect = Rect { left: points[0].0, top: points[0].1, right: points[2].0, bottom: points[2].1 };
    let lines = elements[..last].iter().filter_map(|e| match e {
        Element::Stroke { points, pen } if pen.width == size::LINE => Some(points.clone()),
        _ => None,
    });
    Some((rect, lines.collect()))
}

#[test]
fn a_legend_covers_no_curve_if_a_corner_is_free() {
    for (ys, right, upper) in [
        ([1.0, 0.0, 0.0], true, true),
        ([0.0, 0.0, 1.0], true, false),
        ([1.0, 1.0, 0.0], true, true),
        ([0.0, 1.0, 1.0], true, false),
    ] {
        let points = [0.0, 0.5, 1.0].into_iter().zip(ys).map(|(x, y)| at(x, y)).collect();
        let mut chart = curves(1, 0);
        chart.panels[0].series = vec![curve("a curve", points)];
        let figure = chart.draw(&Preset::default()).unwrap();
        let (rect, lines) = legend_and_lines(&figure).expect("a corner is free");
        assert_eq!((rect.left > 172.0, rect.bottom < 120.0), (right, upper), "{ys:?}: {rect:?}");
        assert!(!lines.is_empty());
        for pair in lines.iter().flat_map(|line| line.windows(2)) {
            assert!(rect.clip((pair[0], pair[1])).is_none(), "{ys:?}");
        }
    }
}

#[test]
fn a_legend_to_the_right_loses_no_entry() {
    for series in [5, 12, 13, 20, 40] {
        let chart = Curves { legend: LegendPlace::Right, ..curves(1, series) };
        let figure = chart.draw(&Preset { width: Width::Article, ..Preset::default() }).unwrap();
        let label = |s: usize| format!("topology {s}");
        let shown = |s: usize| {
            let at = figure.canvas.texts.iter().find(|(text, _)| *text == label(s));
            at.is_some_and(|(_, rect)| rect.top > 0.0 && rect.bottom < figure.height)
        };
        let lost: Vec<usize> = (0..series).filter(|s| !shown(*s)).collect();
        assert!(lost.is_empty(), "{lost:?} of {series}");
    }
}

#[test]
fn long_labels_of_marks_stay_on_the_page() {
    for label in ["a label of a mark that is longer than its panel".into(), "l".repeat(200)] {
        for x in [0.0, 0.5, 1.0] {
            let mut chart = curves(3, 1);
            chart.columns = 3;
            for panel in &mut chart.panels {
                panel.marks = vec![Mark { x, label: label.clone() }];
            }
            let figure = chart.draw(&Preset { width: Width::TwoColumn, ..Preset::default() }).unwrap();
            for (text, rect) in &figure.canvas.texts {
                assert!(rect.left > size::BORDER - 0.1 && rect.right < 516.0 - size::BORDER + 0.1, "{text}: {rect:?}");
            }
        }
    }
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -1.0..2.0_f64,
        2 => 0.0..1e6_f64,
        1 => prop::sample::select(vec![0.0, -0.0, 1.0, f64::NAN, f64::INFINITY, -1e300, 1e300, 1e-300, f64::MIN_POSITIVE]),
    ]
}

fn any_series() -> impl Strategy<Value = Series> {
    let draws =
        vec![Joining::LineAndMarkers, Joining::Line, Joining::Markers, Joining::StepsAfter, Joining::StepsBefore];
    let point = (number(), number(), prop::option::of((number(), number())));
    let points = prop::collection::vec(point.prop_map(|(x, y, interval)| Point { x, y, interval }), 0..40);
    ("\\PC{0,30}", points, prop::sample::select(draws)).prop_map(|(label, points, draw)| Series {
        label,
        points,
        draw,
        paint: Paint::Auto,
    })
}

fn axis() -> impl Strategy<Value = Axis> {
    let scale = prop::sample::select(vec![Scale::Linear, Scale::Log]);
    let zero = prop::sample::select(vec![Zero::Slot, Zero::Edge]);
    ("\\PC{0,40}", scale, zero).prop_map(|(label, scale, zero)| Axis { label, scale, zero, range: Range::Data })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn curves_never_panic(
        panels in prop::collection::vec(prop::collection::vec(any_series(), 0..6), 1..5),
        x in axis(), y in axis(), columns in 0_usize..4, mark in number(), title in "\\PC{0,40}",
    ) {
        let marks = vec![Mark { x: mark, label: title.clone() }, Mark { x: 0.5, label: "half".into() }];
        let panels = panels.into_iter().map(|series| Panel { title: title.clone(), series, marks: marks.clone() });
        let chart = Curves { x, y, columns, panels: panels.collect(), ..Curves::default() };
        if let Ok(figure) = chart.draw(&Preset { width: Width::TwoColumn, ..Preset::default() }) {
            let svg = figure.canvas.to_svg(figure.width(), figure.height()).unwrap();
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
            for (text, rect) in &figure.canvas.texts {
                prop_assert!(rect.left > -0.1 && rect.right < 516.1, "`{}` {:?}", text, rect);
            }
        }
    }

    #[test]
    fn bars_and_heat_maps_never_panic(
        values in prop::collection::vec(prop::collection::vec(prop::option::of((number(), number(), number())), 3), 1..5),
        value in axis(), names in prop::collection::vec("\\PC{0,60}", 3), form in prop::sample::select(vec![BarForm::Dots, BarForm::Bars]),
    ) {
        let estimate = |v: Option<(f64, f64, f64)>| v.map(|(value, lo, hi)| BarValue { value, interval: Some((lo, hi)) });
        let series = values.iter().map(|row| BarSeries {
            label: names[0].clone(),
            values: row.iter().copied().map(estimate).collect(),
        });
        let bars = Bars {
            value: value.clone(), categories: names.clone(), series: series.collect(), form, numbers: Numbers::Shown, ..Bars::default()
        };
        let rows = (0..values.len()).map(|i| format!("row {i}")).collect();
        let cells = values.iter().map(|row| row.iter().map(|v| v.map(|v| v.0)).collect()).collect();
        let heat = HeatMap { rows, columns: names, cells, value, ..HeatMap::default() };
        for chart in [&bars as &dyn Chart, &heat] {
            if let Ok(figure) = chart.draw(&Preset::default()) {
                let svg = figure.canvas.to_svg(figure.width(), figure.height()).unwrap();
                prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
            }
        }
    }

    #[test]
    fn degrees_never_panic(counts in prop::collection::btree_map(0_u64..100_000, 0_u64..1_000_000, 0..20)) {
        for form in [DegreeForm::Ccdf, DegreeForm::Density { bins_per_decade: 7 }] {
            let counts: BTreeMap<u64, u64> = counts.clone();
            let chart = Degrees { networks: vec![DegreeCounts { label: "x".into(), counts }], form, ..Degrees::default() };
            chart.draw(&Preset::default()).unwrap();
        }
    }
}
