//! Sample networks that are part of the program: they read the same on every machine, from any directory.

/// A sample: its name, and its file.
pub(crate) type Sample = (&'static str, &'static str);

/// All samples, as edge lists.
pub(crate) const SAMPLES: &[Sample] = &[("karate-club", include_str!("../samples/karate-club.txt"))];

/// The content of the sample of this name.
pub(crate) fn find(name: &str) -> Option<&'static str> {
    SAMPLES.iter().find(|(known, _)| *known == name).map(|(_, content)| *content)
}
