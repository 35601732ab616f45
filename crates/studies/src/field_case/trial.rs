//! A unit of a study of cases: one trajectory with parameters drawn from the prior of its case.

use super::KIND;
use super::case::{Case, Observable, Prior, at};
use super::rows::{CourseRow, DrawRow, FitRow};
use super::spec::FieldCases;
use hydranet_montecarlo::cost::{LINEAR, Size};
use hydranet_montecarlo::{Header, Study, StudyKind, TopologySpec, Unit, UnitError, axis_json};
use hydranet_overlay::Overlay;
use hydranet_results::Table;
use hydranet_topology::{Draw, Invalid, Purpose, Trial, trial_rng};
use serde_json::{Map, Value};

impl Study for FieldCases {
    fn kind(&self) -> &'static StudyKind {
        &KIND
    }

    fn topologies(&self) -> &[TopologySpec] {
        &self.topologies
    }

    fn treatments(&self) -> Vec<&str> {
        self.observables.clone()
    }

    fn check(&self, header: &Header) -> Result<(), Invalid> {
        Invalid::unless(header.orders == 1, "orders", || "every draw of a case is one trajectory of one network".into())
    }

    fn unit_cost(&self, header: &Header, topology: u32, size: Size) -> f64 {
        let case = &self.cases[topology as usize];
        let campaign = &case.campaign;
        // cycles; a case with fewer draws than others has units that cost nothing
        let cycles = campaign.time.days.max(1.0) * 1440.0 / campaign.time.cycle_minutes;
        let drawn = case.draws.map_or(1.0, |draws| f64::from(draws.min(header.networks)) / f64::from(header.networks));
        LINEAR * size.sum() * f64::from(campaign.fleet.networks) * cycles * drawn
    }

    fn extent(&self, header: &Header) -> String {
        let (cases, draws, within) = (self.cases.len(), header.networks, self.settings.within);
        let fewer = self.cases.iter().filter_map(|case| case.draws).filter(|most| *most < draws).count();
        let fewer = if fewer > 0 { format!(" (of {fewer} fewer)") } else { String::new() };
        format!("{cases} cases, {draws} draws each{fewer}, those within {within} sigma kept")
    }

    fn spec(&self) -> Map<String, Value> {
        let mut spec = crate::shared::settings_json(&self.settings, &[]);
        spec.remove("topology");
        let case = |(c, topology): (&Case, &TopologySpec)| {
            // the tables of its campaign stand beside it, as in a spec
            let mut case = serde_json::to_value(&c.campaign).expect("tables are plain values");
            case["label"] = topology.label.clone().into();
            case["source"] = c.source.clone().into();
            case["cannot"] = c.cannot.clone().into();
            if let Some(draws) = c.draws {
                case["draws"] = draws.into();
            }
            case["prior"] = serde_json::json!(c.priors);
            case["published"] = serde_json::json!(c.published);
            let mut network = axis_json("model", topology.built.name, &topology.label, &topology.built.params);
            network.remove("label");
            case["topology"] = Value::Object(network);
            case
        };
        spec.insert("case".into(), self.cases.iter().zip(&self.topologies).map(case).collect());
        spec
    }

    fn forget_what_decides_no_row(&self, spec: &mut Map<String, Value>) {
        // how many are kept is decided when rows are summed up, and texts decide nothing
        spec.remove("within");
        for case in spec["case"].as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            case.remove("source");
            case.remove("cannot");
        }
    }

    fn run(&self, header: &Header, unit: Unit, tables: &mut [Table]) -> Result<(), UnitError> {
        let [courses, fits, draws] = tables else { panic!("one table a schema") };
        let (settings, seed) = (&self.settings, header.seed);
        let (case, topology) = (&self.cases[unit.topology as usize], &self.topologies[unit.topology as usize]);
        let label = topology.label.as_str();
        if case.draws.is_some_and(|most| unit.network >= most) {
            return Ok(());
        }
        let trial = Trial::network(unit.network);
        let rng = &mut trial_rng(seed, trial, Purpose::Prior);
        let mut campaign = case.campaign.clone();
        for Prior { parameter, from, to, log } in &case.priors {
            let (from, to, u) = (*from, *to, rng.unit());
            let value = if *log { from * libm::pow(to / from, u) } else { from + (to - from) * u };
            campaign.set(parameter, value, &self.actions).map_err(|why| UnitError::topology(label, why))?;
            let row = DrawRow { case: label, draw: unit.network.into(), parameter, from, to, value };
            draws.push_record(&row)?;
        }
        let draw = |i| {
            let rng = &mut trial_rng(seed, Trial::order_of(unit.network, i), Purpose::Topology);
            topology.built.value.generate(rng)
        };
        let networks: Vec<Overlay> = (0..campaign.fleet.networks).map(draw).collect();
        let run = campaign.run(&networks, seed, trial);
        let trajectory = run.map_err(|why| UnitError::topology(label, why))?;
        let start = trajectory.samples[0];
        let mut observables: Vec<Observable> = Vec::new();
        for point in &case.published {
            if !observables.contains(&point.observable) {
                observables.push(point.observable);
            }
        }
        let every = ((settings.record_days * 86_400.0 / trajectory.span as f64).round() as usize).max(1);
        for observable in observables {
            for (i, sample) in trajectory.samples.iter().enumerate().step_by(every) {
                let [count, whole] = observable.of(sample, &start);
                let hour = i as u64 * trajectory.span as u64 / 3600;
                let row = CourseRow {
                    case: label,
                    draw: unit.network.into(),
                    observable: observable.name(),
                    hour,
                    count,
                    whole,
                };
                courses.push_record(&row)?;
            }
        }
        for (number, point) in case.published.iter().enumerate() {
            let row = FitRow {
                case: label,
                draw: unit.network.into(),
                point: number as u64,
                observable: point.observable.name(),
                day: point.day,
                published: point.share,
                sigma: point.sigma,
                fitted: point.fit.into(),
                simulated: at(&trajectory, point, &start),
            };
            fits.push_record(&row)?;
        }
        Ok(())
    }
}
