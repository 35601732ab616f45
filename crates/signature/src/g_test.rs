//! G-tests of two samples of categories: for a known split, and for a split that was searched for.
//!
//! G = 2 Σ n ln(n n../(n_i. n_.k)) over the table of two samples. For a split that was known beforehand it is chi-square with K − 1
//! degrees. The largest G over all splits of a series is not: its quantiles are simulated here.

use crate::detector::{n_ln_n_table, starts};
use crate::profile::{Profile, observe};
use crate::random::behaviour_rng;
use hydranet_topology::{Invalid, Purpose, Trial};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// G of two samples with these counts. Categories that neither has say nothing. O(K).
///
/// # Panics
/// If the numbers of categories differ.
pub fn g_statistic(first: &[u64], second: &[u64]) -> f64 {
    assert_eq!(first.len(), second.len(), "one count a category on both sides");
    let f = |n: u64| if n == 0 { 0.0 } else { n as f64 * libm::log(n as f64) };
    let (n1, n2) = (first.iter().sum(), second.iter().sum());
    let cells: f64 = first.iter().zip(second).map(|(&a, &b)| f(a) + f(b) - f(a + b)).sum();
    f64::max(0.0, 2.0 * (cells - f(n1) - f(n2) + f(n1 + n2)))
}

/// The chance of a G at least this large with so many degrees of freedom, without a change, **for a split that was known beforehand**.
/// With 0 degrees (one category) it is 1.
pub fn p_value(g: f64, degrees: usize) -> f64 {
    if degrees == 0 {
        return 1.0;
    }
    ChiSquared::new(degrees as f64).map_or(f64::NAN, |law| law.sf(g))
}

/// The search for the best split of a series, with its tables made once.
#[derive(Debug, Clone)]
pub(crate) struct Scan {
    coordinates: usize,
    n_ln_n: Vec<f64>,
    before: Vec<u32>,
    after: Vec<u32>,
}

impl Scan {
    /// For so many coordinates with so many categories in all, and series of at most `most` observations.
    pub(crate) fn new(coordinates: usize, cells: usize, most: usize) -> Scan {
        Scan { coordinates, n_ln_n: n_ln_n_table(most), before: vec![0; cells], after: vec![0; cells] }
    }

    /// Largest G, summed over coordinates, and the number of observations before its split; (0, 0) if the series is shorter than 2 `least`.
    /// The series comes in two parts (a ring buffer): flat cells, one a coordinate for each observation. O(n M).
    pub(crate) fn best(&mut self, series: [&[u32]; 2], least: usize) -> (f64, usize) {
        let m = self.coordinates;
        let n = (series[0].len() + series[1].len()) / m;
        if n < 2 * least {
            return (0.0, 0);
        }
        self.before.fill(0);
        self.after.fill(0);
        let f = &self.n_ln_n;
        series.iter().flat_map(|part| part.iter()).for_each(|&cell| self.after[cell as usize] += 1);
        // Σ f(before) + f(after) − f(both), starting with nothing before
        let (mut cells, mut best) = (0.0, (f64::NEG_INFINITY, 0));
        for (at, x) in series.iter().flat_map(|part| part.chunks_exact(m)).take(n - least).enumerate() {
            for &cell in x {
                let (a, b) = (&mut self.before[cell as usize], &mut self.after[cell as usize]);
                let old = f[*a as usize] + f[*b as usize];
                (*a, *b) = (*a + 1, *b - 1);
                cells += f[*a as usize] + f[*b as usize] - old;
            }
            let before = at + 1;
            if before >= least {
                let g = 2.0 * (cells + m as f64 * (f[n] - f[before] - f[n - before]));
                if g > best.0 {
                    best = (g, before);
                }
            }
        }
        (f64::max(0.0, best.0), best.1)
    }
}

/// A split of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// G, summed over coordinates.
    pub g: f64,
    /// Observations before the split.
    pub before: usize,
}

/// The split of a whole series at which G, summed over coordinates, is largest, with at least `least` observations on each side; `None` if
/// the series is too short. `series` holds one code a coordinate for each observation. O(n M).
///
/// # Panics
/// If a code is not below its number of categories, `least` is 0 or there is no coordinate.
pub fn best_split(series: &[Vec<u32>], categories: &[usize], least: usize) -> Option<Split> {
    assert!(least >= 1 && !categories.is_empty(), "both sides and all observations hold something");
    let start = starts(categories.iter().copied());
    let mut flat = Vec::with_capacity(series.len() * categories.len());
    for x in series {
        for (m, &k) in x.iter().enumerate() {
            assert!((k as usize) < categories[m], "code {k} of coordinate {m} is too large");
            flat.push((start[m] + k as usize) as u32);
        }
    }
    let mut scan = Scan::new(categories.len(), start[categories.len()], series.len());
    let (g, before) = scan.best([&flat, &[]], least);
    (before > 0).then_some(Split { g, before })
}

/// What a simulated quantile is of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScanSettings {
    /// Observations of a series.
    pub observations: usize,
    /// Least observations on each side (≥ 1).
    pub least: usize,
    /// Share of series without a change that stay below, in (0, 1).
    pub level: f64,
    /// Simulated series; at least 100, and 20/(1 − level) for a quantile that is not an extreme.
    pub series: u32,
    /// Seed.
    pub seed: u64,
}

/// A simulated quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The quantile.
    pub value: f64,
    /// Its standard error: half the distance of the order statistics one binomial standard deviation below and above.
    pub standard_error: f64,
}

/// The `level` quantile of the largest G over all splits, for series of one crew without a change. O(series · n · Σ K).
///
/// # Errors
/// If there is no coordinate, the series are too short for two sides, or there are too few of them.
pub fn scan_quantile(crew: &[Profile], settings: &ScanSettings) -> Result<Quantile, Invalid> {
    let ScanSettings { observations, least, level, series, seed } = *settings;
    Invalid::unless(!crew.is_empty(), "crew", || "at least one coordinate".to_string())?;
    let fits = least >= 1 && observations >= 2 * least;
    Invalid::unless(fits, "observations", || format!("two sides of at least {least} (1 or more), not {observations}"))?;
    Invalid::unless(level > 0.0 && level < 1.0, "level", || format!("a share above 0 and below 1, not {level}"))?;
    let fewest = f64::max(100.0, libm::floor(20.0 / (1.0 - level)));
    Invalid::unless(series as f64 >= fewest, "series", || {
        format!("at least {fewest:.0} for level {level}, not {series}")
    })?;
    let start = starts(crew.iter().map(Profile::categories));
    let m = crew.len();
    let mut scan = Scan::new(m, start[m], observations);
    let mut flat = vec![0u32; observations * m];
    let mut largest: Vec<f64> = (0..series)
        .map(|s| {
            let rng = &mut behaviour_rng(seed, Trial::network(s), Purpose::Measure);
            for x in flat.chunks_exact_mut(m) {
                observe(crew, rng, x);
                x.iter_mut().zip(&start).for_each(|(k, first)| *k += *first as u32);
            }
            scan.best([&flat, &[]], least).0
        })
        .collect();
    largest.sort_unstable_by(f64::total_cmp);
    let n = series as f64;
    let at = |rank: f64| largest[(rank.max(0.0) as usize).min(largest.len() - 1)];
    let (rank, sd) = (libm::ceil(level * n) - 1.0, libm::sqrt(n * level * (1.0 - level)));
    Ok(Quantile { value: at(rank), standard_error: (at(rank + sd) - at(rank - sd)) / 2.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_split() {
        let g = g_statistic(&[6, 2, 2], &[1, 2, 7]);
        assert!((g - 6.904_37).abs() < 5e-6, "{g}");
        assert!((p_value(g, 2) - 0.031_676).abs() < 5e-7, "{}", p_value(g, 2));
        assert!(g_statistic(&[3, 0, 1], &[6, 0, 2]) < 1e-13, "same shares");
        assert_eq!(p_value(3.0, 0), 1.0);
    }

    #[test]
    fn settings_are_refused() {
        let crew = [Profile::uniform(3)];
        let good = ScanSettings { observations: 40, least: 10, level: 0.9, series: 200, seed: 1 };
        assert!(scan_quantile(&crew, &good).is_ok());
        for bad in [
            ScanSettings { observations: 19, ..good },
            ScanSettings { least: 0, ..good },
            ScanSettings { level: 1.0, ..good },
            ScanSettings { series: 99, ..good },
        ] {
            assert!(scan_quantile(&crew, &bad).is_err(), "{bad:?}");
        }
        assert!(scan_quantile(&[], &good).is_err());
    }
}
