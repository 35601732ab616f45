//! Measurements against something that is varied: the rows of studies whose curves are not takedown curves.
//!
//! A raw row is a quotient of two integers ([`POINTS`]), a summary row its mean with an interval by networks ([`SERIES`]).

use crate::statistics::{Clustered, LEVEL};
use crate::{Table, table};
use std::collections::BTreeMap;

/// A measure of a study: what its name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Its name in files.
    pub name: &'static str,
    /// Its unit; 1 for ratios.
    pub unit: &'static str,
    /// Whether it is a share, in `[0, 1]`: its interval is that of [`Clustered::share_interval`].
    pub share: bool,
    /// What it says.
    pub meaning: &'static str,
}

impl Measure {
    /// A share.
    pub const fn share(name: &'static str, meaning: &'static str) -> Measure {
        Measure { name, unit: "1", share: true, meaning }
    }

    /// Anything else.
    pub const fn other(name: &'static str, unit: &'static str, meaning: &'static str) -> Measure {
        Measure { name, unit, share: false, meaning }
    }
}

table! {
    /// One row a trial, measure and place on the horizontal axis.
    POINTS "points" PointRow<'t> {
        topology: Text &'t str, "", "label of the topology in the spec";
        treatment: Text &'t str, "", "label of the treatment in the spec; crawl for what no treatment decides";
        measure: Text &'t str, "", "what was measured: see below";
        network: Count u64, "", "index of the network draw, from 0";
        order: Count u64, "", "index of the repetition on this network, from 0";
        x: Real f64, "1", "where: removed fraction, or requests a node, as the study says";
        count: NullableCount Option<u64>, "see below", "numerator; empty if there was nothing to measure";
        whole: Count u64, "see below", "denominator, above 0; value = count / whole";
    }
}

table! {
    /// One row a cell, measure and place.
    SERIES "series" SeriesRow {
        topology: Text String, "", "label of the topology in the spec";
        treatment: Text String, "", "label of the treatment in the spec; crawl for what no treatment decides";
        measure: Text String, "", "what was measured: see below";
        x: Real f64, "1", "where: removed fraction, or requests a node, as the study says";
        mean: NullableReal Option<f64>, "see below", "mean over trials; empty if none has a value";
        sd: NullableReal Option<f64>, "see below", "sample standard deviation of trials; empty below two";
        lo: NullableReal Option<f64>, "see below", "lower end of the 95 % interval by networks; empty below two";
        hi: NullableReal Option<f64>, "see below", "upper end of that interval";
        trials: Count u64, "trials", "trials with a value";
        networks: Count u64, "networks", "networks that these trials ran on";
        missing: Count u64, "trials", "trials without a value: it never came to that";
    }
}

/// Trials of one place: its key in the order of the first row, and network with value.
type Place<'t> = ((&'t str, &'t str, &'t str, f64), Vec<(u64, Option<f64>)>);

/// The mean of every measure at every place, in the order of the first row of each; `measures` says which are shares.
/// O(rows · log).
///
/// # Panics
/// If the table is of another schema, or a denominator is 0.
pub fn series(points: &Table, measures: &[Measure]) -> Vec<SeriesRow> {
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut index = BTreeMap::new();
    for row in points.records::<PointRow<'_>>() {
        assert!(row.whole > 0, "a quotient has a denominator");
        let key = (row.topology, row.treatment, row.measure, row.x.to_bits());
        let at = *index.entry(key).or_insert(places.len());
        if at == places.len() {
            places.push(((row.topology, row.treatment, row.measure, row.x), Vec::new()));
        }
        places[at].1.push((row.network, row.count.map(|count| count as f64 / row.whole as f64)));
    }
    let summed = |((topology, treatment, measure, x), trials): Place<'_>| {
        let all = trials.len() as u64;
        let values = trials.into_iter().filter_map(|(network, value)| Some((network, value?)));
        let values = Clustered::new(values).expect("quotients of integers are finite");
        let share = measures.iter().any(|m| m.share && m.name == measure);
        let estimate = if share { values.share_estimate(LEVEL) } else { values.estimate(LEVEL) };
        let count = estimate.map_or(0, |e| e.trials);
        SeriesRow {
            topology: topology.to_owned(),
            treatment: treatment.to_owned(),
            measure: measure.to_owned(),
            x,
            mean: estimate.map(|e| e.mean),
            sd: estimate.and_then(|e| e.sd),
            lo: estimate.and_then(|e| e.lo),
            hi: estimate.and_then(|e| e.hi),
            trials: count,
            networks: estimate.map_or(0, |e| e.clusters),
            missing: all - count,
        }
    };
    places.into_iter().map(summed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv;

    #[test]
    fn means_by_place_with_what_is_missing() {
        let mut points = Table::new(&POINTS);
        for (network, x, count) in [(0, 0.1, Some(3)), (0, 0.2, None), (1, 0.1, Some(5)), (1, 0.2, Some(1))] {
            let row = PointRow { topology: "t", treatment: "r", measure: "m", network, order: 0, x, count, whole: 10 };
            points.push_record(&row).unwrap();
        }
        let rows = series(&points, &[]);
        assert_eq!(
            rows.iter().map(|r| (r.x, r.mean, r.trials, r.missing)).collect::<Vec<_>>(),
            [(0.1, Some(0.4), 2, 0), (0.2, Some(0.1), 1, 1)]
        );
        // two networks: t with one degree, 12.706 · 0.1
        assert!((rows[0].hi.unwrap() - 0.4 - 1.2706).abs() < 1e-3 && rows[1].hi.is_none());
        let shares = series(&points, &[Measure::share("m", "")]);
        assert!(shares[0].mean == Some(0.4) && shares[0].lo > Some(0.0) && shares[0].hi < Some(1.0), "{shares:?}");
        let mut file = Vec::new();
        csv::write(&Table::of(&rows), &mut file).unwrap();
        assert_eq!(csv::read(&file[..], &SERIES).unwrap().records::<SeriesRow>().collect::<Vec<_>>(), rows);
    }
}
