//! The plotted numbers for the page's script, as compact JSON.
//!
//! Numbers have six significant digits, which is more than anybody reads off a chart; x values that several curves share are stored
//! once. A figure of more points than [`MOST`] is thinned evenly; its CSV file, which the page links, has all of them.

use crate::table::digits;
use hydranet_charts::{Figure, Hover, HoverAxis, HoverPanel, HoverSeries};
use serde_json::{Number, Value, json};

/// Points of one figure that a page carries, at most.
const MOST: usize = 6000;

/// The numbers, and for each drawing of the figure where they stand; `None` if there is nothing to point at.
pub(crate) fn json_of(drawings: &[&Figure]) -> Option<String> {
    let value = match drawings.first()?.hover() {
        Hover::Nothing => return None,
        Hover::Curves(panels) => curves(panels, drawings),
        Hover::Boxes { label, boxes } => {
            let list: Vec<Value> = boxes
                .iter()
                .map(|b| {
                    let (lo, hi) = b.interval.map_or((None, None), |(lo, hi)| (Some(lo), Some(hi)));
                    json!([b.row, b.column, number(b.value), number(lo), number(hi)])
                })
                .collect();
            let places = drawings.iter().map(|figure| match figure.hover() {
                Hover::Boxes { boxes, .. } => boxes.iter().map(|b| frame(b.frame)).collect(),
                _ => Value::Array(Vec::new()),
            });
            json!({ "k": "b", "yl": label, "b": list, "g": places.collect::<Vec<_>>() })
        }
    };
    Some(in_script(&value.to_string()))
}

/// JSON that may stand inside a script element.
pub(crate) fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn curves(panels: &[HoverPanel], drawings: &[&Figure]) -> Value {
    let all: usize = panels.iter().flat_map(|p| &p.series).map(|s| s.points.len()).sum();
    let every = all.div_ceil(MOST).max(1);
    let mut grids: Vec<Vec<Value>> = Vec::new();
    let mut series = |s: &HoverSeries| {
        let last = s.points.len().saturating_sub(1);
        let points: Vec<_> =
            (0..=last).filter(|i| i % every == 0 || *i == last).filter_map(|i| s.points.get(i)).collect();
        let xs: Vec<Value> = points.iter().map(|p| number(Some(p.x))).collect();
        let grid = grids.iter().position(|grid| *grid == xs).unwrap_or_else(|| {
            grids.push(xs);
            grids.len() - 1
        });
        let ys: Vec<Value> = points.iter().map(|p| number(Some(p.y))).collect();
        let mut object = json!({ "l": s.label, "c": s.class, "x": grid, "y": ys });
        if points.iter().any(|p| p.interval.is_some()) {
            let end =
                |pick: fn((f64, f64)) -> f64| points.iter().map(|p| number(p.interval.map(pick))).collect::<Vec<_>>();
            object["lo"] = json!(end(|i| i.0));
            object["hi"] = json!(end(|i| i.1));
        }
        object
    };
    let list: Vec<Value> = panels
        .iter()
        .map(|p| json!({ "t": p.title, "s": p.series.iter().map(&mut series).collect::<Vec<_>>() }))
        .collect();
    let place = |p: &HoverPanel| json!({ "f": frame(p.frame), "x": axis(&p.x), "y": axis(&p.y) });
    let places = drawings.iter().map(|figure| match figure.hover() {
        Hover::Curves(panels) => panels.iter().map(place).collect(),
        _ => Value::Array(Vec::new()),
    });
    let label = panels.first().map_or("", |p| p.x.label.as_str());
    let places: Vec<Value> = places.collect();
    json!({ "k": "c", "xl": label, "x": grids, "p": list, "g": places })
}

fn axis(a: &HoverAxis) -> Value {
    json!([u8::from(a.log), a.lo, a.hi, place(a.start), place(a.end), place(a.zero)])
}

fn frame(frame: [f64; 4]) -> Value {
    frame.map(place).into_iter().collect()
}

/// A tenth of a point is near enough for a pointer.
fn place(points: f64) -> Value {
    ((points * 10.0).round() / 10.0).into()
}

fn number(value: Option<f64>) -> Value {
    let Some(value) = value.filter(|v| v.is_finite()) else { return Value::Null };
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return (value as i64).into();
    }
    digits(value, 6).parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_charts::{Axis, Chart, Curves, Panel, Point, Preset, Series, Width};

    #[test]
    fn numbers_are_those_of_the_csv() {
        let points: Vec<Point> = (0..30)
            .map(|i| {
                let x = f64::from(i) / 7.0;
                Point { x, y: (x + 0.1).ln(), interval: Some((x - 1.0, x + 1.0)) }
            })
            .collect();
        let series = |label: &str| Series { label: label.into(), points: points.clone(), ..Series::default() };
        let chart = Curves {
            x: Axis::linear("x"),
            panels: vec![Panel { series: vec![series("a"), series("</script>")], ..Panel::default() }],
            ..Curves::default()
        };
        let wide = chart.draw(&Preset::default()).unwrap();
        let narrow = chart.draw(&Preset { width: Width::IeeeColumn, ..Preset::default() }).unwrap();
        let text = json_of(&[&wide, &narrow]).unwrap();
        assert!(!text.contains('<'), "nothing may end the script element: {text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((value["x"].as_array().unwrap().len(), value["g"].as_array().unwrap().len()), (1, 2));
        let csv: Vec<Vec<f64>> =
            wide.csv().lines().skip(1).map(|l| l.split(',').skip(2).map(|f| f.parse().unwrap()).collect()).collect();
        for (i, row) in csv.iter().enumerate() {
            let s = &value["p"][0]["s"][i / 30];
            let read = [&value["x"][0][i % 30], &s["y"][i % 30], &s["lo"][i % 30], &s["hi"][i % 30]];
            for (read, plotted) in read.iter().zip(row) {
                assert!((read.as_f64().unwrap() - plotted).abs() <= 1e-5 * plotted.abs(), "{read} {plotted}");
            }
        }
    }
}
