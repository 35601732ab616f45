//! How a group of rows is written down: the work that is done, and the rows that read its numbers.
//!
//! A group declares; nothing is computed until it is run. So tables of what is covered are made of the rows themselves.

use crate::allowance::Allowance;
use crate::draws::Draws;
use crate::feature::{Evidence, Feature};
use crate::row::{Reads, Row};

/// How much work may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Seconds in all.
    Quick,
    /// Two minutes in all.
    Full,
}

type Task = Box<dyn Fn(&Draws<'_>) -> Result<Vec<f64>, String> + Send + Sync>;

/// Replicates of one computation.
pub(crate) struct Work {
    pub(crate) replicates: usize,
    pub(crate) task: Task,
}

/// A group while it is written.
pub(crate) struct Book {
    pub(crate) scale: Scale,
    pub(crate) works: Vec<Work>,
    pub(crate) rows: Vec<Row>,
}

/// A work of this group, for the rows that read it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers(usize);

/// A row while it is written.
pub(crate) struct Entry<'b> {
    book: &'b mut Book,
    name: String,
    covers: Vec<Feature>,
    evidence: Evidence,
    source: String,
    allowance: Allowance,
}

impl Book {
    pub(crate) fn new(scale: Scale) -> Book {
        Book { scale, works: Vec::new(), rows: Vec::new() }
    }

    /// One of two numbers.
    pub(crate) fn pick<T>(&self, quick: T, full: T) -> T {
        if self.scale == Scale::Quick { quick } else { full }
    }

    /// Replicates of a computation that gives several numbers each.
    pub(crate) fn run(
        &mut self,
        replicates: usize,
        task: impl Fn(&Draws<'_>) -> Vec<f64> + Send + Sync + 'static,
    ) -> Numbers {
        self.run_if(replicates, move |draws| Ok(task(draws)))
    }

    /// The same where something may be missing: its rows are skipped then, with the reason.
    pub(crate) fn run_if(
        &mut self,
        replicates: usize,
        task: impl Fn(&Draws<'_>) -> Result<Vec<f64>, String> + Send + Sync + 'static,
    ) -> Numbers {
        self.works.push(Work { replicates, task: Box::new(task) });
        Numbers(self.works.len() - 1)
    }

    /// A row.
    pub(crate) fn row(
        &mut self,
        name: impl Into<String>,
        covers: impl IntoIterator<Item = Feature>,
        evidence: Evidence,
        source: impl Into<String>,
    ) -> Entry<'_> {
        Entry {
            book: self,
            name: name.into(),
            covers: covers.into_iter().collect(),
            evidence,
            source: source.into(),
            allowance: Allowance::None,
        }
    }

    /// Rows of exact numbers that one computation gives: name and reference each.
    pub(crate) fn exact(
        &mut self,
        covers: &[Feature],
        (evidence, source): (Evidence, &str),
        allowance: Allowance,
        rows: &[(&str, f64)],
        task: impl Fn(&Draws<'_>) -> Vec<f64> + Send + Sync + 'static,
    ) {
        let numbers = self.run(1, task);
        for (i, (name, reference)) in rows.iter().enumerate() {
            self.row(*name, covers.to_vec(), evidence, source).allow(allowance).exact(numbers, i, *reference);
        }
    }
}

impl Entry<'_> {
    /// With an allowance.
    pub(crate) fn allow(mut self, allowance: Allowance) -> Self {
        self.allowance = allowance;
        self
    }

    fn done(self, Numbers(work): Numbers, reads: Reads, reference: f64) {
        let Entry { book, name, covers, evidence, source, allowance } = self;
        book.rows.push(Row { name, covers, evidence, source, reference, allowance, work, reads });
    }

    /// A number without chance, in a column.
    pub(crate) fn exact(self, numbers: Numbers, column: usize, reference: f64) {
        self.done(numbers, Reads::Exact(column), reference);
    }

    /// The mean of a column.
    pub(crate) fn mean(self, numbers: Numbers, column: usize, reference: f64) {
        self.done(numbers, Reads::Mean(column), reference);
    }

    /// The mean of a column, where the reference is one draw of another program.
    pub(crate) fn one_draw(self, numbers: Numbers, column: usize, reference: f64) {
        self.done(numbers, Reads::OneDraw(column), reference);
    }

    /// The share of hits in independent draws.
    pub(crate) fn share(self, numbers: Numbers, (hits, draws): (usize, usize), reference: f64) {
        self.done(numbers, Reads::Share { hits, draws }, reference);
    }

    /// The limit of two sizes, whose ratio is given, for a correction of N^(−exponent).
    pub(crate) fn limit(
        mut self,
        numbers: Numbers,
        (small, large): (usize, usize),
        (ratio, exponent): (f64, f64),
        reference: f64,
    ) {
        self.allowance = Allowance::FiniteSize { exponent };
        self.done(numbers, Reads::Sizes { small, large, ratio }, reference);
    }
}
