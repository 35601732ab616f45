//! What the nodes were called in the file that they came from.

/// The original names of the nodes `0..n`. Kept compactly: nothing at all when names equal numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Names {
    /// Node `v` is called `v`.
    #[default]
    Dense,
    /// Node `v` is called by an integer.
    Integers(Vec<u64>),
    /// Node `v` is called by a string: one text that holds all names, and where each ends.
    Strings {
        /// All names, one after the other.
        text: String,
        /// Byte offset at which the name of node `v` ends.
        ends: Vec<u64>,
    },
}

impl Names {
    /// From strings; integers in decimal without leading zeros or sign are stored as such, `0..n` in order as nothing.
    pub fn from_strings<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> Names {
        let (mut text, mut ends) = (String::new(), Vec::new());
        let mut integers = Some(Vec::new());
        for name in names {
            let name = name.as_ref();
            integers = integers.and_then(|mut list| {
                let value: u64 = name.parse().ok()?;
                (value.to_string() == name).then(|| list.push(value))?;
                Some(list)
            });
            text.push_str(name);
            ends.push(text.len() as u64);
        }
        match integers {
            Some(list) => Names::from_integers(list),
            None => Names::Strings { text, ends },
        }
    }

    /// From integers; `0..n` in order is stored as nothing.
    pub fn from_integers(list: Vec<u64>) -> Names {
        if list.iter().enumerate().all(|(i, &x)| i as u64 == x) { Names::Dense } else { Names::Integers(list) }
    }

    /// How many names are stored; `None` for [`Names::Dense`], which fits any number of nodes.
    pub fn len(&self) -> Option<usize> {
        match self {
            Names::Dense => None,
            Names::Integers(list) => Some(list.len()),
            Names::Strings { ends, .. } => Some(ends.len()),
        }
    }

    /// Whether no name is stored.
    pub fn is_empty(&self) -> bool {
        self.len().is_none_or(|n| n == 0)
    }

    /// The name of node `v`.
    ///
    /// # Panics
    /// If names are stored, and fewer than `v + 1`.
    pub fn get(&self, v: u32) -> std::borrow::Cow<'_, str> {
        match self {
            Names::Dense => v.to_string().into(),
            Names::Integers(list) => list[v as usize].to_string().into(),
            Names::Strings { text, ends } => {
                let start = if v == 0 { 0 } else { ends[v as usize - 1] as usize };
                text[start..ends[v as usize] as usize].into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_compact_form_is_taken() {
        assert_eq!(Names::from_strings(["0", "1", "2"]), Names::Dense);
        assert_eq!(Names::from_strings(["5", "1"]), Names::Integers(vec![5, 1]));
        for odd in ["007", "+1", "a", "", "18446744073709551616"] {
            let names = Names::from_strings(["3", odd]);
            assert!(matches!(names, Names::Strings { .. }), "{odd}");
            assert_eq!((names.get(0), names.get(1)), ("3".into(), odd.into()));
        }
    }
}
