//! What a campaign spec says that changes nothing: told before a run, with the cells that it is told of.

use super::spec::Campaigns;
use hydranet_montecarlo::{Header, SpecError};
use hydranet_topology::{Purpose, Trial, trial_rng};
use std::ops::Range;

/// A place in the text at which something stands that changes nothing.
struct Place {
    path: String,
    at: Range<usize>,
    /// Cells in which that is so, and the reasons, each once.
    cells: Vec<String>,
    why: Vec<&'static str>,
    /// Cells that the place is about.
    of: usize,
}

/// So many cells are named.
const NAMED: usize = 3;

/// Every parameter that stands in the text and is inert in a cell: see [`hydranet_campaign::Campaign::inert`]. Draws the first
/// network of every topology.
pub(super) fn idle(spec: &Campaigns, header: &Header) -> Vec<SpecError> {
    let mut places: Vec<Place> = Vec::new();
    for topology in &spec.topologies {
        let network = topology.built.value.generate(&mut trial_rng(header.seed, Trial::network(0), Purpose::Topology));
        for treatment in &spec.treatments {
            let inert = treatment.campaign.inert(&network);
            for said in &treatment.said {
                let known = places.iter().position(|p| p.at == said.place && p.path == said.path);
                let place = known.unwrap_or_else(|| {
                    let (path, at) = (said.path.clone(), said.place.clone());
                    places.push(Place { path, at, cells: Vec::new(), why: Vec::new(), of: 0 });
                    places.len() - 1
                });
                let place = &mut places[place];
                place.of += 1;
                if let Some(found) = inert.iter().find(|inert| inert.path == said.path) {
                    place.cells.push(format!("{} under \"{}\"", topology.label, treatment.label));
                    if !place.why.contains(&found.why) {
                        place.why.push(found.why);
                    }
                }
            }
        }
    }
    places.sort_by_key(|place| place.at.start);
    let tell = |place: Place| {
        let Place { path, at, cells, why, of } = place;
        let rest = cells.len().saturating_sub(NAMED);
        let named = cells.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let within = if cells.len() == of { String::new() } else { format!(" in {named}{more}") };
        spec.origin.fail(format!("`{path}` changes nothing{within}: {}", why.join("; ")), Some(at))
    };
    places.into_iter().filter(|place| !place.cells.is_empty()).map(tell).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Known, STUDIES, Studies};
    use hydranet_campaign::{ACTIONS, Actions};
    use hydranet_takedown::{STRATEGIES, Strategies};
    use hydranet_topology::Models;

    const SPEC: &str = r#"
study = "campaign"
title = "t"
seed = 1
networks = 1
[operator]
fallback_per_day = 0.1
learns = 0.5
[[topology]]
model = "beacon"
peers = 20
[[topology]]
model = "gnm"
n = 20
m = 60
[[treatment]]
label = "once"
[[treatment.action]]
action = "seize-servers"
at_days = 30
every_days = 9
"#;

    #[test]
    fn what_changes_nothing_is_told_with_its_place() {
        let known = Known {
            models: &Models::default().with(hydranet_topology_random::MODELS).with(hydranet_topology_command::MODELS),
            strategies: &Strategies::default().with(STRATEGIES),
            actions: &Actions::default().with(ACTIONS),
            studies: &Studies::default().with(STUDIES),
        };
        let told = |text: &str| -> Vec<String> {
            Studies::parse(text, "s.toml", known).unwrap().idle().iter().map(ToString::to_string).collect()
        };
        let want = [
            "s.toml:7:1: `operator.fallback_per_day` changes nothing in beacon under \"once\": \
             machines know the one server that they could be led to",
            "s.toml:8:1: `operator.learns` changes nothing: no action is done twice",
            "s.toml:21:1: `action.1.every_days` changes nothing: it is done once",
        ];
        assert_eq!(told(SPEC), want);
        // names are lost: machines have to find back
        let names = SPEC.replace("seize-servers", "seize-names").replace("every_days = 9", "every_days = 9\ntimes = 2");
        assert_eq!(told(&names), [""; 0]);
    }
}
