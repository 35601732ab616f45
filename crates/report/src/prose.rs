//! Sentences of specs and captions as HTML: code in backticks, raised exponents, lowered indices.

use maud::{Markup, html};

/// The first sentences of a text, as few as make a lead.
pub(crate) fn lead(text: &str) -> String {
    const ENOUGH: usize = 90;
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let stops = flat.match_indices(". ").map(|(i, _)| i);
    // "et al. 2003" ends no sentence
    let ends = |i: &usize| flat[i + 2..].starts_with(char::is_uppercase) && !flat[..*i].ends_with("al");
    match stops.filter(ends).find(|i| *i >= ENOUGH) {
        Some(i) => flat[..=i].to_owned(),
        None => flat,
    }
}

/// Text in which backticks set code.
pub(crate) fn prose(text: &str) -> Markup {
    let whole = text.matches('`').count().is_multiple_of(2);
    html! {
        @if whole { @for (i, part) in text.split('`').enumerate() { @if i % 2 == 1 { code { (part) } } @else { (raised(part)) } } } @else { (raised(text)) }
    }
}

/// Text in which `2^16` has a raised exponent.
fn raised(text: &str) -> Markup {
    let mut parts = text.split('^');
    html! {
        (parts.next().unwrap_or_default())
        @for part in parts {
            @let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            @if digits > 0 { sup { (&part[..digits]) } (&part[digits..]) } @else { "^" (part) }
        }
    }
}

/// Text in which `S_1` and `R_cmd` have lowered indices, as captions write them.
pub(crate) fn indexed(text: &str) -> Markup {
    let mut parts = text.split('_');
    html! {
        (parts.next().unwrap_or_default())
        @for part in parts {
            @let index = part.find(|c: char| !c.is_alphanumeric()).unwrap_or(part.len());
            @if index > 0 { sub { (&part[..index]) } (&part[index..]) } @else { "_" (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_escaped() {
        assert_eq!(prose("see `a < b`, 2^16 nodes").into_string(), "see <code>a &lt; b</code>, 2<sup>16</sup> nodes");
        assert_eq!(
            indexed("component, S_1/N, of R_cmd <").into_string(),
            "component, S<sub>1</sub>/N, of R<sub>cmd</sub> &lt;"
        );
        assert_eq!(indexed("set_size _ x_").into_string(), "set<sub>size</sub> _ x_");
        assert_eq!(prose("one ` alone ^ x^y").into_string(), "one ` alone ^ x^y");
    }

    #[test]
    fn leads_end_where_sentences_end() {
        let text = "Gummadi et al. 2003 compared geometries. They are many. This sentence is long enough to end the lead here. More.";
        assert!(lead(text).ends_with("end the lead here."), "{}", lead(text));
        assert_eq!(lead("No stop"), "No stop");
    }
}
