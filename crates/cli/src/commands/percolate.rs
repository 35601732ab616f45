//! `hydranet percolate`: random takedown of networks that are never stored.

use crate::args::{PercolateArgs, Unstored};
use crate::failure::Failure;
use crate::{host, output};
use hydranet_results::write_atomically;
use hydranet_takedown::kernel::computed::{DeBruijn, Hypercube, Lattice, Ring};
use hydranet_takedown::kernel::{Adjacency, Point, evenly, gnp_drawn, percolate_at};
use hydranet_topology::{Draw, Purpose, Trial, trial_rng};
use std::path::Path;
use std::time::Instant;

/// Percolates one network and reports.
pub(crate) fn percolate(args: &PercolateArgs) -> Result<(), Failure> {
    if args.points == 0 || args.points > 1_000_000_000 {
        return Err(Failure::BadInput(format!("--points is 1 to 1000000000, not {}", args.points)));
    }
    let clock = Instant::now();
    let (what, points) = match &args.network {
        Unstored::Gnp { n, mean_degree } => {
            let n = nodes("--n", *n, 2)?;
            let c = *mean_degree;
            let most = (n - 1) as f64;
            if !(c > 0.0 && c < most) {
                return Err(Failure::BadInput(format!(
                    "--mean-degree is more than 0 and less than n − 1 = {most}, not {c}"
                )));
            }
            let rng = &mut trial_rng(args.seed, Trial::network(0), Purpose::Topology);
            let points = gnp_drawn(n, c / most, &evenly(n.into(), args.points), rng);
            (format!("G(n, p), n = {n}, mean degree {c}, drawn while put back"), points)
        }
        Unstored::Hypercube { bits } => {
            let bits = limited("--bits", *bits, 1, 30)?;
            (format!("hypercube of {bits} dimensions"), computed(&Hypercube::new(bits), args))
        }
        Unstored::DeBruijn { bits } => {
            let bits = limited("--bits", *bits, 1, 30)?;
            (format!("binary de Bruijn network of {bits} digits"), computed(&DeBruijn::new(bits), args))
        }
        Unstored::Ring { n, fingers } => {
            let n = nodes("--n", *n, 3)?;
            if let Some(f) = fingers.iter().find(|f| **f < 1 || **f > n / 2) {
                return Err(Failure::BadInput(format!("--fingers are 1 to n/2 = {} long, not {f}", n / 2)));
            }
            (format!("ring of {n} nodes with fingers {fingers:?}"), computed(&Ring::new(n, fingers.clone()), args))
        }
        Unstored::Lattice { side } => {
            let side = limited("--side", *side, 1, 46_340)?;
            (format!("square lattice of side {side}"), computed(&Lattice::new(side), args))
        }
    };
    let seconds = clock.elapsed().as_secs_f64();
    if let Some(path) = &args.output {
        write(path, &points)?;
    }
    output::print(&report(&what, &points, args.seed, seconds))
}

fn computed(network: &impl Adjacency, args: &PercolateArgs) -> Vec<Point> {
    let n = network.nodes();
    let order = trial_rng(args.seed, Trial::order_of(0, 0), Purpose::Order).permutation(n);
    percolate_at(network, &order, &evenly(n.into(), args.points))
}

fn nodes(flag: &str, n: u64, least: u32) -> Result<u32, Failure> {
    match u32::try_from(n) {
        Ok(n) if (least..1 << 31).contains(&n) => Ok(n),
        _ => Err(Failure::BadInput(format!("{flag} is {least} to 2^31 − 1, not {n}"))),
    }
}

fn limited(flag: &str, value: u32, least: u32, most: u32) -> Result<u32, Failure> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Failure::BadInput(format!("{flag} is {least} to {most}, not {value}")))
}

fn chi(point: &Point, n: f64) -> f64 {
    (point.sum_squares - (point.largest as u128).pow(2)) as f64 / n
}

/// R = Σ S1(q) over q = 1 … N, over N², as a takedown has it; between points that were recorded, S1 is taken to be straight. With
/// all of them, R is exact.
fn robustness(points: &[Point], n: f64) -> f64 {
    let sum: f64 = points
        .windows(2)
        .map(|w| {
            let (gap, from, to) = ((w[1].removed - w[0].removed) as f64, w[0].largest as f64, w[1].largest as f64);
            gap * from + (to - from) * (gap + 1.0) / 2.0
        })
        .sum();
    sum / n / n
}

fn report(what: &str, points: &[Point], seed: u64, seconds: f64) -> String {
    let steps = points.last().map_or(1, |p| p.removed).max(1);
    let n = steps as f64;
    let mut peak = &points[0];
    points.iter().for_each(|p| {
        if chi(p, n) > chi(peak, n) {
            peak = p;
        }
    });
    let memory = host::peak_memory().map_or("–".into(), |bytes| format!("{:.2} GB", bytes as f64 / 1e9));
    let rows = [
        ("network", what.to_string()),
        ("nodes N", steps.to_string()),
        ("order", format!("random, seed {seed}")),
        ("S1/N before", format!("{:.6}", points[0].largest as f64 / n)),
        ("R", format!("{:.6} (from {} points)", robustness(points, n), points.len())),
        (
            "f_chi (susceptibility peak)",
            format!("{:.6} (to {:.1e})", peak.removed as f64 / n, 1.0 / (points.len() - 1).max(1) as f64),
        ),
        ("time", format!("{seconds:.1} s")),
        ("highest memory", memory),
    ];
    rows.iter().map(|(name, value)| format!("{name:<29}{value}\n")).collect()
}

fn write(path: &Path, points: &[Point]) -> Result<(), Failure> {
    write_atomically(path, |out| {
        writeln!(out, "removed,largest,sum_squares")?;
        points.iter().try_for_each(|p| writeln!(out, "{},{},{}", p.removed, p.largest, p.sum_squares))
    })
    .map_err(|e| Failure::failed_error(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robustness_is_that_of_a_takedown() {
        // a complete network of 10: S1 = 10 − q, R = 45/100, from all points or from some
        let complete = |points| {
            let order: Vec<u32> = (0..10).collect();
            percolate_at(&Ring::new(10, vec![1, 2, 3, 4, 5]), &order, &evenly(10, points))
        };
        for points in [10, 5, 2, 1] {
            let r = robustness(&complete(points), 10.0);
            assert!((r - 0.45).abs() < 1e-12, "{r} from {points} points");
        }
    }
}
