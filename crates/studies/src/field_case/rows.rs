//! Cases from the field: runs with parameters drawn from a prior, those nearest to what was published, and what they foretell.
//!
//! Approximate Bayesian computation by rejection (Beaumont, Zhang & Balding 2002): of all draws the share nearest to the fitted
//! points is kept; its parameters are the posterior, its courses the posterior predictive.

use hydranet_results::{Table, table};
use std::collections::BTreeMap;

table! {
    /// One row a draw, observable and recorded day.
    COURSES "courses" CourseRow<'t> {
        case: Text &'t str, "", "label of the case in the spec";
        draw: Count u64, "", "number of the draw from the prior, from 0";
        observable: Text &'t str, "", "reach, online, members, known, servers (in service), rebuilt (servers)";
        hour: Count u64, "hours", "hours after the start";
        count: Count u64, "machines or servers", "the observable";
        whole: Count u64, "machines or servers", "what it is a share of: its value at the start; of known: machines; of rebuilt: servers at the start";
    }
}

table! {
    /// One row a draw and published point.
    FITS "fits" FitRow<'t> {
        case: Text &'t str, "", "label of the case in the spec";
        draw: Count u64, "", "number of the draw from the prior, from 0";
        point: Count u64, "", "number of the published point in the spec, from 0";
        observable: Text &'t str, "", "what was published: see courses";
        day: Real f64, "days", "days after the start";
        published: Real f64, "1", "published share";
        sigma: Real f64, "1", "how exactly it is known, standard deviation";
        fitted: Count u64, "", "1 if draws are chosen by it, 0 if it is held out";
        simulated: NullableReal Option<f64>, "1", "the share in this draw";
    }
}

table! {
    /// One row a draw and parameter.
    DRAWS "draws" DrawRow<'t> {
        case: Text &'t str, "", "label of the case in the spec";
        draw: Count u64, "", "number of the draw from the prior, from 0";
        parameter: Text &'t str, "", "path of the parameter, such as operator.rebuild_days";
        from: Real f64, "see parameter", "lower end of its prior";
        to: Real f64, "see parameter", "upper end of its prior";
        value: Real f64, "see parameter", "its value in this draw";
    }
}

table! {
    /// One row a case and parameter.
    POSTERIOR "posterior" PosteriorRow {
        case: Text String, "", "label of the case in the spec";
        parameter: Text String, "", "path of the parameter";
        from: Real f64, "see parameter", "lower end of its prior";
        to: Real f64, "see parameter", "upper end of its prior";
        lo: Real f64, "see parameter", "5 % of the draws that were kept lie below";
        median: Real f64, "see parameter", "median of the draws that were kept";
        hi: Real f64, "see parameter", "95 % of the draws that were kept lie below";
        kept: Count u64, "draws", "draws that were kept";
        draws: Count u64, "draws", "draws in all";
    }
}

table! {
    /// One row a case, observable and day.
    PREDICTIVE "predictive" PredictiveRow {
        case: Text String, "", "label of the case in the spec";
        observable: Text String, "", "see courses";
        day: Real f64, "days", "days after the start";
        lo: Real f64, "1", "5 % of the draws that were kept lie below";
        median: Real f64, "1", "median of the draws that were kept";
        hi: Real f64, "1", "95 % of the draws that were kept lie below";
    }
}

table! {
    /// One row a case and published point.
    PUBLISHED "published" PublishedRow {
        case: Text String, "", "label of the case in the spec";
        observable: Text String, "", "see courses";
        day: Real f64, "days", "days after the start";
        published: Real f64, "1", "published share";
        sigma: Real f64, "1", "how exactly it is known, standard deviation";
        fitted: Count u64, "", "1 if draws are chosen by it, 0 if it is held out";
        lo: NullableReal Option<f64>, "1", "5 % of the draws that were kept lie below";
        median: NullableReal Option<f64>, "1", "their median";
        hi: NullableReal Option<f64>, "1", "95 % of the draws that were kept lie below";
        within: Count u64, "", "1 if the published share, give or take two sigma, meets the band";
    }
}

/// Case, observable and hour, and the shares of the draws that were kept.
type Place<'t> = ((&'t str, &'t str, u64), Vec<f64>);

/// The draws of each case that are kept: the share `keep` (at least one draw) nearest to the fitted points, in units of sigma;
/// of equals the earlier. All, where nothing is fitted. Ascending.
fn kept(fits: &Table, draws: &Table, keep: f64) -> BTreeMap<String, Vec<u64>> {
    let mut distance: BTreeMap<(String, u64), f64> = BTreeMap::new();
    for row in draws.records::<DrawRow<'_>>() {
        distance.entry((row.case.into(), row.draw)).or_default();
    }
    for row in fits.records::<FitRow<'_>>() {
        let at = distance.entry((row.case.into(), row.draw)).or_default();
        if row.fitted == 1 {
            *at += row.simulated.map_or(f64::INFINITY, |x| ((x - row.published) / row.sigma).powi(2));
        }
    }
    let mut cases: BTreeMap<String, Vec<(f64, u64)>> = BTreeMap::new();
    for ((case, draw), distance) in distance {
        cases.entry(case).or_default().push((distance, draw));
    }
    let nearest = |mut list: Vec<(f64, u64)>| {
        list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        list.truncate(((list.len() as f64 * keep).ceil() as usize).max(1));
        let mut draws: Vec<u64> = list.into_iter().map(|(_, draw)| draw).collect();
        draws.sort_unstable();
        draws
    };
    cases.into_iter().map(|(case, list)| (case, nearest(list))).collect()
}

/// 5 %, 50 % and 95 % of some values; `None` if there are none.
fn quantiles(mut values: Vec<f64>) -> Option<[f64; 3]> {
    values.sort_by(f64::total_cmp);
    let at = |p: f64| {
        let place = p * (values.len() - 1) as f64;
        let (below, part) = (place as usize, place.fract());
        values[below] + part * (values[(below + 1).min(values.len() - 1)] - values[below])
    };
    (!values.is_empty()).then(|| [at(0.05), at(0.5), at(0.95)])
}

/// The three summaries of a study of cases, when the share `keep` in (0, 1] of the draws is kept. O(rows · log).
///
/// # Panics
/// If the tables are of other schemas.
pub fn summarize(
    courses: &Table,
    fits: &Table,
    draws: &Table,
    keep: f64,
) -> (Vec<PosteriorRow>, Vec<PredictiveRow>, Vec<PublishedRow>) {
    let kept = kept(fits, draws, keep);
    let has = |case: &str, draw: u64| kept.get(case).is_some_and(|list| list.binary_search(&draw).is_ok());

    let mut parameters: Vec<(PosteriorRow, Vec<f64>)> = Vec::new();
    for row in draws.records::<DrawRow<'_>>() {
        let known = parameters.iter().position(|(p, _)| p.case == row.case && p.parameter == row.parameter);
        let at = known.unwrap_or_else(|| {
            let of = kept.get(row.case).map_or(0, Vec::len) as u64;
            let (case, parameter) = (row.case.to_owned(), row.parameter.to_owned());
            let (from, to) = (row.from, row.to);
            let empty = PosteriorRow { case, parameter, from, to, lo: 0.0, median: 0.0, hi: 0.0, kept: of, draws: 0 };
            parameters.push((empty, Vec::new()));
            parameters.len() - 1
        });
        parameters[at].0.draws += 1;
        if has(row.case, row.draw) {
            parameters[at].1.push(row.value);
        }
    }
    let posterior = parameters.into_iter().map(|(row, values)| {
        let [lo, median, hi] = quantiles(values).expect("at least one draw is kept");
        PosteriorRow { lo, median, hi, ..row }
    });

    let mut places: Vec<Place<'_>> = Vec::new();
    let mut index = BTreeMap::new();
    for row in courses.records::<CourseRow<'_>>() {
        let key = (row.case, row.observable, row.hour);
        let at = *index.entry(key).or_insert_with(|| {
            places.push((key, Vec::new()));
            places.len() - 1
        });
        if has(row.case, row.draw) && row.whole > 0 {
            places[at].1.push(row.count as f64 / row.whole as f64);
        }
    }
    let predictive = places.into_iter().filter_map(|((case, observable, hour), values)| {
        let [lo, median, hi] = quantiles(values)?;
        let (case, observable) = (case.to_owned(), observable.to_owned());
        Some(PredictiveRow { case, observable, day: hour as f64 / 24.0, lo, median, hi })
    });

    let mut points: Vec<(PublishedRow, u64, Vec<f64>)> = Vec::new();
    for row in fits.records::<FitRow<'_>>() {
        let known = points.iter().position(|(p, point, _)| p.case == row.case && *point == row.point);
        let at = known.unwrap_or_else(|| {
            let point = PublishedRow {
                case: row.case.to_owned(),
                observable: row.observable.to_owned(),
                day: row.day,
                published: row.published,
                sigma: row.sigma,
                fitted: row.fitted,
                lo: None,
                median: None,
                hi: None,
                within: 0,
            };
            points.push((point, row.point, Vec::new()));
            points.len() - 1
        });
        if let Some(x) = row.simulated.filter(|_| has(row.case, row.draw)) {
            points[at].2.push(x);
        }
    }
    let published = points.into_iter().map(|(row, _, values)| match quantiles(values) {
        None => row,
        Some([lo, median, hi]) => {
            let meets = row.published + 2.0 * row.sigma >= lo && row.published - 2.0 * row.sigma <= hi;
            PublishedRow { lo: Some(lo), median: Some(median), hi: Some(hi), within: meets.into(), ..row }
        }
    });
    (posterior.collect(), predictive.collect(), published.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_draws_are_kept() {
        let draw = |draw: u64| DrawRow { case: "a", draw, parameter: "p", from: 0.0, to: 20.0, value: draw as f64 };
        let fit = |draw: u64, point, fitted, simulated| FitRow {
            case: "a",
            draw,
            point,
            observable: "reach",
            day: 3.0,
            published: 0.5,
            sigma: 0.1,
            fitted,
            simulated: Some(simulated),
        };
        let course =
            |draw: u64| CourseRow { case: "a", draw, observable: "reach", hour: 24, count: 5 * draw, whole: 100 };
        // the share simulated is a twentieth of the parameter: 0.5 is met by 10
        let draws: Vec<_> = (0..20).map(draw).collect();
        let fits: Vec<_> = (0..20).flat_map(|i| [fit(i, 0, 1, i as f64 / 20.0), fit(i, 1, 0, 0.9)]).collect();
        let courses: Vec<_> = (0..20).map(course).collect();
        let (posterior, predictive, published) =
            summarize(&Table::of(&courses), &Table::of(&fits), &Table::of(&draws), 0.15);
        let p = &posterior[0];
        assert_eq!((p.median, p.kept, p.draws), (10.0, 3, 20));
        assert!((p.lo - 9.1).abs() < 1e-12 && (p.hi - 10.9).abs() < 1e-12);
        assert!((predictive[0].median - 0.5).abs() < 1e-12 && predictive[0].day == 1.0);
        assert_eq!(published.iter().map(|p| (p.fitted, p.within)).collect::<Vec<_>>(), [(1, 1), (0, 0)]);
        assert!((published[0].lo.unwrap() - 0.455).abs() < 1e-12);
    }
}
