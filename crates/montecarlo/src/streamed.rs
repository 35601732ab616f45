//! What a sweep sums up to: its tables are written as its rows are read, a few cells at a time, so that rows never
//! stand whole in memory; 24 bytes a comparison do.
//!
//! Rows stand by topology, then by treatment; in `differences.csv` each cell against the first topology, then against the first
//! treatment.

use crate::chunks::{self, Chunk};
use crate::engine::{DIGITS, ExperimentError};
use crate::{Inventory, PartError, PlanRecord, StudyKind};
use hydranet_results::differences::{DIFFERENCES, DifferenceRow, Family, compared};
use hydranet_results::summary::{SUMMARY, summarize};
use hydranet_results::{Independent, Observations, Places, Schema, Sweep, Table, csv, write_atomically};
use std::fs::File;
use std::io::{BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

/// Writes the summary, the differences and the tables of the kind.
pub(crate) fn write(
    kind: &StudyKind,
    record: &PlanRecord,
    (sweep, parts): (&Sweep, &Inventory),
    results: &Path,
) -> Result<(), ExperimentError> {
    let plan = &record.plan;
    let independent = if plan.networks > 1 { Independent::Networks } else { Independent::Orders };
    let places = places(kind, record, parts)?;
    let spool = |name: &'static str, schema: &'static Schema| Spool::new(results, name, schema);
    let mut summary = spool("summary", &SUMMARY)?;
    let mut differences = spool("differences", &DIFFERENCES)?;
    let mut extras: Vec<Spool> =
        kind.extras.iter().map(|(name, schema)| spool(name, schema)).collect::<Result<_, _>>()?;
    let mut family = Family::default();
    // of the first topology all treatments, of each topology the first ones
    let mut firsts: Vec<Observations> = Vec::new();
    let mut head: Option<Observations> = None;
    let mut treatment: Option<String> = None;
    chunks::each(
        (kind, plan),
        parts,
        |_| true,
        |chunk: Chunk| {
            let observations = Observations::of(kind.metrics, &chunk.tables).among(&places, independent);
            summary.push(&Table::of(&summarize(&observations)).rounded(DIGITS))?;
            for (spool, table) in extras.iter_mut().zip((kind.extra)(&chunk.tables, &record.spec)) {
                spool.push(&table)?;
            }
            if chunk.part == 0 {
                head = None;
            }
            let mut rows: Vec<DifferenceRow> = Vec::new();
            for (cell, [own, under]) in observations.cells().iter().enumerate() {
                let first_treatment = treatment.get_or_insert_with(|| under.clone());
                let first = firsts.get(chunk.part).filter(|_| chunk.topology > 0);
                let across = first.and_then(|first| Some((first, first.cell(&first.cells().first()?[0], under)?)));
                let start = if chunk.topology == 0 { firsts.first().or(head.as_ref()) } else { head.as_ref() };
                let start = start.unwrap_or(&observations);
                let along =
                    start.cell(own, first_treatment).filter(|_| under != first_treatment).map(|cell| (start, cell));
                for reference in across.into_iter().chain(along) {
                    for (row, contrast) in compared((&observations, cell), reference) {
                        family.add(&row, contrast);
                        rows.push(row);
                    }
                }
            }
            differences.push(&Table::of(&rows))?;
            if chunk.topology == 0 && plan.topologies > 1 {
                firsts.push(observations);
            } else if chunk.part == 0 {
                head = Some(observations);
            }
            Ok::<(), ExperimentError>(())
        },
    )?;
    summary.finish(sweep, |_| {})?;
    extras.into_iter().try_for_each(|spool| spool.finish(sweep, |_| {}))?;
    let mut adjusted = family.adjusted();
    differences.finish(sweep, |row| adjusted.fill(row))
}

/// The places at which metrics are measured, in all cells.
fn places(kind: &StudyKind, record: &PlanRecord, parts: &Inventory) -> Result<Places, ExperimentError> {
    let mut places = Places::default();
    let along = |schema: &Schema| kind.metrics.iter().any(|list| list.schema() == schema && !list.axis().is_empty());
    chunks::each((kind, &record.plan), parts, along, |chunk: Chunk| {
        places.join(&Observations::of(kind.metrics, &chunk.tables).places());
        Ok::<(), ExperimentError>(())
    })?;
    Ok(places)
}

/// A table that is written piece by piece: kept in a file of its own until it is whole.
struct Spool {
    target: PathBuf,
    path: PathBuf,
    schema: &'static Schema,
    out: BufWriter<File>,
}

impl Spool {
    fn new(results: &Path, name: &str, schema: &'static Schema) -> Result<Spool, ExperimentError> {
        let path = results.join(format!(".{name}.{}.spool", std::process::id()));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path);
        let file = file.map_err(|source| PartError::Folder { path: path.clone(), source })?;
        let target = results.join(format!("{name}.csv"));
        let mut spool = Spool { target, path, schema, out: BufWriter::new(file) };
        csv::write_header(schema, &mut spool.out).map_err(|e| spool.failed(e))?;
        Ok(spool)
    }

    fn failed(&self, source: std::io::Error) -> ExperimentError {
        PartError::Folder { path: self.path.clone(), source }.into()
    }

    fn push(&mut self, table: &Table) -> Result<(), ExperimentError> {
        csv::write_rows(table, &mut self.out).map_err(|e| self.failed(e))
    }

    /// Writes the table, each row of differences changed as `fill` says.
    fn finish(mut self, sweep: &Sweep, mut fill: impl FnMut(&mut DifferenceRow)) -> Result<(), ExperimentError> {
        let wide = sweep.schema(self.schema);
        let start = self.out.flush().and_then(|()| self.out.get_mut().rewind());
        start.map_err(|e| self.failed(e))?;
        let input = BufReader::new(self.out.get_ref().try_clone().map_err(|e| self.failed(e))?);
        let written = write_atomically(&self.target, |mut out| {
            csv::write_header(wide, &mut out)?;
            let piece = |table: Table| {
                let table = match self.schema == &DIFFERENCES {
                    true => {
                        let mut rows: Vec<DifferenceRow> = table.records().collect();
                        rows.iter_mut().for_each(&mut fill);
                        Table::of(&rows).rounded(DIGITS)
                    }
                    false => table,
                };
                csv::write_rows(&sweep.widen(table, wide), &mut out).map_err(csv::CsvError::Io)
            };
            csv::read_pieces(input, self.schema, |_| true, piece).map_err(std::io::Error::other)
        });
        written.map_err(|e| PartError::Save(e).into())
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        // nobody needs it, and the next run makes its own
        let _ = std::fs::remove_file(&self.path);
    }
}
