//! Did you mean …?

/// The name that looks most like `wanted`, if one looks alike at all.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| {
            let score = strsim::jaro_winkler(&wanted, name);
            // a slip of one letter, or two letters in each other's place, is likelier than anything that looks alike
            let score = match strsim::damerau_levenshtein(&wanted, name) {
                0 | 1 => score.max(0.95),
                2 => score.max(0.9),
                _ => score,
            };
            (score, name)
        })
        .filter(|(score, name)| *score > 0.85 && name.len() > 1)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints() {
        let names = ["beacon", "beacon-fleet", "tiered", "gnp", "gnm", "random-regular"];
        for (typed, want) in [
            ("becon", Some("beacon")),
            ("Beacon", Some("beacon")),
            ("random_regular", Some("random-regular")),
            ("beacon-flet", Some("beacon-fleet")),
            ("teired", Some("tiered")),
            ("gmn", Some("gnm")),
            ("zzzzzz", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), want, "{typed}");
        }
    }
}
