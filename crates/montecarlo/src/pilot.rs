//! A look ahead: what an experiment will cost, from one unit of each topology and the clock.
//!
//! The cheapest topologies are timed first, and no more are begun once the time that a look may take is over; the others are
//! reckoned from [`cost`] and from how far off it was on those that were timed. Nothing is written.

use crate::cost::{self, Size};
use crate::runner::RunError;
use crate::{Experiment, Plan, Unit};
use std::time::{Duration, Instant};

/// What one unit of a topology takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitTime {
    /// The size of its first network.
    pub size: Size,
    /// The estimate by which shards are dealt, in nanoseconds or so.
    pub cost: u64,
    /// Seconds on one core.
    pub seconds: f64,
    /// Whether it was timed, and not reckoned.
    pub timed: bool,
}

/// Times one unit of each topology while `patience` lasts (at least one), on one thread.
///
/// # Errors
/// If a unit cannot be run.
pub fn times(spec: &Experiment, plan: &Plan, patience: Duration) -> Result<Vec<UnitTime>, RunError> {
    let sizes = cost::sizes(spec, plan, None);
    let costs: Vec<u64> = sizes.iter().zip(0..).map(|(&size, topology)| cost::unit(spec, topology, size)).collect();
    let mut cheapest: Vec<usize> = (0..costs.len()).collect();
    cheapest.sort_by_key(|&t| costs[t]);
    let begin = Instant::now();
    let mut seconds: Vec<Option<f64>> = vec![None; costs.len()];
    let mut dearest_timed = None;
    for &topology in &cheapest {
        if dearest_timed.is_some() && begin.elapsed() >= patience {
            break;
        }
        let mut tables = spec.tables();
        let start = Instant::now();
        spec.run_unit(Unit { topology: topology as u32, network: 0 }, &mut tables)?;
        seconds[topology] = Some(start.elapsed().as_secs_f64());
        dearest_timed = Some(topology);
    }
    // the dearest unit that was timed is the most like those that were not
    let scale = dearest_timed.map_or(1e-9, |t| seconds[t].unwrap_or(0.0) / costs[t] as f64);
    let unit = |topology: usize| UnitTime {
        size: sizes[topology],
        cost: costs[topology],
        seconds: seconds[topology].unwrap_or(costs[topology] as f64 * scale),
        timed: seconds[topology].is_some(),
    };
    Ok((0..costs.len()).map(unit).collect())
}

/// Seconds of work in each of `shards` shards, on one core.
pub fn shard_seconds(plan: &Plan, units: &[UnitTime], shards: u32) -> Vec<f64> {
    let costs: Vec<u64> = units.iter().map(|unit| unit.cost).collect();
    let mut seconds = vec![0.0; shards as usize];
    for (block, shard) in plan.blocks().iter().zip(plan.deal(&costs, shards)) {
        seconds[shard as usize] += f64::from(block.end - block.first) * units[block.topology as usize].seconds;
    }
    seconds
}
