//! `size`: one key by which every plug-in that has a size takes it, beside keys of its own.
//!
//! "The same size for all" is then one line of a spec, whatever each model calls its number of nodes. A size is exact or refused: what
//! comes only in some sizes says which are the nearest.

use crate::{BadParams, Params};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// The common key.
pub const SIZE: &str = "size";

/// What the key `size` means to a plug-in.
#[derive(Debug, Clone, Copy)]
pub struct Sizing {
    /// What is counted: `nodes`, or `peers` where there are others.
    pub counts: &'static str,
    /// Its own keys that a size stands for: none of them is given with it.
    pub keys: &'static [&'static str],
    /// Which sizes there are, for people; empty where all are that its own keys allow.
    pub allowed: &'static str,
    of: fn(u64, &Given<'_>) -> Result<Vec<SizedKey>, String>,
}

/// A key of a plug-in's own, and its value at a size.
pub type SizedKey = (&'static str, SizedValue);

/// A value that a size gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SizedValue {
    /// A whole number.
    One(u64),
    /// Several.
    List(Vec<u64>),
}

/// The parameters that are given beside a size.
#[derive(Debug)]
pub struct Given<'g>(&'g DeTable<'g>);

impl Given<'_> {
    /// A whole number, if it is given.
    pub fn whole(&self, key: &str) -> Option<u64> {
        let number = self.0.get(key)?.get_ref().as_integer()?;
        u64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// The length of a list, if it is given.
    pub fn length(&self, key: &str) -> Option<usize> {
        Some(self.0.get(key)?.get_ref().as_array()?.len())
    }
}

impl Sizing {
    /// Total nodes, under the key `n`.
    pub const N: Sizing =
        Sizing { counts: "nodes", keys: &["n"], allowed: "", of: |size, _| Ok(vec![("n", SizedValue::One(size))]) };

    /// Peers, under the key `peers`; servers come on top.
    pub const PEERS: Sizing = Sizing {
        counts: "peers",
        keys: &["peers"],
        allowed: "",
        of: |size, _| Ok(vec![("peers", SizedValue::One(size))]),
    };

    /// A size that its own keys are computed from.
    pub const fn derived(
        keys: &'static [&'static str],
        allowed: &'static str,
        of: fn(u64, &Given<'_>) -> Result<Vec<SizedKey>, String>,
    ) -> Sizing {
        Sizing { counts: "nodes", keys, allowed, of }
    }

    /// The same, of something else than nodes.
    pub const fn counting(self, counts: &'static str) -> Sizing {
        Sizing { counts, ..self }
    }

    /// What the key means, for people.
    pub(crate) fn meaning(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(|key| format!("`{key}`")).collect();
        let allowed = if self.allowed.is_empty() { String::new() } else { format!(" ({})", self.allowed) };
        format!("Number of {}, as every topology takes it{allowed}: instead of {}.", self.counts, keys.join(" and "))
    }
}

/// The exact `r` with `power(r)` = size, or what is said of a size that is none: the nearest ones. `power` rises.
///
/// # Errors
/// If no `r` of `from` to `to` has this size. O(log (to − from)).
pub fn exact(size: u64, (from, to): (u64, u64), power: impl Fn(u64) -> Option<u64>) -> Result<u64, String> {
    let reaches = |r: u64| power(r).is_none_or(|nodes| nodes >= size);
    let (mut low, mut high) = (from, to + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        (low, high) = if reaches(middle) { (low, middle) } else { (middle + 1, high) };
    }
    let at = |r: u64| (from..=to).contains(&r).then(|| power(r)).flatten();
    if at(low) == Some(size) {
        return Ok(low);
    }
    let (below, above) = (low.checked_sub(1).and_then(at), at(low));
    let near: Vec<String> = below.into_iter().chain(above).map(|nodes| nodes.to_string()).collect();
    Err(format!("{size} is none of its sizes; the nearest are {}", near.join(" and ")))
}

/// Hands on the parameters in which a size has become what it stands for; all as they are where none is given.
///
/// # Errors
/// If it is no whole number above 0, stands beside what it stands for, or is none of the plug-in's; and what `build` refuses.
pub(crate) fn resolved<R>(
    sizing: &Sizing,
    params: &Params<'_>,
    (kind, name): (&'static str, &'static str),
    build: impl FnOnce(&Params<'_>) -> Result<R, BadParams>,
) -> Result<R, BadParams> {
    let mut params = params.clone();
    let Some(value) = params.take(SIZE) else { return build(&params) };
    let place = value.span();
    let refuse = |reason: String, span: Range<usize>| BadParams { kind, name, reason, span: Some(span) };
    let number = value.get_ref().as_integer();
    let size = number.and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok()).filter(|n| *n > 0);
    let Some(size) = size else {
        return Err(refuse(format!("`{SIZE}` is a whole number of {}, 1 or more", sizing.counts), place));
    };
    if let Some((own, span)) = sizing.keys.iter().find_map(|key| Some((key, params.span_of(key)?))) {
        return Err(refuse(format!("`{own}` and `{SIZE}` both say how large it is; leave one of them out"), span));
    }
    let whole = params.span();
    let table = params.into_table().into_inner();
    let keys =
        (sizing.of)(size, &Given(&table)).map_err(|reason| refuse(format!("`{SIZE}`: {reason}"), place.clone()))?;
    // values borrow from a text: this one lasts until it is built
    let line = |(key, value): &SizedKey| match value {
        SizedValue::One(number) => format!("{key} = {number}\n"),
        SizedValue::List(numbers) => format!("{key} = {numbers:?}\n"),
    };
    let text: String = keys.iter().map(line).collect();
    let own = DeTable::parse(&text).expect("numbers under keys").into_inner();
    let mut all: DeTable<'_> = table;
    for (key, value) in own {
        all.insert(Spanned::new(place.clone(), key.into_inner()), at(value, &place));
    }
    build(&Params::new(Spanned::new(whole, all)))
}

/// A value at another place, and all that is in it.
fn at<'i>(value: Spanned<DeValue<'i>>, place: &Range<usize>) -> Spanned<DeValue<'i>> {
    let value = match value.into_inner() {
        DeValue::Array(list) => {
            let mut moved = DeArray::new();
            list.into_iter().for_each(|item| moved.push(at(item, place)));
            DeValue::Array(moved)
        }
        other => other,
    };
    Spanned::new(place.clone(), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_exact_or_the_nearest_are_told() {
        let power = |r: u64| 2u64.checked_pow(u32::try_from(r).ok()?);
        assert_eq!(exact(1024, (1, 28), power), Ok(10));
        assert_eq!(exact(1000, (1, 28), power), Err("1000 is none of its sizes; the nearest are 512 and 1024".into()));
        assert_eq!(exact(1, (1, 28), power), Err("1 is none of its sizes; the nearest are 2".into()));
        assert_eq!(
            exact(1 << 40, (1, 28), power),
            Err(format!("{} is none of its sizes; the nearest are {}", 1u64 << 40, 1 << 28))
        );
    }

    #[test]
    fn a_size_stands_for_keys_at_its_place() {
        let square = Sizing::derived(&["dims"], "squares", |size, given| {
            let side = exact(size, (1, 1 << 16), |side| Some(side * side))?;
            Ok(vec![("dims", SizedValue::List(vec![side; given.whole("axes").unwrap_or(2) as usize]))])
        });
        let read = |text: &str| {
            let params = Params::parse(text).unwrap();
            resolved(&square, &params, ("topology", "grid"), |params| {
                Ok((params.to_toml().trim().to_string(), params.span_of("dims")))
            })
        };
        assert_eq!(read("size = 9"), Ok(("dims = [3, 3]".to_string(), Some(7..8))));
        assert_eq!(read("dims = [2]").unwrap().0, "dims = [2]");
        for (text, reason) in [
            ("size = 10", "`size`: 10 is none of its sizes; the nearest are 9 and 16"),
            ("size = 0", "a whole number of nodes, 1 or more"),
            ("size = 2.5", "a whole number of nodes"),
            ("dims = [2]\nsize = 9", "`dims` and `size` both say"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.reason.contains(reason) && error.span.is_some(), "{text}: {error}");
        }
    }
}
