//! Runs groups and tells what came out.

use crate::book::{Book, Scale};
use crate::draws::Draws;
use crate::feature::{Evidence, Feature};
use crate::groups::{GROUPS, Group};
use crate::row::{MISS, Row};
use hydranet_montecarlo::replicate;
use hydranet_toolkit::Toolkit;
use hydranet_topology::Trial;
use serde::Serialize;
use std::path::PathBuf;

/// How rows are run.
#[derive(Debug, Clone)]
pub struct Setup {
    /// What is known: topologies and strategies are taken from here by their names.
    pub known: Toolkit,
    /// How much work is done.
    pub scale: Scale,
    /// The seed: other seeds draw other networks.
    pub seed: u64,
    /// A folder with measured networks; without it their rows are skipped.
    pub data: Option<PathBuf>,
}

/// The seed that is taken where none is named.
pub const SEED: u64 = 2012;

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum Standing {
    /// The reference lies in the interval, widened by the allowance.
    Holds,
    /// It does not.
    Fails,
    /// Something is missing.
    Skipped {
        /// What.
        why: String,
    },
}

/// One row as it came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// Its group.
    pub group: &'static str,
    /// What is compared.
    pub name: String,
    /// What it covers.
    pub covers: Vec<Feature>,
    /// What kind of evidence the reference is.
    pub evidence: Evidence,
    /// Where the reference comes from.
    pub source: String,
    /// The reference.
    pub reference: f64,
    /// What was measured; missing if skipped.
    pub measured: Option<f64>,
    /// Its interval at the level of rows, 1 − [`MISS`]; missing where there is no chance.
    pub interval: Option<[f64; 2]>,
    /// Whether the reference lies in the 95 % interval, without any allowance; missing where there is no chance.
    pub within_95: Option<bool>,
    /// The allowance: the largest difference beyond the interval.
    pub allowance: f64,
    /// What the allowance is derived from.
    pub allowed_for: String,
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Standing,
}

/// The groups that a text selects: those with it in their name or, if there are none, rows with it in theirs.
fn wanted(only: Option<&str>) -> (Vec<&'static Group>, Option<&str>) {
    let named: Vec<&Group> = GROUPS.iter().filter(|group| only.is_none_or(|only| group.name.contains(only))).collect();
    if named.is_empty() { (GROUPS.iter().collect(), only) } else { (named, None) }
}

/// The names of all groups, in order.
pub fn group_names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().map(|group| group.name)
}

/// Runs all rows, or those that `only` selects: a part of the name of a group or of rows. Replicates of all groups run in
/// parallel; what comes out depends on the setup alone.
pub fn run(setup: &Setup, only: Option<&str>) -> Vec<Checked> {
    let (groups, part) = wanted(only);
    let mut books: Vec<(&Group, Book)> = Vec::new();
    for group in groups {
        let mut book = Book::new(setup.scale);
        (group.write)(&mut book);
        book.rows.retain(|row| part.is_none_or(|part| row.name.contains(part)));
        books.push((group, book));
    }
    // every replicate of every work that a row reads
    let mut jobs = Vec::new();
    for (g, (_, book)) in books.iter().enumerate() {
        for (w, work) in book.works.iter().enumerate().filter(|(w, _)| book.rows.iter().any(|row| row.work == *w)) {
            jobs.extend((0..work.replicates).map(|r| (g, w, r)));
        }
    }
    let mut done = replicate(jobs.len(), |job| {
        let (g, w, r) = jobs[job.network as usize];
        let (group, book) = &books[g];
        let seed = work_seed(setup.seed, group.name, w);
        let trial = Trial::network(u32::try_from(r).expect("few replicates"));
        (book.works[w].task)(&Draws { known: &setup.known, data: setup.data.as_deref(), seed, trial })
    })
    .into_iter();
    let mut out = Vec::new();
    for (group, book) in &books {
        let runs: Vec<Result<Vec<Vec<f64>>, String>> = (0..book.works.len())
            .map(|w| match book.rows.iter().any(|row| row.work == w) {
                // all of them, also behind one that is refused
                true => done.by_ref().take(book.works[w].replicates).collect::<Vec<_>>().into_iter().collect(),
                false => Ok(Vec::new()),
            })
            .collect();
        out.extend(book.rows.iter().map(|row| checked(group.name, row, &runs[row.work])));
    }
    out
}

/// A seed of its own for each work (the steps of splitmix64, Steele et al. 2014, over seed, group and number).
fn work_seed(seed: u64, group: &str, work: usize) -> u64 {
    let mix = |mut z: u64| {
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let bytes = group.bytes().chain((work as u64).to_le_bytes());
    bytes.fold(mix(seed.wrapping_add(0x9E37_79B9_7F4A_7C15)), |z, byte| {
        mix(z.wrapping_add(0x9E37_79B9_7F4A_7C15) ^ u64::from(byte))
    })
}

fn checked(group: &'static str, row: &Row, runs: &Result<Vec<Vec<f64>>, String>) -> Checked {
    let blank = Checked {
        group,
        name: row.name.clone(),
        covers: row.covers.clone(),
        evidence: row.evidence,
        source: row.source.clone(),
        reference: row.reference,
        measured: None,
        interval: None,
        within_95: None,
        allowance: 0.0,
        allowed_for: row.allowance.why(),
        verdict: Standing::Holds,
    };
    let runs = match runs {
        Err(why) => return Checked { verdict: Standing::Skipped { why: why.clone() }, ..blank },
        Ok(runs) => runs,
    };
    let measured = row.measure(runs, 1.0 - MISS);
    Checked {
        measured: Some(measured.value),
        interval: measured.interval.map(|i| [i.lo, i.hi]),
        within_95: row.measure(runs, 0.95).interval.map(|i| i.contains(row.reference)),
        allowance: row.allowance.width(row.reference, measured.first_order),
        verdict: if row.holds(&measured) { Standing::Holds } else { Standing::Fails },
        ..blank
    }
}

/// All rows as they are declared, without running any.
pub(crate) fn declared(scale: Scale) -> Vec<(&'static str, Row)> {
    let mut out = Vec::new();
    for group in GROUPS {
        let mut book = Book::new(scale);
        (group.write)(&mut book);
        out.extend(book.rows.into_iter().map(|row| (group.name, row)));
    }
    out
}
