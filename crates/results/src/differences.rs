//! What changing the topology, or the treatment, changes: differences of trials that share their random streams.
//!
//! Differences of all metrics and all studies are computed here. Beside the plain interval of each stands what becomes of it
//! when all comparisons of the same metric are looked at together: p-values adjusted by Holm (1979), which hold whatever
//! depends on what, and the simultaneous interval by Bonferroni.

use crate::metric::MetricInfo;
use crate::observations::{Group, Observations};
use crate::statistics::{Contrast, LEVEL, holm};
use crate::table;
use crate::together::Together;
use std::collections::BTreeMap;

table! {
    /// One row a pair of cells, metric and place.
    DIFFERENCES "differences", version = 2, DifferenceRow {
        topology: Text String, "", "label of the topology";
        treatment: Text String, "", "label of the treatment";
        reference_topology: Text String, "", "label of the topology that it is compared with";
        reference_treatment: Text String, "", "label of the treatment that it is compared with";
        metric: Text String, "", "what was measured: `hydranet describe METRIC`";
        axis: Text String, "", "what `at` is; empty where the metric is of the whole trial";
        point: NullableCount Option<u64>, "", "number of the place on its axis, from 0: the same in all cells";
        at: NullableReal Option<f64>, "see axis", "the place: mean over trials";
        unit: Text String, "", "unit of mean, sd and the ends of intervals; 1 for ratios";
        mean: NullableReal Option<f64>, "see unit", "mean of (value − value in the reference) over paired trials, or difference of the quotients of totals; empty without pairs";
        sd: NullableReal Option<f64>, "see unit", "sample standard deviation of the differences; empty below two";
        lo: NullableReal Option<f64>, "see unit", "lower end of the 95 % interval for the mean, by networks (of one network: by its orders); empty below two";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        lo_all: NullableReal Option<f64>, "see unit", "lower end of the simultaneous 95 % interval: of all comparisons of this metric in this file together (Bonferroni)";
        hi_all: NullableReal Option<f64>, "see unit", "upper end of that interval";
        p: NullableReal Option<f64>, "1", "two-sided p-value of no difference (Student's t, by networks, or by orders of one network); empty where there is no interval";
        p_holm: NullableReal Option<f64>, "1", "the same adjusted for all comparisons of this metric in this file (Holm 1979)";
        pairs: Count u64, "pairs", "trials of the same network and order index with a value in both cells";
        networks: Count u64, "networks", "network indices that these pairs have";
        missing: Count u64, "trials", "trials of either cell that are in no pair";
    }
}

/// Pairs of cells that are compared: under each treatment, every topology against the first; then on each topology, every
/// treatment against the first. "First" is the first row's. Cells that are not there are passed over.
fn pairs(observations: &Observations) -> Vec<(usize, usize)> {
    let cells = observations.cells();
    let Some([first_topology, first_treatment]) = cells.first() else { return Vec::new() };
    let mut topologies: BTreeMap<&str, usize> = BTreeMap::new();
    let mut treatments: BTreeMap<&str, usize> = BTreeMap::new();
    let mut number: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for (i, [topology, treatment]) in cells.iter().enumerate() {
        topologies.entry(topology).or_insert(i);
        treatments.entry(treatment).or_insert(i);
        number.insert([topology, treatment], i);
    }
    let against = |cell: &[String; 2], reference: [&str; 2]| {
        let cell = number[&[cell[0].as_str(), cell[1].as_str()]];
        Some((cell, *number.get(&reference)?)).filter(|(a, b)| a != b)
    };
    let mut across: Vec<(usize, usize)> =
        cells.iter().filter_map(|cell| against(cell, [first_topology, &cell[1]])).collect();
    // by treatment, then by topology, whichever of the two varies faster in the table
    across.sort_by_key(|(cell, _)| treatments[cells[*cell][1].as_str()]);
    let mut along: Vec<(usize, usize)> =
        cells.iter().filter_map(|cell| against(cell, [&cell[0], first_treatment])).collect();
    along.sort_by_key(|(cell, _)| topologies[cells[*cell][0].as_str()]);
    across.into_iter().chain(along).collect()
}

/// The paired differences of every metric that is compared, at every place that both cells have. O(rows · log).
pub fn differences(observations: &Observations) -> Vec<DifferenceRow> {
    let (mut rows, mut family) = (Vec::new(), Family::default());
    for (cell, reference) in pairs(observations) {
        for (row, contrast) in compared((observations, cell), (observations, reference)) {
            family.add(&row, contrast);
            rows.push(row);
        }
    }
    let mut together = family.adjusted();
    rows.iter_mut().for_each(|row| together.fill(row));
    rows
}

/// What a cell differs by from a reference, which may be of another part of the experiment: every metric that is compared, at every
/// place that both have. What all comparisons say together is left empty.
pub fn compared(
    (here, cell): (&Observations, usize),
    (there, reference): (&Observations, usize),
) -> Vec<(DifferenceRow, Option<Contrast>)> {
    let row = |found: crate::observations::Gathered<'_>| {
        let (info, axis) = here.metric(found.metric);
        let other = there.group(reference, found.metric, found.place).filter(|_| info.compared)?;
        let (contrast, missing) = contrast(info, found.group, other);
        let [topology, treatment] = here.cells()[cell].clone();
        let [reference_topology, reference_treatment] = there.cells()[reference].clone();
        let interval = contrast.and_then(|c| c.interval(LEVEL));
        let row = DifferenceRow {
            topology,
            treatment,
            reference_topology,
            reference_treatment,
            metric: info.name.into(),
            axis: axis.into(),
            point: found.point,
            at: found.group.at(),
            unit: info.unit.into(),
            mean: contrast.map(|c| c.mean),
            sd: contrast.and_then(|c| c.sd),
            lo: interval.map(|i| i.lo),
            hi: interval.map(|i| i.hi),
            lo_all: None,
            hi_all: None,
            p: contrast.and_then(|c| c.p()),
            p_holm: None,
            pairs: contrast.map_or(0, |c| c.pairs),
            networks: found.group.networks(contrast.map_or(0, |c| c.clusters)),
            missing,
        };
        Some((row, contrast))
    };
    here.groups_of(cell).filter_map(row).collect()
}

/// All comparisons, by metric: those of one are looked at together. 24 bytes each.
#[derive(Debug, Default)]
pub struct Family(BTreeMap<String, Vec<Kept>>);

/// What an interval and a p-value are made of.
#[derive(Debug, Clone, Copy)]
struct Kept {
    mean: f64,
    error: f64,
    clusters: u32,
}

impl Kept {
    fn contrast(self) -> Contrast {
        Contrast { mean: self.mean, sd: None, error: Some(self.error), pairs: 0, clusters: self.clusters.into() }
    }
}

impl Family {
    /// Adds a comparison; one without a p-value says nothing.
    pub fn add(&mut self, row: &DifferenceRow, contrast: Option<Contrast>) {
        let Some((mean, error, clusters)) = contrast.and_then(|c| Some((c.mean, c.error?, c.clusters))) else { return };
        let kept = Kept { mean, error, clusters: u32::try_from(clusters).unwrap_or(u32::MAX) };
        match self.0.get_mut(&row.metric) {
            Some(family) => family.push(kept),
            None => {
                self.0.insert(row.metric.clone(), vec![kept]);
            }
        }
    }

    /// What they say together: p-values adjusted by Holm, intervals by Bonferroni. O(comparisons · log).
    pub fn adjusted(self) -> Adjusted {
        let adjust = |(metric, family): (String, Vec<Kept>)| {
            let p: Vec<f64> = family.iter().filter_map(|kept| kept.contrast().p()).collect();
            let level = 1.0 - (1.0 - LEVEL) / family.len() as f64;
            (metric, (level, family.into_iter().zip(holm(&p)).collect::<Vec<_>>().into_iter()))
        };
        Adjusted(self.0.into_iter().map(adjust).collect())
    }
}

/// What the comparisons of each metric say together, in the order in which they were added.
#[derive(Debug)]
pub struct Adjusted(BTreeMap<String, (f64, std::vec::IntoIter<(Kept, f64)>)>);

impl Adjusted {
    /// Fills in the row of the next comparison of its metric.
    ///
    /// # Panics
    /// If there are more rows than were added.
    pub fn fill(&mut self, row: &mut DifferenceRow) {
        if row.p.is_none() {
            return;
        }
        let (level, family) = self.0.get_mut(&row.metric).expect("its metric was added");
        let (kept, p) = family.next().expect("as many rows as were added");
        let interval = kept.contrast().interval(*level);
        (row.lo_all, row.hi_all) = (interval.map(|i| i.lo), interval.map(|i| i.hi));
        row.p_holm = Some(p);
    }
}

/// The paired difference of two groups, where enough trials have a value in both, and how many trials have no partner.
pub(crate) fn contrast(info: &MetricInfo, group: &Group, reference: &Group) -> (Option<Contrast>, u64) {
    let pairs = Together::new(info.summing, &[group, reference]);
    let missing = (group.trials.len() + reference.trials.len() - 2 * pairs.len()) as u64;
    (pairs.weighted(&[1.0, -1.0]).filter(|c| !info.too_few(2 * c.pairs, missing)), missing)
}

#[cfg(test)]
#[path = "differences_tests.rs"]
mod tests;
