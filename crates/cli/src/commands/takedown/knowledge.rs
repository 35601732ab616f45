//! What the defender knows: `--knowledge`.

use crate::failure::Failure;
use hydranet_routing::discovery::Crawl;
use hydranet_routing::knowledge::Knowledge;
use hydranet_topology::Params;

/// What `--knowledge requests=0.1,reply=10` says.
pub(super) fn knowledge(text: &str) -> Result<Knowledge, Failure> {
    let bad = |why: String| Failure::BadInput(format!("--knowledge {text}: {why}"));
    let unread = |why: String| {
        bad(format!(
            "{why}\n  it says what a crawl may do: requests=0.1 (requests a node), and more after commas, such as \
             requests=0.1,reply=10; for full knowledge leave --knowledge out"
        ))
    };
    let pairs: Vec<&str> = text.split(',').filter(|pair| !pair.trim().is_empty()).collect();
    let table = Params::text_of_pairs(&pairs).map_err(unread)?;
    let params = Params::parse(&table).map_err(|e| unread(e.to_string()))?;
    let crawl: Crawl = params.read().map_err(|e| unread(e.reason))?;
    crawl.check().map_err(|e| bad(e.to_string()))?;
    Ok(Knowledge { crawl })
}
