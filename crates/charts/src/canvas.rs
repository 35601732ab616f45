//! What charts draw on: a list of simple elements in points, turned into SVG by plotters at the end.
//!
//! plotters counts in whole units, so a point is cut into 64 of them. Keeping the list has two uses: tests can ask what
//! was drawn where, and layers can be put in order.

use plotters::{
    backend::DrawingBackend,
    prelude::SVGBackend,
    style::{
        Color as _, FontStyle, FontTransform, IntoFont, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use crate::{
    error::ChartError,
    font::Family,
    geometry::{Pt, Rect, dash},
    palette::{Color, WHITE},
    text::Line,
};

/// Units of the drawing in one point.
pub(crate) const UNITS: f64 = 64.0;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pen {
    pub(crate) color: Color,
    pub(crate) width: f64,
}

/// Which part of a text stands at its place, along the line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Middle,
    Right,
}

/// Which part of a text stands at its place, across the line of text. Top and middle are those of capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    Top,
    Middle,
    Baseline,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) color: Color,
    pub(crate) align: Align,
    pub(crate) stand: Stand,
    /// Reads upwards.
    pub(crate) upwards: bool,
}

/// One drawn element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Element {
    Stroke { points: Vec<Pt>, pen: Pen },
    Area { points: Vec<Pt>, color: Color, alpha: f64 },
    Disc { centre: Pt, radius: f64, color: Color },
    Text { baseline: Pt, text: String, size: f64, italic: bool, upwards: bool, color: Color },
}

/// A drawing under way.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    pub(crate) family: Family,
    pub(crate) elements: Vec<Element>,
    /// Boxes of all texts: the plain characters and where they stand.
    pub(crate) texts: Vec<(String, Rect)>,
}

impl Canvas {
    pub(crate) fn new(family: Family) -> Self {
        Self { family, elements: Vec::new(), texts: Vec::new() }
    }

    pub(crate) fn line(&mut self, points: &[Pt], pen: Pen) {
        if points.len() > 1 {
            self.elements.push(Element::Stroke { points: points.to_vec(), pen });
        }
    }

    pub(crate) fn dashed(&mut self, points: &[Pt], pen: Pen, pattern: &[f64]) {
        for stroke in dash(points, pattern) {
            self.line(&stroke, pen);
        }
    }

    pub(crate) fn area(&mut self, points: &[Pt], color: Color, alpha: f64) {
        if points.len() > 2 {
            self.elements.push(Element::Area { points: points.to_vec(), color, alpha });
        }
    }

    pub(crate) fn rect(&mut self, rect: Rect, color: Color) {
        self.area(&rect.corners(), color, 1.0);
    }

    pub(crate) fn outline(&mut self, rect: Rect, pen: Pen) {
        let [a, b, c, d] = rect.corners();
        self.line(&[a, b, c, d, a, b], pen); // once more around the corner, so that it is joined like the others
    }

    pub(crate) fn disc(&mut self, centre: Pt, radius: f64, color: Color) {
        self.elements.push(Element::Disc { centre, radius, color });
    }

    /// Width of a label at a type size, in points.
    pub(crate) fn width(&self, label: &str, size: f64) -> f64 {
        Line::parse(self.family, label).width() * size
    }

    /// A label with markup. Returns the box it takes, from the top of capitals to below descenders.
    pub(crate) fn text(&mut self, label: &str, at: Pt, how: Type) -> Rect {
        self.set(&Line::parse(self.family, label), at, how)
    }

    /// A label that is already a line.
    pub(crate) fn set(&mut self, line: &Line, at: Pt, how: Type) -> Rect {
        let width = line.width() * how.size;
        let cap = self.family.cap_height() * how.size;
        let back = match how.align {
            Align::Left => 0.0,
            Align::Middle => width / 2.0,
            Align::Right => width,
        };
        let down = match how.stand {
            Stand::Top => cap,
            Stand::Middle => cap / 2.0,
            Stand::Baseline => 0.0,
        };
        // (along, across): across is positive below the baseline
        let place = |along: f64, across: f64| {
            if how.upwards { (at.0 + across, at.1 - along) } else { (at.0 + along, at.1 + across) }
        };
        let mut along = -back;
        for run in line.0.chunk_by(|a, b| a.italic == b.italic && a.scale == b.scale && a.rise == b.rise) {
            let text: String = run.iter().map(|glyph| glyph.character).collect();
            // leading spaces are dropped by SVG: they are left out here, their width is kept
            let lead: f64 = run.iter().take_while(|g| g.character == ' ').map(|g| g.advance).sum();
            self.elements.push(Element::Text {
                baseline: place(along + lead * how.size, down - run[0].rise * how.size),
                text: text.trim().to_owned(),
                size: how.size * run[0].scale,
                italic: run[0].italic,
                upwards: how.upwards,
                color: how.color,
            });
            along += run.iter().map(|glyph| glyph.advance).sum::<f64>() * how.size;
        }
        let (a, b) = (place(-back, down - cap), place(width - back, down + 0.22 * how.size));
        let rect = Rect { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) };
        self.texts.push((line.plain(), rect));
        rect
    }

    /// The drawing as SVG that still has its text as text, for usvg.
    pub(crate) fn to_svg(&self, width: f64, height: f64) -> Result<String, ChartError> {
        let mut svg = String::new();
        {
            let size = (units(width) as u32, units(height) as u32);
            let mut backend = SVGBackend::with_string(&mut svg, size);
            let page = Rect::at(0.0, 0.0, width, height);
            let paper = Element::Area { points: page.corners().to_vec(), color: WHITE, alpha: 1.0 };
            for element in std::iter::once(&paper).chain(&self.elements) {
                self.put(&mut backend, element)?;
            }
            backend.present().map_err(|error| ChartError::Drawing(error.to_string()))?;
        }
        Ok(svg.replacen(
            &format!("width=\"{}\" height=\"{}\"", units(width), units(height)),
            &format!("width=\"{width}pt\" height=\"{height}pt\" stroke-linejoin=\"round\""),
            1,
        ))
    }

    fn put<B: DrawingBackend>(&self, backend: &mut B, element: &Element) -> Result<(), ChartError> {
        let place = |&(x, y): &Pt| (units(x), units(y));
        let fill = |color: Color, alpha: f64| rgb(color).mix(alpha).filled();
        let drawn = match element {
            Element::Stroke { points, pen } => {
                let style: ShapeStyle = rgb(pen.color).stroke_width(units(pen.width).max(1) as u32);
                backend.draw_path(points.iter().map(place), &style)
            }
            Element::Area { points, color, alpha } => {
                backend.fill_polygon(points.iter().map(place), &fill(*color, *alpha))
            }
            Element::Disc { centre, radius, color } => {
                backend.draw_circle(place(centre), units(*radius).max(1) as u32, &fill(*color, 1.0), true)
            }
            Element::Text { text, .. } if text.is_empty() => Ok(()),
            Element::Text { baseline, text, size, italic, upwards, color } => {
                // plotters writes size / 1.24 as font size, and lowers a text that is centred by 0.5 ex, which usvg reads
                // as a quarter of the type size: both are undone
                let slant = if *italic { FontStyle::Italic } else { FontStyle::Normal };
                let turn = if *upwards { FontTransform::Rotate270 } else { FontTransform::None };
                let font = (self.family.name(), size * UNITS * 1.24, slant).into_font().transform(turn);
                let color = rgb(*color);
                let style = TextStyle::from(font).color(&color).pos(Pos::new(HPos::Left, VPos::Center));
                let lift = size / 4.0;
                let (x, y) = *baseline;
                let at = if *upwards { (x - lift, y) } else { (x, y - lift) };
                backend.draw_text(text, &style, place(&at))
            }
        };
        drawn.map_err(|error| ChartError::Drawing(error.to_string()))
    }
}

fn units(points: f64) -> i32 {
    (points * UNITS).round() as i32
}

fn rgb(color: Color) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::palette::INK;

    const PLAIN: Type = Type { size: 10.0, color: INK, align: Align::Middle, stand: Stand::Middle, upwards: false };

    #[test]
    fn text_boxes_follow_alignment() {
        let mut canvas = Canvas::new(Family::Sans);
        let width = canvas.width("Mi", 10.0);
        let middle = canvas.text("Mi", (50.0, 50.0), PLAIN);
        assert!((middle.left - (50.0 - width / 2.0)).abs() < 1e-9 && (middle.width() - width).abs() < 1e-9);
        let right = canvas.text("Mi", (50.0, 50.0), Type { align: Align::Right, ..PLAIN });
        assert!((right.right - 50.0).abs() < 1e-9);
        let up = canvas.text("Mi", (50.0, 50.0), Type { upwards: true, ..PLAIN });
        assert!((up.height() - width).abs() < 1e-9 && up.left < 50.0 && up.right > 50.0);
    }

    #[test]
    fn svg_has_the_page_and_the_text() {
        let mut canvas = Canvas::new(Family::Sans);
        canvas.text("a < *f*", (10.0, 10.0), PLAIN);
        canvas.line(&[(0.0, 0.0), (5.0, 5.0)], Pen { color: INK, width: 1.0 });
        let svg = canvas.to_svg(345.0, 230.5).unwrap();
        assert!(svg.contains("width=\"345pt\" height=\"230.5pt\""), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 22080 14752\""), "{svg}");
        assert!(svg.contains("a &lt;") && svg.contains("italic"), "{svg}");
    }
}
