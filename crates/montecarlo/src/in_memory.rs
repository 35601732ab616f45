//! A whole experiment in memory: for Rust users who want its numbers and no results folder.

use crate::runner::RunError;
use crate::{Experiment, Overrides, Unit, UnitError, claim_rows, precision};
use hydranet_results::differences::{DifferenceRow, differences};
use hydranet_results::summary::{SummaryRow, summarize, widest};
use hydranet_results::verdict::ClaimRow;
use hydranet_results::{MetricInfo, Observations, Schema, Table};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;

/// What an experiment has found: the tables of a results folder.
#[derive(Debug, Clone)]
pub struct Findings {
    /// Networks drawn of every topology: `networks` of the header, or as many as its `precision` asked for.
    pub networks: u32,
    /// The raw tables, one a schema of the [kind](crate::StudyKind::schemas); rows by topology, then by network.
    pub tables: Vec<Table>,
    /// Every metric of every cell, with its interval: `summary.csv`.
    pub summary: Vec<SummaryRow>,
    /// Paired differences between cells: `differences.csv`.
    pub differences: Vec<DifferenceRow>,
    /// What the rows say of the claims of its spec: `claims.csv`.
    pub claims: Vec<ClaimRow>,
    /// What else its kind writes, by name.
    pub extras: Vec<(&'static str, Table)>,
}

impl Findings {
    /// The raw table of a schema, where the study has one.
    pub fn table(&self, schema: &Schema) -> Option<&Table> {
        self.tables.iter().find(|table| table.schema() == schema)
    }

    /// What a metric comes to in a cell: one row; one a place, where it is measured at places; none, where no trial is about
    /// it.
    pub fn of<'f>(
        &'f self,
        metric: &'f MetricInfo,
        topology: &'f str,
        treatment: &'f str,
    ) -> impl Iterator<Item = &'f SummaryRow> {
        self.summary.iter().filter(move |row| row.is(metric) && row.topology == topology && row.treatment == treatment)
    }
}

impl Experiment {
    /// Runs all units on so many threads (0: one a core) and sums them up. Rows are those that [`crate::engine::run`] writes, for any
    /// number of threads. All of them are held in memory: for millions of trials, write files.
    ///
    /// # Errors
    /// A unit that cannot be run (one of them, if several cannot), or threads that cannot be started.
    pub fn run_in_memory(&self, threads: usize) -> Result<Findings, RunError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|e| RunError::Threads { threads, reason: e.to_string() })?;
        let (mut done, mut networks) = (0, self.header.networks);
        let mut units: BTreeMap<Unit, Vec<Table>> = BTreeMap::new();
        loop {
            let todo: Vec<Unit> = (0..self.topologies())
                .flat_map(|topology| (done..networks).map(move |network| Unit { topology, network }))
                .collect();
            let computed = pool.install(|| {
                let run = |unit| {
                    let mut tables = self.tables();
                    self.run_unit(unit, &mut tables)?;
                    Ok((unit, tables))
                };
                todo.into_par_iter().map(run).collect::<Result<Vec<_>, UnitError>>()
            })?;
            units.extend(computed);
            let mut tables = self.tables();
            for unit in units.values() {
                tables.iter_mut().zip(unit).for_each(|(all, rows)| all.append(rows));
            }
            let observations = Observations::of(self.kind().metrics, &tables);
            let header = crate::Header { networks, ..self.header.clone() };
            let more = header.precision.map(|wanted| precision::networks_for(widest(&observations), wanted, &header));
            match more.filter(|more| *more > networks) {
                Some(more) => (done, networks) = (networks, more),
                None => return Ok(self.found(networks, tables, &observations)),
            }
        }
    }

    fn found(&self, networks: u32, tables: Vec<Table>, observations: &Observations) -> Findings {
        let kind = self.kind();
        let overrides = Overrides { networks: Some(networks), ..Overrides::default() };
        let spec = self.with(&overrides).expect("not more networks than the spec allows").to_json();
        let extras = kind.extras.iter().map(|(name, _)| *name).zip((kind.extra)(&tables, &spec)).collect();
        Findings {
            networks,
            summary: summarize(observations),
            differences: differences(observations),
            claims: claim_rows(&self.claims, observations),
            extras,
            tables,
        }
    }
}
