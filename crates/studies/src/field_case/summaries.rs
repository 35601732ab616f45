//! The summaries of a study of cases: prior and posterior side by side.

use super::kept::{Kept, kept};
use super::rows::{CourseRow, DrawRow, FitRow, PosteriorRow, PredictiveRow, PublishedRow, VerdictRow};
use super::verdict::{HeldOut, answer, moved, score};
use crate::shared::cells::distinct;
use hydranet_results::Table;
use hydranet_results::statistics::quantile;
use std::collections::BTreeMap;

/// What a study of cases comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summaries {
    /// Parameters.
    pub posterior: Vec<PosteriorRow>,
    /// Courses.
    pub predictive: Vec<PredictiveRow>,
    /// Published points.
    pub published: Vec<PublishedRow>,
    /// Cases.
    pub verdicts: Vec<VerdictRow>,
}

/// 5 %, 50 % and 95 % of some values; `None` if there are none.
fn quantiles(values: &[f64]) -> Option<[f64; 3]> {
    Some([quantile(values, 0.05)?, quantile(values, 0.5)?, quantile(values, 0.95)?])
}

/// Sums up a study of cases, when draws `within` so many sigma of the fitted points are kept. O(rows · log).
///
/// # Panics
/// If the tables are of other schemas.
pub fn summarize(courses: &Table, fits: &Table, draws: &Table, within: f64) -> Summaries {
    let kept = kept(fits, draws, within);
    let published = published(fits, &kept);
    Summaries {
        posterior: posterior(draws, &kept),
        predictive: predictive(courses, &kept),
        verdicts: verdicts(&published, &kept),
        published,
    }
}

/// Values of all draws, and whether each is kept.
type Marked = Vec<(f64, bool)>;

/// The kept ones, or all.
fn split(values: &Marked) -> [Vec<f64>; 2] {
    [values.iter().filter(|v| v.1).map(|v| v.0).collect(), values.iter().map(|v| v.0).collect()]
}

fn posterior(draws: &Table, kept: &BTreeMap<String, Kept>) -> Vec<PosteriorRow> {
    let mut parameters: Vec<(String, String, [f64; 2], Marked)> = Vec::new();
    for row in draws.records::<DrawRow<'_>>() {
        let known = parameters.iter().position(|p| p.0 == row.case && p.1 == row.parameter);
        let at = known.unwrap_or_else(|| {
            parameters.push((row.case.into(), row.parameter.into(), [row.from, row.to], Vec::new()));
            parameters.len() - 1
        });
        parameters[at].3.push((row.value, kept.get(row.case).is_some_and(|k| k.has(row.draw))));
    }
    let mut fitted: BTreeMap<String, u32> = BTreeMap::new();
    parameters.iter().for_each(|p| *fitted.entry(p.0.clone()).or_default() += 1);
    let row = |(case, parameter, [from, to], values): (String, String, [f64; 2], Marked)| {
        let band = quantiles(&split(&values)[0]);
        let test = moved(values);
        let level = 0.05 / f64::from(fitted[&case]);
        let k = &kept[&case];
        PosteriorRow {
            from,
            to,
            lo: band.map(|b| b[0]),
            median: band.map(|b| b[1]),
            hi: band.map(|b| b[2]),
            narrowed: test.map(|t| t.narrowed),
            ks: test.map(|t| t.ks),
            p: test.map(|t| t.p),
            identified: test.is_some_and(|t| t.p < level).into(),
            kept: k.draws.len() as u64,
            draws: k.all,
            effective: k.effective,
            case,
            parameter,
        }
    };
    parameters.into_iter().map(row).collect()
}

fn predictive(courses: &Table, kept: &BTreeMap<String, Kept>) -> Vec<PredictiveRow> {
    // in the order of their first row
    let mut places: Vec<((&str, &str, u64), Marked)> = Vec::new();
    let mut index = BTreeMap::new();
    for row in courses.records::<CourseRow<'_>>() {
        let key = (row.case, row.observable, row.hour);
        let at = *index.entry(key).or_insert_with(|| {
            places.push((key, Vec::new()));
            places.len() - 1
        });
        if row.whole > 0 {
            let keep = kept.get(row.case).is_some_and(|k| k.has(row.draw));
            places[at].1.push((row.count as f64 / row.whole as f64, keep));
        }
    }
    let row = |((case, observable, hour), values): ((&str, &str, u64), Marked)| {
        let [fit, prior] = split(&values);
        let ([prior_lo, prior_median, prior_hi], band) = (quantiles(&prior)?, quantiles(&fit));
        Some(PredictiveRow {
            case: case.to_owned(),
            observable: observable.to_owned(),
            day: hour as f64 / 24.0,
            lo: band.map(|b| b[0]),
            median: band.map(|b| b[1]),
            hi: band.map(|b| b[2]),
            prior_lo,
            prior_median,
            prior_hi,
        })
    };
    places.into_iter().filter_map(row).collect()
}

fn published(fits: &Table, kept: &BTreeMap<String, Kept>) -> Vec<PublishedRow> {
    let mut points: Vec<(FitRow<'_>, Marked)> = Vec::new();
    for row in fits.records::<FitRow<'_>>() {
        let known = points.iter().position(|(p, _)| p.case == row.case && p.point == row.point);
        let at = known.unwrap_or_else(|| {
            points.push((row.clone(), Vec::new()));
            points.len() - 1
        });
        if let Some(x) = row.simulated {
            points[at].1.push((x, kept.get(row.case).is_some_and(|k| k.has(row.draw))));
        }
    }
    let row = |(point, values): (FitRow<'_>, Marked)| {
        let [fit, prior] = split(&values);
        let (band, before) = (quantiles(&fit), quantiles(&prior));
        let scores = [&fit, &prior].map(|draws| score(draws, point.published, point.sigma));
        let compared = scores[0].zip(scores[1]).map(|(fit, prior)| answer(fit, prior));
        let few = kept.get(point.case).is_none_or(Kept::too_few);
        let said = match compared {
            _ if point.fitted == 1 => "fitted",
            Some((_, _, answer)) if !few => answer.name(),
            _ => TOO_FEW,
        };
        PublishedRow {
            case: point.case.to_owned(),
            observable: point.observable.to_owned(),
            day: point.day,
            published: point.published,
            sigma: point.sigma,
            fitted: point.fitted,
            lo: band.map(|b| b[0]),
            median: band.map(|b| b[1]),
            hi: band.map(|b| b[2]),
            prior_lo: before.map(|b| b[0]),
            prior_median: before.map(|b| b[1]),
            prior_hi: before.map(|b| b[2]),
            pit: scores[0].map(|s| s.pit),
            prior_pit: scores[1].map(|s| s.pit),
            gain: compared.map(|c| c.0).filter(|x| x.is_finite()),
            gain_error: compared.map(|c| c.1).filter(|x| x.is_finite()),
            answer: said.into(),
        }
    };
    points.into_iter().map(row).collect()
}

const TOO_FEW: &str = "too few draws";

/// A case is as good as the worst of its points that are held out.
fn verdicts(published: &[PublishedRow], kept: &BTreeMap<String, Kept>) -> Vec<VerdictRow> {
    let cases = distinct(published.iter().map(|p| p.case.as_str()));
    let row = |case: &str| {
        let held: Vec<&str> =
            published.iter().filter(|p| p.case == case && p.fitted == 0).map(|p| p.answer.as_str()).collect();
        let k = &kept[case];
        let has = |answer: HeldOut| held.contains(&answer.name());
        let verdict = match () {
            () if k.too_few() => TOO_FEW,
            () if held.is_empty() => "not tested: nothing is held out",
            () if has(HeldOut::Missed) || has(HeldOut::Worse) => "fails",
            () if has(HeldOut::NoBetter) => HeldOut::NoBetter.name(),
            () => HeldOut::Foretold.name(),
        };
        VerdictRow {
            case: case.into(),
            kept: k.draws.len() as u64,
            draws: k.all,
            effective: k.effective,
            held_out: held.len() as u64,
            verdict: verdict.into(),
        }
    };
    cases.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1,000 draws of a parameter p, evenly from 0 to 1, and a course that is p itself; another parameter says nothing.
    fn study(held_out: Option<f64>, meets: f64) -> Summaries {
        let (mut draws, mut fits, mut courses) = (Vec::new(), Vec::new(), Vec::new());
        for draw in 0..1_000u64 {
            let value = draw as f64 / 1_000.0;
            let row = |parameter, value| DrawRow { case: "a", draw, parameter, from: 0.0, to: 1.0, value };
            draws.extend([row("p", value), row("idle", (draw * 387 % 1_000) as f64 / 1_000.0)]);
            let fit = |point, fitted, published| FitRow {
                case: "a",
                draw,
                point,
                observable: "reach",
                day: 3.0,
                published,
                sigma: 0.1,
                fitted,
                simulated: Some(value),
            };
            fits.push(fit(0, 1, meets));
            fits.extend(held_out.map(|published| fit(1, 0, published)));
            courses.push(CourseRow { case: "a", draw, observable: "reach", hour: 24, count: draw, whole: 1_000 });
        }
        summarize(&Table::of(&courses), &Table::of(&fits), &Table::of(&draws), 1.0)
    }

    #[test]
    fn a_case_can_pass_and_fail() {
        let said = |held_out, meets| {
            let study = study(held_out, meets);
            (study.verdicts[0].verdict.clone(), study.verdicts[0].kept)
        };
        assert_eq!(said(Some(0.5), 0.5), ("foretold".into(), 201));
        assert_eq!(said(Some(0.9), 0.5), ("fails".into(), 201));
        assert_eq!(said(None, 0.5), ("not tested: nothing is held out".into(), 201));
        // no draw comes near: nothing is kept, and nothing is made of it
        assert_eq!(said(Some(0.5), 1.2), (TOO_FEW.into(), 0));
    }

    #[test]
    fn prior_and_posterior_stand_side_by_side() {
        let study = study(Some(0.5), 0.5);
        let [p, idle] = &study.posterior[..] else { panic!("{:?}", study.posterior) };
        assert_eq!((p.identified, idle.identified, p.kept, p.draws), (1, 0, 201, 1_000));
        assert!((p.median.unwrap() - 0.5).abs() < 1e-9 && (p.lo.unwrap() - 0.41).abs() < 1e-9);
        assert!((p.narrowed.unwrap() - 0.2).abs() < 0.01 && (idle.narrowed.unwrap() - 1.0).abs() < 0.1);
        // weights of a normal law on a uniform one: σ·√(4π) of the draws
        let kish = 1_000.0 * 0.1 * (4.0 * std::f64::consts::PI).sqrt();
        assert!((p.effective / kish - 1.0).abs() < 0.01, "{}", p.effective);
        let course = &study.predictive[0];
        assert!((course.prior_lo - 0.04995).abs() < 1e-9 && (course.lo.unwrap() - 0.41).abs() < 1e-9);
        let [fitted, held] = &study.published[..] else { panic!() };
        assert_eq!((fitted.answer.as_str(), held.answer.as_str()), ("fitted", "foretold"));
        // density of the kept draws: P(|z| < 1)/0.2; of all: 1
        assert!((held.gain.unwrap() - (0.6827f64 / 0.201).ln()).abs() < 0.01, "{held:?}");
    }

    #[test]
    fn none_kept_is_missing_not_a_number() {
        let study = study(Some(0.5), 1.2);
        assert_eq!((study.posterior[0].median, study.predictive[0].lo, study.published[1].gain), (None, None, None));
        assert_eq!(study.published[1].answer, TOO_FEW);
    }
}
