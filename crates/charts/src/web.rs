//! The drawing for a web page: small, with text as text, in colours that follow the page's light or dark theme.
//!
//! [`Rendered::svg`](crate::Rendered::svg) looks the same everywhere because its text is outlined, which costs some hundred
//! kilobytes a figure. Here text stays text, in the typeface of the page; colours are classes that [`web_style`] defines twice;
//! coordinates are whole twentieths of a point, and lines are thinned to a twentieth of a point (Ramer 1972, Douglas & Peucker
//! 1973), which nobody sees.

use crate::{
    canvas::{Canvas, Element},
    color::{Color, hex},
    geometry::Pt,
    palette::{THEME, class_of},
    render::Figure,
    xml::escape,
};
use std::fmt::Write as _;

/// Pixels a point at most: text of 8 pt is then as large as the text of a page.
const WIDEST: f64 = 1.75;
/// Units of the drawing in one point.
const UNITS: f64 = 20.0;

impl Figure {
    /// The figure for inclusion in a web page that has [`web_style`] and a typeface named `--chart-font`. The numbers under a
    /// pointer are in [`Figure::hover`]. `id` is used for the ids of title and description and must be unique in the page.
    #[must_use]
    pub fn web_svg(&self, id: &str) -> String {
        let (w, h) = (units(self.width), units(self.height));
        let id = escape(id).replace('"', "");
        let mut svg = format!(
            "<svg class=\"chart{}\" viewBox=\"0 0 {w} {h}\" width=\"{}\" height=\"{}\" role=\"img\" style=\"max-width:{:.0}px\" \
             aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            if self.themed { "" } else { " paper" },
            self.width,
            self.height,
            self.width * WIDEST,
            escape(&self.title),
            escape(&self.description)
        );
        body(&self.canvas, &mut svg);
        svg.push_str("</svg>");
        svg
    }
}

/// CSS for the drawings: declarations of colours for a light and for a dark page, and rules that use them.
#[must_use]
pub fn web_style() -> (String, String, String) {
    let declared = |pick: fn(&(Color, Color)) -> Color| {
        let color = |(name, pair): &(&str, (Color, Color))| format!("--{name}:{};", hex(pick(pair)));
        THEME.iter().map(color).collect::<String>()
    };
    let mut rules = String::from(
        ".chart{font-family:var(--chart-font)}.chart .s{fill:none;stroke:currentColor;stroke-linejoin:round}\
         .chart .a{fill:currentColor}",
    );
    for (name, _) in THEME {
        let _ = write!(rules, ".{name}{{color:var(--{name})}}");
    }
    // a drawing whose colours mean numbers stays on white paper
    let _ = write!(rules, ".paper{{{}}}", declared(|pair| pair.0));
    (declared(|pair| pair.0), declared(|pair| pair.1), rules)
}

fn body(canvas: &Canvas, svg: &mut String) {
    // neighbours that look alike become one path
    let mut open: Option<(String, String)> = None;
    let flush = |open: &mut Option<(String, String)>, svg: &mut String| {
        if let Some((head, path)) = open.take() {
            let _ = write!(svg, "<path {head} d=\"{path}\"/>");
        }
    };
    for element in &canvas.elements {
        let (head, path) = match element {
            Element::Stroke { points, pen } => {
                (format!("{} stroke-width=\"{}\"", paint("s", pen.color, 1.0), units(pen.width)), line(points, false))
            }
            Element::Area { points, color, alpha } => (paint("a", *color, *alpha), line(points, true)),
            Element::Disc { centre, radius, color } => {
                let (x, y, r) = (units(centre.0), units(centre.1), units(*radius).max(1));
                let arc = |d: i64| format!("a{r} {r} 0 1 0 {d} 0");
                (paint("a", *color, 1.0), format!("M{} {y}{}{}z", x - r, arc(2 * r), arc(-2 * r)))
            }
            Element::Text { text, .. } if text.is_empty() => continue,
            Element::Text { baseline, text, size, italic, upwards, color } => {
                flush(&mut open, svg);
                let (x, y) = (units(baseline.0), units(baseline.1));
                let place = match upwards {
                    true => format!("transform=\"translate({x} {y})rotate(-90)\""),
                    false => format!("x=\"{x}\" y=\"{y}\""),
                };
                let slant = if *italic { " font-style=\"italic\"" } else { "" };
                let (paint, size) = (paint("a", *color, 1.0), units(*size));
                let _ = write!(svg, "<text {paint} {place} font-size=\"{size}\"{slant}>{}</text>", escape(text));
                continue;
            }
        };
        match &mut open {
            // areas that lie over each other must not cut holes into each other
            Some((last, all)) if *last == head && !matches!(element, Element::Area { .. }) => all.push_str(&path),
            _ => {
                flush(&mut open, svg);
                open = Some((head, path));
            }
        }
    }
    flush(&mut open, svg);
}

/// Attributes of what is painted in a colour: by class where the theme knows the colour.
fn paint(how: &str, color: Color, alpha: f64) -> String {
    let (class, share) = class_of(color);
    let shown = alpha * share;
    let opacity = if shown < 1.0 { format!(" opacity=\"{shown:.2}\"") } else { String::new() };
    match class.starts_with('#') {
        true => format!("class=\"{how}\" color=\"{class}\"{opacity}"),
        false => format!("class=\"{how} {class}\"{opacity}"),
    }
}

fn units(points: f64) -> i64 {
    (points * UNITS).round() as i64
}

/// A path in relative whole units.
fn line(points: &[Pt], closed: bool) -> String {
    let kept = thinned(points, 1.0 / UNITS);
    let mut at = (0, 0);
    let mut out = String::new();
    for (i, point) in kept.iter().enumerate() {
        let here = (units(point.0), units(point.1));
        if i == 0 {
            let _ = write!(out, "M{} {}", here.0, here.1);
        } else if here != at || kept.len() == 2 {
            let step = (here.0 - at.0, here.1 - at.1);
            let gap = if step.1 < 0 { "" } else { " " };
            let _ = write!(out, "l{}{gap}{}", step.0, step.1);
        }
        at = here;
    }
    if closed {
        out.push('z');
    }
    out
}

/// The points that keep a line within `tolerance` of what it was; ends stay.
fn thinned(points: &[Pt], tolerance: f64) -> Vec<Pt> {
    let n = points.len();
    if n < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; n];
    (keep[0], keep[n - 1]) = (true, true);
    let mut todo = vec![(0, n - 1)];
    while let Some((from, to)) = todo.pop() {
        let far = (from + 1..to).map(|i| (off(points[i], points[from], points[to]), i));
        if let Some((distance, i)) = far.max_by(|a, b| a.0.total_cmp(&b.0))
            && distance > tolerance
        {
            keep[i] = true;
            todo.extend([(from, i), (i, to)]);
        }
    }
    points.iter().zip(keep).filter_map(|(point, keep)| keep.then_some(*point)).collect()
}

/// Distance of a point from a segment.
fn off(p: Pt, a: Pt, b: Pt) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 { (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (p.0 - a.0 - t * dx, p.1 - a.1 - t * dy);
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Axis, Chart, Curves, Panel, Point, Preset, Series};

    #[test]
    fn thinning_keeps_what_is_seen() {
        let straight: Vec<Pt> = (0..100).map(|i| (f64::from(i), 2.0 * f64::from(i))).collect();
        assert_eq!(thinned(&straight, 0.05), [straight[0], straight[99]]);
        let corner = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 5.0)];
        assert_eq!(thinned(&corner, 0.05), [(0.0, 0.0), (2.0, 0.0), (2.0, 5.0)]);
        let wave: Vec<Pt> = (0..500).map(|i| (f64::from(i) * 0.2, 40.0 * libm::sin(f64::from(i) * 0.05))).collect();
        let kept = thinned(&wave, 0.05);
        assert!(kept.len() < 250 && kept.len() > 20, "{}", kept.len());
        for p in &wave {
            assert!(kept.windows(2).any(|s| off(*p, s[0], s[1]) <= 0.05 + 1e-9), "{p:?}");
        }
        // a closed curve begins where it ends
        assert_eq!(thinned(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 0.0)], 0.05).len(), 4);
    }

    #[test]
    fn paths_end_where_the_line_ends() {
        assert_eq!(line(&[(1.0, 1.0), (2.0, 0.5), (0.0, 3.0)], true), "M20 20l20-10l-40 50z");
    }

    #[test]
    fn text_is_escaped_text_and_colours_are_classes() {
        let points = (0..50).map(|i| Point { x: f64::from(i), y: f64::from(i % 7), interval: None }).collect();
        let chart = Curves {
            title: "a < b".into(),
            x: Axis::linear("x <script> & *f*"),
            panels: vec![Panel {
                series: vec![Series { label: "one".into(), points, ..Series::default() }],
                ..Panel::default()
            }],
            ..Curves::default()
        };
        let figure = chart.draw(&Preset::default()).unwrap();
        let svg = figure.web_svg("f1");
        assert!(svg.contains("<title id=\"f1-t\">a &lt; b</title>") && svg.contains("&lt;script&gt; &amp;"), "{svg}");
        assert!(svg.contains("class=\"s k0\"") && !svg.contains("#0072b2"), "{svg}");
        assert!(svg.len() < figure.render("").unwrap().svg.len() / 3, "{}", svg.len());
        let (light, dark, rules) = web_style();
        assert!(light.contains("--k0:#0072b2;") && dark.contains("--k0:") && rules.contains(".k0{color:var(--k0)}"));
    }
}
