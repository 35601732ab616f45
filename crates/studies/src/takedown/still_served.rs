//! What a network is for, along a takedown: whether lookups and commands still get through, beside what hangs together.

use crate::shared::points::Points;
use hydranet_montecarlo::UnitError;
use hydranet_overlay::{Live, Overlay};
use hydranet_routing::broadcast::flood_64;
use hydranet_routing::directed::{entries, exchanges};
use hydranet_routing::lookup;
use hydranet_topology::{Purpose, Trial, trial_rng};

/// Adds, at every share of removed nodes that is asked for (`function_at`): `lookup-success`, the share of lookups between
/// live nodes that arrive, where the topology has a geometry; `broadcast-coverage` elsewhere, the share of live nodes that
/// hear a flood from the command sources along the connections between live nodes (see [`exchanges`]).
///
/// # Errors
/// If a row cannot be added.
pub(crate) fn push(
    mut points: Points<'_>,
    (fractions, lookups): (&[f64], u64),
    (seed, trial): (u64, Trial),
    network: &Overlay,
    order: &[u32],
) -> Result<(), UnitError> {
    let n = network.nodes() as usize;
    let removed = |fraction: f64| ((fraction * n as f64 + 0.5) as usize).min(order.len());
    if let Some(geometry) = network.geometry() {
        let rng = &mut trial_rng(seed, trial, Purpose::Lookup);
        let mut live = Live::all(network.nodes());
        let mut dead = 0;
        for &x in fractions {
            let q = removed(x);
            order[dead..q].iter().for_each(|v| live.remove(*v));
            dead = q;
            let alive = &order[q..];
            let tally =
                (alive.len() >= 2).then(|| lookup::route(network, geometry, &live, lookup::pairs(alive, lookups, rng)));
            let arrived = tally.map(|tally| tally.lookups() - tally.failed);
            points.push("lookup-success", x, arrived, lookups)?;
        }
        return Ok(());
    }
    let rng = &mut trial_rng(seed, trial, Purpose::Measure);
    let graph = exchanges(network);
    for fractions in fractions.chunks(64) {
        let (mut words, mut starts) = (vec![0u64; n], vec![0u64; n]);
        for (lane, &x) in fractions.iter().enumerate() {
            let mut alive = vec![true; n];
            order[..removed(x)].iter().for_each(|v| alive[*v as usize] = false);
            entries(network, &graph, &alive, rng).into_iter().for_each(|v| starts[v as usize] |= 1 << lane);
            (0..n).for_each(|v| words[v] |= (alive[v] as u64) << lane);
        }
        let floods = flood_64(&graph, &words, &starts, fractions.len() as u32, u32::MAX);
        for (&x, flood) in fractions.iter().zip(floods) {
            points.push("broadcast-coverage", x, Some(flood.reached().into()), flood.alive.into())?;
        }
    }
    Ok(())
}
