//! A unit of a finite-size study: networks of one size taken down at random, and where their curves peak.

use super::KIND;
use super::rows::PeakRow;
use super::spec::{Family, FiniteSize, SIZE_KEYS};
use hydranet_montecarlo::cost::{self, Size};
use hydranet_montecarlo::{Header, Study, StudyKind, TopologySpec, Unit, UnitError, axis_json};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_takedown::{Outcome, RemovalOrder, percolate};
use hydranet_topology::{Draw, Invalid, Purpose, Trial, trial_rng};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

impl Study for FiniteSize {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.members
    }

    fn treatments(&self) -> Vec<&str> {
        vec![super::rows::RANDOM]
    }

    fn check(&self, header: &Header) -> Result<(), Invalid> {
        Invalid::unless(header.orders == 1, "orders", || "a finite-size study takes every network down once".into())
    }

    fn unit_cost(&self, _: &Header, topology: u32, size: Size) -> f64 {
        let (_, at) = self.member(topology);
        cost::LINEAR * size.sum() * f64::from(self.repeats(self.settings.sizes[at]))
    }

    fn extent(&self, header: &Header) -> String {
        let sizes = &self.settings.sizes;
        format!(
            "{} families × {} sizes from {} to {} nodes, {} networks of the largest and up to {} of the smallest",
            self.families.len(),
            sizes.len(),
            sizes[0],
            sizes[sizes.len() - 1],
            header.networks,
            header.networks * self.repeats(sizes[0])
        )
    }

    fn spec(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &[]);
        spec.remove("topology");
        let sizes = self.settings.sizes.len();
        let family = |(f, members): (&Family, &[TopologySpec])| {
            // the parameters of the largest member but its size, which is that of `sizes`
            let largest = &members.last().expect("as many as sizes").built;
            let mut cell = axis_json("model", largest.name, &f.label, &largest.params);
            SIZE_KEYS.iter().for_each(|key| drop(cell.remove(*key)));
            cell.insert("limit".into(), f.limit.into());
            cell.insert("exponents".into(), serde_json::to_value(&f.exponents).expect("numbers"));
            Value::Object(cell)
        };
        spec.insert("family".into(), self.families.iter().zip(self.members.chunks(sizes)).map(family).collect());
        spec
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let settings = &self.settings;
        let (family, at) = self.member(unit.topology);
        let size = settings.sizes[at];
        let repeats = self.repeats(size);
        for repeat in 0..repeats {
            let number = unit.network * repeats + repeat;
            let trial = Trial::network(number);
            let rng = &mut trial_rng(header.seed, trial, Purpose::Topology);
            let network = self.members[unit.topology as usize].built.value.generate(rng);
            let order = trial_rng(header.seed, trial, Purpose::Order).permutation(network.nodes());
            let curve = percolate(&network, &RemovalOrder::nodes(order));
            let outcome = Outcome::of(&curve, 0.01);
            let row = PeakRow {
                family: &family.label,
                size: size.into(),
                network: number.into(),
                nodes: network.nodes().into(),
                edges: network.closure().arcs() / 2,
                peak_removed: outcome.peak_removed,
                peak_spread: outcome.peak_spread,
                second_removed: outcome.second_peak.removed,
                second: outcome.second_peak.second,
                largest_before: outcome.second_peak.before,
                largest_after: outcome.second_peak.after,
                limit: family.limit.or_else(|| molloy_reed(&network)),
            };
            tables[0].push_record(&row)?;
        }
        Ok(())
    }
}

/// 1 − 1/(κ − 1), κ = ⟨k²⟩/⟨k⟩ of the network's own degrees (Molloy & Reed 1995; Cohen et al. 2000); `None` where that is
/// not in (0, 1). In whole numbers up to the last step.
fn molloy_reed(network: &Overlay) -> Option<f64> {
    let csr = network.closure();
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    (0..csr.nodes()).for_each(|v| *counts.entry(csr.degree(v)).or_default() += 1);
    let moment = |power: u32| counts.iter().map(|(&k, &n)| n as u128 * (k as u128).pow(power)).sum::<u128>();
    let (first, second) = (moment(1) as f64, moment(2) as f64);
    let limit = 1.0 - 1.0 / (second / first - 1.0);
    (limit > 0.0 && limit < 1.0).then_some(limit)
}
