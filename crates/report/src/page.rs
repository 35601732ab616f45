//! What every page has: head, styles, typefaces, theme switch, footer.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("../assets/report.css");
const EXPLORER_STYLE: &str = include_str!("../assets/explorer.css");
const SCRIPT: &str = include_str!("../assets/report.js");
const EXPLORER_SCRIPT: &str = include_str!("../assets/explorer.js");

const FONTS: [(&str, &str, &[u8]); 4] = [
    ("Hydranet Sans", "normal", include_bytes!("../assets/fonts/DejaVuSans.woff2")),
    ("Hydranet Sans", "italic", include_bytes!("../assets/fonts/DejaVuSans-Oblique.woff2")),
    ("Hydranet Serif", "normal", include_bytes!("../assets/fonts/LibertinusSerif-Regular.woff2")),
    ("Hydranet Serif", "italic", include_bytes!("../assets/fonts/LibertinusSerif-Italic.woff2")),
];

/// Colours of the page beside those of the charts, light and dark.
const LIGHT: &str =
    "--page:#faf9f6;--edge:#e4e1da;--link:#0b5a8f;--focus:#d55e00;--good:#00674b;--bad:#a8320a;--warn:#7a5600;";
const DARK: &str =
    "--page:#101216;--edge:#2c3139;--link:#7cc0f2;--focus:#f0823e;--good:#4fd0a6;--bad:#ff9a75;--warn:#f0c05a;";

/// What a page is.
pub(crate) struct Page<'p> {
    pub(crate) title: &'p str,
    pub(crate) description: &'p str,
    /// Link to the page above, and its name.
    pub(crate) up: Option<(&'p str, &'p str)>,
    /// Does it hold an explorer?
    pub(crate) explorer: bool,
    /// The last line.
    pub(crate) colophon: String,
}

impl Page<'_> {
    /// The whole file.
    pub(crate) fn render(&self, body: &Markup) -> String {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) }
                    meta name="description" content=(self.description);
                    // an empty icon: browsers ask the server for one otherwise
                    link rel="icon" href="data:,";
                    style { (PreEscaped(style(self.explorer))) }
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    div.top {
                        span { @if let Some((href, name)) = self.up { a href=(href) { "← " (name) } } @else { "Hydranet" } }
                        button.theme type="button" hidden { "Dark page" }
                    }
                    main id="content" { (body) }
                    footer { p { (self.colophon) } }
                    script { (PreEscaped(SCRIPT)) }
                    @if self.explorer { script { (PreEscaped(EXPLORER_SCRIPT)) } }
                }
            }
        }
        .into_string()
    }
}

fn style(explorer: bool) -> String {
    let (light, dark, rules) = hydranet_charts::web_style();
    let mut css = String::from(
        "/* Typefaces: DejaVu Sans (Bitstream Vera licence), Libertinus Serif (SIL Open Font License 1.1), as subsets. */\n",
    );
    for (family, slant, bytes) in FONTS {
        let data = STANDARD.encode(bytes);
        css.push_str(&format!(
            "@font-face{{font-family:\"{family}\";font-style:{slant};src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}\n"
        ));
    }
    css.push_str(&format!(
        ":root{{--sans:\"Hydranet Sans\",\"DejaVu Sans\",Verdana,sans-serif;--chart-font:var(--sans);{LIGHT}{light}}}\n\
         @media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{DARK}{dark}}}}}\n\
         :root[data-theme=dark]{{{DARK}{dark}}}\n@media print{{:root:root:root{{{LIGHT}{light}}}}}\n{rules}\n{STYLE}"
    ));
    if explorer {
        css.push_str(EXPLORER_STYLE);
    }
    css
}
