//! The command line of `takedown`.

use super::NetworkArgs;
use clap::Args as ClapArgs;
use std::path::PathBuf;

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("source").required(true).args(["file", "topology"])))]
pub(crate) struct TakedownArgs {
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    /// The strategy, or several with commas: see `hydranet strategies`. Several are compared in one table.
    #[arg(long, value_name = "NAME[,NAME…]")]
    pub(crate) strategy: String,
    /// A parameter of the strategy; repeat for more. Of several strategies: of the only one that has a parameter of this name, or
    /// of the one that stands before it, as in corehd:reinsertion=true.
    #[arg(long = "strategy-set", value_name = "[NAME:]KEY=VALUE")]
    pub(crate) strategy_set: Vec<String>,
    /// Orders of each strategy on this network (1 to 16777215). With two or more, means and 95 % intervals over them are told:
    /// of this network, orders are what is drawn anew.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) orders: u32,
    /// Draw S1/N against the removed fraction, a curve a strategy, with the 95 % interval over its orders; and command reach
    /// beside it, where that is not the same. The ending says the format: .pdf, .svg or .png.
    #[arg(long, value_name = "FILE")]
    pub(crate) plot: Option<PathBuf>,
    /// Dismantling target C: the set size is the smallest number of removals that leaves S1 ≤ C·N, or single nodes where C·N < 1.
    #[arg(long, default_value_t = 0.01, value_name = "C")]
    pub(crate) target: f64,
    /// Remove edges instead of nodes.
    #[arg(long)]
    pub(crate) edges: bool,
    /// Where nodes fall in batches (strategy `provider`): count each batch as gone from its first removal on.
    #[arg(long)]
    pub(crate) batches: bool,
    /// What a removal costs: `unit`, `degree` (the node's links) or `overlay` (the attribute `cost` of a GraphML file's
    /// nodes). The report and the curve file then tell the cost as well as the count.
    #[arg(long, default_value = "unit", value_name = "COST")]
    pub(crate) removal_cost: String,
    /// Also tell what is left when this share of the total cost is spent (of one strategy, one order).
    #[arg(long, value_name = "SHARE")]
    pub(crate) budget: Option<f64>,
    /// Also let overload spread (Motter & Lai 2002): every node can carry 1 + ALPHA times its load in the whole network;
    /// tells the avalanche that follows the first seizures. O(n m) a round.
    #[arg(long, value_name = "ALPHA", conflicts_with = "edges")]
    pub(crate) cascade: Option<f64>,
    /// With --cascade: how many nodes of the order are seized.
    #[arg(long, value_name = "K", default_value_t = 1, requires = "cascade")]
    pub(crate) cascade_seeds: u32,
    /// The defender knows what a crawl has found and no more: `requests=0.1` (requests a node), and if wanted `reply`,
    /// `seeds`, `refusing`, `sensors`, `sensor_share`, `sensor_calls`, separated by commas. The rest of the network falls last,
    /// in random order.
    #[arg(long, value_name = "requests=X[,KEY=VALUE…]", conflicts_with = "edges")]
    pub(crate) knowledge: Option<String>,
    /// The network repairs itself after each removal: neighbours of the seized link to each other, and nodes with more than
    /// MAX_DEGREE links drop some (Sanatinia & Noubir 2015).
    #[arg(long, value_name = "MAX_DEGREE", conflicts_with_all = ["edges", "cascade"])]
    pub(crate) repair: Option<u32>,
    /// With --repair: removals that fall together before the network repairs itself.
    #[arg(long, value_name = "K", default_value_t = 1, requires = "repair")]
    pub(crate) repair_batch: u32,
    /// Write the order (of one strategy, one order): one original node name a line (two for an edge), first to fall first.
    #[arg(long, value_name = "FILE")]
    pub(crate) order_out: Option<PathBuf>,
    /// Write the whole curve (of one strategy, one order): removed,largest,second,sum_squares,reach for every removal (and spent, if --removal-cost is
    /// not unit); beside it FILE.csv-metadata.json, which tells the columns and the protocol.
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) curve_out: Option<PathBuf>,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    pub(crate) json: bool,
}
