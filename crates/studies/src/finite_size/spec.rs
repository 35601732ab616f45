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

use super::rows::SCALING;
use crate::Known;
use hydranet_montecarlo::{SpecError, SpecText, TopologySpec};
use hydranet_topology::{Invalid, Params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Value;
use toml::de::DeValue;

/// What a finite-size spec says beside its families.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiniteSizeSettings {
    /// Numbers of nodes, rising (each ≥ 10).
    pub sizes: Vec<u32>,
    /// A size is drawn at most this many times as often as the largest one (1 to 4096); less if it is not so much smaller.
    #[serde(default = "hundred")]
    pub repeats: u32,
    /// The smallest size that power laws are fitted from (nodes).
    #[serde(default)]
    pub fit_from: u64,
}

fn hundred() -> u32 {
    100
}

/// What a model calls its size: a number of nodes, or the sides of a lattice.
pub(super) const SIZE_KEYS: [&str; 2] = ["n", "dims"];

/// A family of networks, one for each size.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) label: String,
    pub(super) limit: Option<f64>,
    pub(super) exponents: toml::Table,
}

/// A checked finite-size spec.
#[derive(Debug, Clone)]
pub struct FiniteSize {
    /// What it says beside its families.
    pub settings: FiniteSizeSettings,
    pub(super) families: Vec<Family>,
    /// The members of all families: as many of each as there are sizes.
    pub(super) members: Vec<TopologySpec>,
}

impl FiniteSize {
    /// Reads a spec of this kind.
    ///
    /// # Errors
    /// With the place.
    pub fn read(mut text: SpecText<'_>, known: Known<'_>) -> Result<FiniteSize, SpecError> {
        let tables = text.take_tables("family")?;
        let settings: FiniteSizeSettings = text.settings("[[family]]", check)?;
        let (mut families, mut members): (Vec<Family>, Vec<TopologySpec>) = (Vec::new(), Vec::new());
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
            for &size in &settings.sizes {
                // a lattice takes its sides, everything else a number of nodes
                let root = (size as f64).sqrt().round() as u32;
                let line = match takes.iter().find(|p| SIZE_KEYS.contains(&p.name.as_str())) {
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
                members.push(TopologySpec { label: label.clone(), built });
            }
            families.push(Family { label, limit, exponents });
        }
        if families.is_empty() {
            return Err(text.fail("a finite-size study needs at least one [[family]] with a `model`".into(), None));
        }
        Ok(FiniteSize { settings, families, members })
    }

    /// The family and the size that a unit's topology stands for.
    pub(super) fn member(&self, topology: u32) -> (&Family, usize) {
        let sizes = self.settings.sizes.len();
        (&self.families[topology as usize / sizes], topology as usize % sizes)
    }

    /// How often a size is drawn within a unit.
    pub(super) fn repeats(&self, size: u32) -> u32 {
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
        let known = SCALING.join(", ");
        text.fail(format!("`exponents` is a table of numbers for some of {known}"), Some(value.span()))
    };
    let entries = value.get_ref().as_table().ok_or_else(wrong)?;
    let mut out = toml::Table::new();
    for (key, value) in entries.iter() {
        let known = SCALING.contains(&&**key.get_ref());
        let exponent = number(value.get_ref()).filter(|_| known).ok_or_else(wrong)?;
        out.insert(key.get_ref().to_string(), Value::Float(exponent));
    }
    Ok(out)
}

fn check(s: &FiniteSizeSettings) -> Result<(), Invalid> {
    let must = |holds: bool, key, reason: &str| Invalid::unless(holds, key, || reason.to_string());
    must(!s.sizes.is_empty(), "sizes", "at least one number of nodes")?;
    must(s.sizes.windows(2).all(|w| w[0] < w[1]), "sizes", "numbers of nodes, rising")?;
    must(s.sizes[0] >= 10, "sizes", "at least 10 nodes")?;
    must(s.sizes.iter().all(|&n| n < 1 << 31), "sizes", "fewer than 2^31 nodes")?;
    must((1..=4096).contains(&s.repeats), "repeats", "1 to 4096")
}
