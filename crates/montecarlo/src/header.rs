//! What every spec says, whatever its study: read once, by one struct.

use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The keys that every spec can have at its top level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// What the experiment is called in figures and reports.
    pub title: String,
    /// What it asks and how, in a few sentences; for reports. `{metric | topology | treatment | .2}` is filled in there from
    /// the results, with two digits.
    #[serde(default, rename = "abstract")]
    pub summary: String,
    /// Who makes the claims, as the heading of their table has it before "says": `The article`. Left out: nobody is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub claims_from: String,
    /// The seed of all randomness. The same seed gives the same bytes.
    pub seed: u64,
    /// Networks drawn of every topology (≥ 1). Intervals are over networks; of one network they are over its orders, and say
    /// nothing of others of its kind.
    pub networks: u32,
    /// Repetitions on every network and treatment: removal orders, crawls, trajectories (≥ 1, below 2²⁴).
    #[serde(default = "one")]
    pub orders: u32,
    /// Draw more networks until the 95 % intervals of the metrics that `hydranet describe` marks as precise are at most this
    /// wide on either side, in every cell. Left out: exactly `networks` are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// With `precision`: never draw more networks than this.
    #[serde(default = "thousand")]
    pub max_networks: u32,
    /// Networks of one topology that are written to one file as they finish (≥ 1). Left out: so many that there are at
    /// most 500 files a topology.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u32>,
}

fn one() -> u32 {
    1
}
fn thousand() -> u32 {
    1000
}

impl Header {
    /// A header with this title and seed, and so many networks; everything else by default.
    pub fn new(title: impl Into<String>, seed: u64, networks: u32) -> Header {
        Header {
            title: title.into(),
            summary: String::new(),
            claims_from: String::new(),
            seed,
            networks,
            orders: one(),
            precision: None,
            max_networks: thousand(),
            block: None,
        }
    }

    /// Networks of one topology that go to one file.
    pub fn block_size(&self) -> u32 {
        self.block.unwrap_or_else(|| self.networks.div_ceil(500).max(1))
    }

    /// Refuses what no study allows.
    ///
    /// # Errors
    /// The key whose value is not allowed, and why.
    pub fn check(&self) -> Result<(), Invalid> {
        Invalid::unless(!self.title.trim().is_empty(), "title", || "an experiment has a title".into())?;
        Invalid::unless(self.networks >= 1, "networks", || "at least 1 network of every topology is drawn".into())?;
        Invalid::unless((1..1 << 24).contains(&self.orders), "orders", || {
            format!("1 to 16777215 on a network, not {}", self.orders)
        })?;
        Invalid::unless(self.block_size() >= 1, "block", || "at least 1 network a block".into())?;
        let Some(p) = self.precision else { return Ok(()) };
        Invalid::unless(p > 0.0 && p < 1.0, "precision", || {
            format!("the half-width of an interval, more than 0 and less than 1, not {p}")
        })?;
        Invalid::unless(self.networks >= 2, "networks", || {
            "with `precision` at least 2 networks are drawn at first".into()
        })?;
        Invalid::unless(self.max_networks >= self.networks, "max_networks", || {
            format!("not below `networks` = {}", self.networks)
        })
    }
}

/// Settings that a command line replaces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Networks drawn of every topology.
    pub networks: Option<u32>,
    /// Orders (or whatever a study repeats on one network).
    pub orders: Option<u32>,
    /// The seed.
    pub seed: Option<u64>,
    /// Networks of one topology that go to one file.
    pub block: Option<u32>,
}

impl Overrides {
    /// The header with what is to be replaced.
    pub fn applied(&self, header: &Header) -> Header {
        Header {
            networks: self.networks.unwrap_or(header.networks),
            orders: self.orders.unwrap_or(header.orders),
            seed: self.seed.unwrap_or(header.seed),
            block: self.block.or(header.block),
            ..header.clone()
        }
    }
}
