//! `study = "finite-size"`: where the percolation curve peaks, for families of networks at growing size.
//!
//! ```toml
//! study = "finite-size"
//! title = "Thresholds at scale"
//! seed = 1
//! networks = 4
//! sizes = [1000, 10000, 100000]
//!
//! [[family]]
//! model = "gnm"
//! mean_degree = 4
//! limit = 0.75
//! exponents = { shift = -0.3333 }
//! ```
//!
//! Random removal. A unit is `networks` number i of one family and size; small networks are repeated within it, so that
//! all units are about as much work and small sizes have narrow intervals too.

use crate::cost::{self, Size};
use crate::reading::{SpecText, TopologySpec, axis_json, check_common, identity_of, spec_json};
use crate::studies::{Common, Experiment, Kind, Known, Overrides, keys};
use crate::{SpecError, Study, Unit};
use hydranet_overlay::Overlay;
use hydranet_results::finite_size::{EXPONENTS, PEAKS, POINTS, PeakRow, exponents, points};
use hydranet_results::{Schema, Table};
use hydranet_takedown::{Outcome, RemovalOrder, percolate};
use hydranet_topology::{Draw, Params, Purpose, Trial, trial_rng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Value;
use toml::de::DeValue;

static SCHEMAS: [&Schema; 1] = [&PEAKS];

/// The kind.
pub(crate) static KIND: Kind = Kind {
    name: "finite-size",
    about: "where the percolation curve peaks under random failure, for families of networks at growing size",
    schemas: &SCHEMAS,
    summaries: &[("points", &POINTS), ("exponents", &EXPONENTS)],
    summarize: |tables, spec| {
        let points = points(&tables[0]);
        let from = spec["fit_from"].as_u64().unwrap_or(0);
        let families: Vec<&serde_json::Value> = spec["family"].as_array().into_iter().flatten().collect();
        let theory = |family: &str, metric: &str| {
            families.iter().find(|f| f["label"] == family).and_then(|f| f["exponents"][metric].as_f64())
        };
        let laws = exponents(&points, from, theory);
        vec![Table::of(&points), Table::of(&laws)]
    },
    widest: |peaks| {
        let half = |p: &hydranet_results::finite_size::PointRow| Some((p.hi? - p.lo?) / 2.0);
        points(peaks).iter().filter(|p| p.metric == "f_c").filter_map(half).fold(0.0, f64::max)
    },
    measures: &[],
    keys: || vec![keys::<FiniteSizeSettings>("top level")],
    parse: |text, known| Ok(Box::new(FiniteSize::read(text, known)?)),
};

/// What a finite-size spec says beside its families.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiniteSizeSettings {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Networks of the largest size, of every family (≥ 1). Smaller ones are drawn more often, see `repeats`.
    pub networks: u32,
    /// Numbers of nodes, rising (each ≥ 10).
    pub sizes: Vec<u32>,
    /// A size is drawn at most this many times as often as the largest one (1 to 4096); less if it is not so much smaller.
    #[serde(default = "hundred")]
    pub repeats: u32,
    /// The smallest size that power laws are fitted from (nodes).
    #[serde(default)]
    pub fit_from: u64,
    /// Draw more networks until the 95 % interval of f_c is at most this wide on either side, at every size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// With `precision`: never draw more networks than this.
    #[serde(default = "thousand")]
    pub max_networks: u32,
    /// Units of one family and size that are written to one file as they finish (≥ 1).
    #[serde(default = "one")]
    pub block: u32,
}

fn one() -> u32 {
    1
}
fn hundred() -> u32 {
    100
}
fn thousand() -> u32 {
    1000
}

/// A family of networks, one for each size.
#[derive(Debug, Clone)]
struct Family {
    label: String,
    /// As many as there are sizes.
    models: Vec<TopologySpec>,
    limit: Option<f64>,
    exponents: toml::Table,
}

/// A checked finite-size spec.
#[derive(Debug, Clone)]
pub struct FiniteSize {
    settings: FiniteSizeSettings,
    families: Vec<Family>,
}

impl FiniteSize {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<FiniteSize, SpecError> {
        let tables = text.take_tables("family")?;
        let settings: FiniteSizeSettings = text.settings("[[family]]", check)?;
        let mut families: Vec<Family> = Vec::new();
        for mut table in tables {
            let (model, span) = text.name(&mut table, "model")?;
            let (label, label_span) = text.label(&mut table, (&model, &span))?;
            text.unique("families", families.iter().map(|f| &f.label), (&label, label_span))?;
            let entry = known.models.get(&model).map_err(|e| text.fail(e.to_string(), Some(span.clone())))?;
            let limit = match table.take("limit") {
                None => None,
                Some(value) => {
                    let limit = number(value.get_ref());
                    let reason = "`limit` is the exact f_c, a number more than 0 and less than 1; leave it out to take \
                                  1 − 1/(κ − 1) of each network's degrees";
                    let wrong = || text.fail(reason.into(), Some(value.span()));
                    Some(limit.filter(|x| *x > 0.0 && *x < 1.0).ok_or_else(wrong)?)
                }
            };
            let exponents = read_exponents(&text, &mut table)?;
            let takes = entry.params();
            let mut models = Vec::new();
            for &size in &settings.sizes {
                // a lattice takes its sides, everything else a number of nodes
                let root = (size as f64).sqrt().round() as u32;
                let line = match takes.iter().find(|p| p.name == "n" || p.name == "dims") {
                    Some(p) if p.name == "dims" => format!("dims = [{root}, {root}]"),
                    Some(_) => format!("n = {size}"),
                    None => {
                        let reason = format!("`{model}` has no parameter `n` or `dims` that would take the size");
                        return Err(text.fail(reason, Some(span)));
                    }
                };
                let given = table.to_toml();
                let source = format!("{line}\n{given}");
                let params = Params::parse(&source).map_err(|e| {
                    text.fail(format!("a family leaves its size to `sizes`: {}", e.message()), Some(table.span()))
                })?;
                // what is refused here stands elsewhere than in the text that was typed: point at the whole table
                let built = entry
                    .build(&params)
                    .map_err(|e| text.fail(format!("family `{label}` at {size} nodes: {e}"), Some(table.span())))?;
                models.push(TopologySpec { label: label.clone(), built });
            }
            families.push(Family { label, models, limit, exponents });
        }
        if families.is_empty() {
            return Err(text.fail("a finite-size study needs at least one [[family]] with a `model`".into(), None));
        }
        Ok(FiniteSize { settings, families })
    }

    /// The family and the size that a unit's topology stands for.
    fn member(&self, topology: u32) -> (&Family, usize) {
        let sizes = self.settings.sizes.len();
        (&self.families[topology as usize / sizes], topology as usize % sizes)
    }

    /// How often a size is drawn within a unit.
    fn repeats(&self, size: u32) -> u32 {
        let largest = *self.settings.sizes.last().expect("checked");
        (largest / size).clamp(1, self.settings.repeats)
    }
}

/// A number, whole or not.
fn number(value: &DeValue<'_>) -> Option<f64> {
    let text = value.as_float().map(|f| f.as_str()).or_else(|| value.as_integer().map(|i| i.as_str()))?;
    text.parse().ok()
}

fn read_exponents(text: &SpecText<'_>, table: &mut Params<'_>) -> Result<toml::Table, SpecError> {
    let Some(value) = table.take("exponents") else { return Ok(toml::Table::new()) };
    let wrong = || {
        let known = hydranet_results::finite_size::SCALING.join(", ");
        text.fail(format!("`exponents` is a table of numbers for some of {known}"), Some(value.span()))
    };
    let entries = value.get_ref().as_table().ok_or_else(wrong)?;
    let mut out = toml::Table::new();
    for (key, value) in entries.iter() {
        let known = hydranet_results::finite_size::SCALING.contains(&&**key.get_ref());
        let exponent = number(value.get_ref()).filter(|_| known).ok_or_else(wrong)?;
        out.insert(key.get_ref().to_string(), Value::Float(exponent));
    }
    Ok(out)
}

fn common(s: &FiniteSizeSettings) -> Common {
    Common {
        title: s.title.clone(),
        seed: s.seed,
        networks: s.networks,
        block: s.block,
        precision: s.precision,
        max_networks: s.max_networks,
    }
}

fn check(s: &FiniteSizeSettings) -> Result<(), (&'static str, String)> {
    check_common(&common(s))?;
    let must = |holds: bool, key, reason: &str| if holds { Ok(()) } else { Err((key, reason.to_string())) };
    must(!s.sizes.is_empty(), "sizes", "at least one number of nodes")?;
    must(s.sizes.windows(2).all(|w| w[0] < w[1]), "sizes", "numbers of nodes, rising")?;
    must(s.sizes[0] >= 10, "sizes", "at least 10 nodes")?;
    must(s.sizes.iter().all(|&n| n < 1 << 31), "sizes", "fewer than 2^31 nodes")?;
    must((1..=4096).contains(&s.repeats), "repeats", "1 to 4096")
}

impl Experiment for FiniteSize {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn common(&self) -> Common {
        common(&self.settings)
    }

    fn topologies(&self) -> u32 {
        (self.families.len() * self.settings.sizes.len()) as u32
    }

    fn size(&self, topology: u32) -> Size {
        let (family, at) = self.member(topology);
        Size::of(&family.models[at], self.settings.seed)
    }

    fn unit_cost(&self, topology: u32, size: Size) -> f64 {
        let (_, at) = self.member(topology);
        cost::LINEAR * size.sum() * f64::from(self.repeats(self.settings.sizes[at]))
    }

    fn extent(&self) -> String {
        let sizes = &self.settings.sizes;
        format!(
            "{} families × {} sizes from {} to {} nodes, {} networks of the largest and up to {} of the smallest",
            self.families.len(),
            sizes.len(),
            sizes[0],
            sizes[sizes.len() - 1],
            self.settings.networks,
            self.settings.networks * self.repeats(sizes[0])
        )
    }

    fn with(&self, overrides: &Overrides) -> Result<Box<dyn Experiment>, SpecError> {
        if overrides.orders.is_some() {
            return Err(SpecError::plain("--orders: a finite-size study takes every network down once".into()));
        }
        let mut spec = self.clone();
        let s = &mut spec.settings;
        s.networks = overrides.networks.unwrap_or(s.networks);
        s.seed = overrides.seed.unwrap_or(s.seed);
        s.block = overrides.block.unwrap_or(s.block);
        check(s).map_err(|(key, reason)| SpecError::plain(format!("`{key}`: {reason}")))?;
        Ok(Box::new(spec))
    }

    fn to_json(&self) -> serde_json::Value {
        let mut json = spec_json(KIND.name, &self.settings, &[]);
        let family = |f: &Family| {
            // the parameters of the largest member; its size is that of `sizes`
            let largest = &f.models.last().expect("as many as sizes").built;
            let mut cell = axis_json("model", largest.name, &f.label, &largest.params);
            cell.insert("limit".into(), f.limit.into());
            cell.insert("exponents".into(), serde_json::to_value(&f.exponents).expect("numbers"));
            serde_json::Value::Object(cell)
        };
        json["family"] = self.families.iter().map(family).collect();
        json
    }

    fn row_identity(&self) -> String {
        let prints = self.families.iter().map(|f| f.models[0].built.value.fingerprint()).collect();
        identity_of(self.to_json(), self.settings.block, &[("files", prints)])
    }

    fn study(&self) -> Box<dyn Study + '_> {
        Box::new(Peaks(self))
    }
}

/// What the runner runs.
#[derive(Debug)]
struct Peaks<'s>(&'s FiniteSize);

impl Study for Peaks<'_> {
    fn schemas(&self) -> &'static [&'static Schema] {
        &SCHEMAS
    }

    fn run(&self, unit: Unit, tables: &mut [Table]) -> Result<(), String> {
        let settings = &self.0.settings;
        let (family, at) = self.0.member(unit.topology);
        let size = settings.sizes[at];
        let repeats = self.0.repeats(size);
        for repeat in 0..repeats {
            let number = unit.network * repeats + repeat;
            let trial = Trial::network(number);
            let rng = &mut trial_rng(settings.seed, trial, Purpose::Topology);
            let network = family.models[at].built.value.generate(rng);
            let order = trial_rng(settings.seed, trial, Purpose::Order).permutation(network.nodes());
            let curve = percolate(&network, &RemovalOrder::nodes(order));
            let outcome = Outcome::of(&curve, 0.01);
            let mut second = (0, 0);
            for (q, &s2) in curve.second.iter().enumerate() {
                if s2 > second.1 {
                    second = (q, s2);
                }
            }
            let row = PeakRow {
                family: &family.label,
                size: size.into(),
                network: number.into(),
                nodes: network.nodes().into(),
                edges: network.closure().arcs() / 2,
                peak_removed: outcome.peak_removed,
                peak_spread: outcome.peak_spread,
                second_removed: second.0 as u64,
                second: second.1.into(),
                limit: family.limit.or_else(|| molloy_reed(&network)),
            };
            tables[0].push_record(&row).map_err(|e| e.to_string())?;
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
