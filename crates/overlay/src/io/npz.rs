//! Matrices of numpy and scipy: `.npz` as `scipy.sparse.save_npz` writes it, and dense `.npy`.
//!
//! A symmetric matrix is an undirected network, any other a directed one, from row to column. Nodes are called `0..n`.

mod npy;
mod zip;

use super::error::Fault;
use super::input::Head;
use super::report::Report;
use super::row::Row;
use super::text::believed;
use super::{Format, ReadOptions};
use crate::{Csr, Overlay};
use npy::Array;
use std::io::Read;

pub(super) const ROW: Row = Row {
    format: Format::Npz,
    name: "numpy matrix",
    key: "npz",
    endings: &["npz", "npy"],
    begins: |head| {
        let zip = head.bytes.starts_with(b"PK\x03\x04")
            && head.bytes.get(26..28).is_some_and(|n| {
                let length = usize::from(u16::from_le_bytes([n[0], n[1]]));
                head.bytes.get(30..30 + length).is_some_and(|name| name.ends_with(b".npy"))
            });
        zip || head.bytes.starts_with(npy::MAGIC)
    },
    read,
    write: None,
};

/// Reads a matrix.
fn read(content: &mut dyn Read, _: &Head, options: &ReadOptions, report: &mut Report) -> Result<Overlay, Fault> {
    let mut bytes = Vec::new();
    content.read_to_end(&mut bytes)?;
    let (n, links) = if bytes.starts_with(npy::MAGIC) { dense(&bytes)? } else { sparse(&bytes)? };
    report.listed = links.len() as u64;
    let (csr, dropped) = Csr::from_arcs(n, &links);
    let symmetric = csr.is_symmetric();
    Ok(if options.directed.unwrap_or(!symmetric) {
        report.dropped = dropped;
        Overlay::directed(csr)
    } else {
        report.direction_dropped = !symmetric;
        let links: Vec<[u32; 2]> = if symmetric { links.into_iter().filter(|[u, v]| u <= v).collect() } else { links };
        report.edges(n, &links)
    })
}

fn dense(bytes: &[u8]) -> Result<(u32, Vec<[u32; 2]>), Fault> {
    let array = Array::parse(bytes).map_err(Fault::whole)?;
    let n = square(&array.shape, array.values.len() as u64)?;
    let side = n as usize;
    let place = |i: usize| if array.fortran { [i % side, i / side] } else { [i / side, i % side] };
    let links = array.values.iter().enumerate().filter(|(_, x)| **x != 0.0 && !x.is_nan());
    Ok((n, links.map(|(i, _)| place(i).map(|k| k as u32)).collect()))
}

fn square(shape: &[u64], entries: u64) -> Result<u32, Fault> {
    match shape {
        [rows, columns] if rows == columns => believed(*rows, entries).map_err(Fault::whole),
        [rows, columns] => {
            Err(Fault::whole(format!("{rows} rows and {columns} columns: a network is a square matrix")))
        }
        _ => Err(Fault::whole(format!("an array of {} dimensions: a network is a square matrix", shape.len()))),
    }
}

fn sparse(bytes: &[u8]) -> Result<(u32, Vec<[u32; 2]>), Fault> {
    let members = zip::members(bytes).map_err(Fault::whole)?;
    let find = |name: &str| -> Result<Array, Fault> {
        let (_, content) = members.iter().find(|(n, _)| n.strip_suffix(".npy") == Some(name)).ok_or_else(|| {
            let names: Vec<&str> = members.iter().map(|(n, _)| n.as_str()).collect();
            let found = super::text::shown(&names.join(" "));
            Fault::whole(format!("no array {name} in this archive ({found}); write it with scipy.sparse.save_npz"))
        })?;
        Array::parse(content).map_err(|e| Fault::whole(format!("{name}: {e}")))
    };
    if let [(_, only)] = &members[..] {
        return dense(only);
    }
    let format = find("format")?.text;
    let data = find("data")?.values;
    let n = square(&find("shape")?.whole(), data.len() as u64)?;
    let index = |x: u64| match u32::try_from(x) {
        Ok(i) if i < n => Ok(i),
        _ => Err(Fault::whole(format!("the index {x} is not below {n}"))),
    };
    let is_link = |k: usize| data.get(k).is_none_or(|x| *x != 0.0);
    let mut links = Vec::new();
    match format.as_str() {
        "csr" | "csc" => {
            let (starts, indices) = (find("indptr")?.whole(), find("indices")?.whole());
            if starts.len() as u64 != u64::from(n) + 1
                || starts.last() != Some(&(indices.len() as u64))
                || !starts.is_sorted()
            {
                return Err(Fault::whole("indptr does not fit indices: the file is damaged"));
            }
            for (u, pair) in starts.windows(2).enumerate() {
                for (k, &to) in indices.iter().enumerate().take(pair[1] as usize).skip(pair[0] as usize) {
                    let arc = [u as u32, index(to)?];
                    if is_link(k) {
                        links.push(if format == "csr" { arc } else { [arc[1], arc[0]] });
                    }
                }
            }
        }
        "coo" => {
            let (rows, columns) = if members.iter().any(|(n, _)| n == "row.npy") {
                (find("row")?.whole(), find("col")?.whole())
            } else {
                let both = find("coords")?.whole();
                let (rows, columns) = both.split_at(both.len() / 2);
                (rows.to_vec(), columns.to_vec())
            };
            if rows.len() != columns.len() {
                return Err(Fault::whole("row and col differ in length: the file is damaged"));
            }
            for (k, (row, column)) in rows.iter().zip(&columns).enumerate() {
                if is_link(k) {
                    links.push([index(*row)?, index(*column)?]);
                }
            }
        }
        other => {
            let found = super::text::shown(other);
            return Err(Fault::whole(format!("sparse format {found} is not read; save it as csr, csc or coo")));
        }
    }
    Ok((n, links))
}
