//! A finished drawing and its files: SVG, PDF, PNG, and the plotted numbers as CSV.
//!
//! The drawing goes once through usvg, with the embedded fonts only; all files come from that one tree, so they cannot differ.
//! No clock, no random ids, no file names: the same chart gives the same bytes.

use resvg::{tiny_skia, usvg};

use crate::{canvas::Canvas, error::ChartError, font, hover::Hover, png, xml::escape};

/// Resolution of PNG files, dots per inch.
pub const DPI: f64 = 300.0;

/// A drawn figure, ready to be written out in any format.
#[derive(Debug, Clone)]
pub struct Figure {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) csv: String,
    pub(crate) hover: Hover,
    /// Colours tell things apart and may follow a page's theme; otherwise they mean numbers.
    pub(crate) themed: bool,
    pub(crate) canvas: Canvas,
}

/// A figure in every format. Nothing has been written: that is the caller's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// For the web. Text is outlined, so it looks the same everywhere; title, description and provenance are inside.
    pub svg: String,
    /// For LaTeX. Text is text, in embedded subset fonts. The page is exactly as large as the figure.
    pub pdf: Vec<u8>,
    /// 300 dots per inch, which the file says too.
    pub png: Vec<u8>,
    /// The plotted numbers: one header line, `\n` line ends, missing values empty.
    pub csv: String,
}

impl Figure {
    /// Width in points.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Height in points.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.height
    }

    /// The plotted numbers as CSV.
    #[must_use]
    pub fn csv(&self) -> &str {
        &self.csv
    }

    /// Name of the figure; empty if it has none.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What is to be seen, in a sentence; empty if nobody said it.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Where the plotted numbers stand.
    #[must_use]
    pub fn hover(&self) -> &Hover {
        &self.hover
    }

    /// Every text in the figure, without markup, in drawing order. A character that the font lacks reads U+FFFD.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.canvas.texts.iter().map(|(text, _)| text.as_str())
    }

    /// Makes all files. `provenance` says where the numbers come from (program, version, spec hash, seed) and is stored in each
    /// file's metadata; for the same bytes on another day it must not hold a date. Takes some 50 ms, most of it for the PNG.
    ///
    /// # Errors
    /// [`ChartError`] if a library refuses the drawing, which would be a bug here, or if there is no memory for the bitmap.
    pub fn render(&self, provenance: &str) -> Result<Rendered, ChartError> {
        let source = self.canvas.to_svg(self.width, self.height)?;
        let options = usvg::Options { fontdb: font::database(), ..usvg::Options::default() };
        let tree = usvg::Tree::from_str(&source, &options)?;
        Ok(Rendered {
            svg: self.svg(&tree, provenance),
            pdf: self.pdf(&tree, provenance)?,
            png: self.png(&tree, provenance)?,
            csv: self.csv.clone(),
        })
    }

    fn svg(&self, tree: &usvg::Tree, provenance: &str) -> String {
        let outlined =
            tree.to_string(&usvg::WriteOptions { indent: usvg::Indent::None, ..usvg::WriteOptions::default() });
        let Some(end) = outlined.find('>') else { return outlined };
        let size = tree.size();
        let head = outlined[..end].replacen(
            &format!("width=\"{}\" height=\"{}\"", size.width(), size.height()),
            &format!(
                "width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {} {}\" role=\"img\"",
                self.width,
                self.height,
                size.width(),
                size.height()
            ),
            1,
        );
        format!(
            "{head}>\n<title>{}</title>\n<desc>{}</desc>\n<metadata>{}</metadata>\n{}",
            escape(&self.title),
            escape(&self.description),
            escape(provenance),
            &outlined[end + 1..]
        )
    }

    fn pdf(&self, tree: &usvg::Tree, provenance: &str) -> Result<Vec<u8>, ChartError> {
        use krilla::{Document, geom::Size, metadata::Metadata, page::PageSettings};
        use krilla_svg::{SurfaceExt, SvgSettings};
        let wrong = |what: &str| ChartError::Pdf(format!("{what} ({} × {} pt)", self.width, self.height));
        let (width, height) = (self.width as f32, self.height as f32);
        let mut document = Document::new();
        document.set_metadata(
            Metadata::new()
                .title(self.title.clone())
                .description(format!("{} {provenance}", self.description).trim().to_owned())
                .creator("hydranet-charts".to_owned())
                .language("en".to_owned()),
        );
        {
            let settings = PageSettings::from_wh(width, height).ok_or_else(|| wrong("impossible page size"))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let size = Size::from_wh(width, height).ok_or_else(|| wrong("impossible size"))?;
            surface.draw_svg(tree, size, SvgSettings::default()).ok_or_else(|| wrong("the drawing was refused"))?;
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| ChartError::Pdf(format!("{error:?}")))
    }

    fn png(&self, tree: &usvg::Tree, provenance: &str) -> Result<Vec<u8>, ChartError> {
        let pixels = |points: f64| (points / 72.0 * DPI).round().max(1.0) as u32;
        let (width, height) = (pixels(self.width), pixels(self.height));
        let mut bitmap = tiny_skia::Pixmap::new(width, height).ok_or(ChartError::Bitmap { width, height })?;
        bitmap.fill(tiny_skia::Color::WHITE);
        let (x, y) = (width as f32 / tree.size().width(), height as f32 / tree.size().height());
        resvg::render(tree, tiny_skia::Transform::from_scale(x, y), &mut bitmap.as_mut());
        let plain = bitmap.encode_png().map_err(|error| ChartError::Png(error.to_string()))?;
        Ok(png::with_metadata(
            plain,
            DPI,
            &[("Title", &self.title), ("Description", &self.description), ("Source", provenance)],
        ))
    }
}
