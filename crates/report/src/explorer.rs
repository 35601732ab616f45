//! The takedown explorer: a small network of each architecture, taken down node by node.
//!
//! Orders and curves are computed before the page is written, by the kernel that every experiment uses; the page only shows them. Its
//! script works out which component a node belongs to, for the colours, and nothing else.

use crate::hover::in_script;
use crate::page::Page;
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

/// Names of roles, as a network's `roles` count them.
pub const ROLES: [&str; 4] = ["operator", "server", "relay", "peer"];

/// One order and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderShown {
    /// The strategy's name.
    pub strategy: String,
    /// Nodes in the order in which they fall.
    pub order: Vec<u32>,
    /// Nodes in the largest component after 0, 1, … removals: one more than the order is long.
    pub largest: Vec<u32>,
    /// Peers that a command reaches, likewise.
    pub reach: Vec<u32>,
}

/// One network, placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// What readers call it.
    pub name: String,
    /// What it is, in a sentence or two.
    pub about: String,
    /// The command that draws the same network: model, parameters and seed.
    pub command: String,
    /// Where nodes stand, in 0..=1 both ways.
    pub places: Vec<(f64, f64)>,
    /// Role of each node, an index of [`ROLES`].
    pub roles: Vec<u8>,
    /// Links, each once.
    pub edges: Vec<(u32, u32)>,
    /// Peers at the start.
    pub peers: u32,
    /// One takedown a strategy; the same strategies in every network, in the same order.
    pub takedowns: Vec<OrderShown>,
}

/// What the explorer shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Explorer {
    /// The networks.
    pub networks: Vec<Network>,
    /// Version of the program.
    pub version: String,
}

/// A page of its own.
#[must_use]
pub fn explorer_page(explorer: &Explorer) -> String {
    let body = html! {
        header.title { h1 { "Takedown explorer" } }
        (widget(explorer))
    };
    Page {
        title: "Hydranet: takedown explorer",
        description: "Small networks of each architecture, taken down node by node.",
        up: None,
        explorer: true,
        colophon: format!(
            "Made by hydranet {}. Simulation over abstract graphs; no network was touched.",
            explorer.version
        ),
    }
    .render(&body)
}

/// The explorer, to be put into a page that has its script.
pub(crate) fn widget(explorer: &Explorer) -> Markup {
    let names: Vec<&str> =
        explorer.networks.first().map_or(Vec::new(), |n| n.takedowns.iter().map(|t| t.strategy.as_str()).collect());
    html! {
        p.prose { "Move the slider to seize nodes one by one. A beacon dies with its one server; networks whose machines know each other hold on until few are left. The numbers are those of the kernel that every experiment uses." }
        noscript { p.note { "The explorer needs scripts." } }
        div.explorer hidden {
            div.choices {
                label.pick { "Architecture"
                    select data-part="pick" { @for (i, network) in explorer.networks.iter().enumerate() { option value=(i) { (network.name) } } }
                }
                fieldset {
                    legend { "Who falls first" }
                    div.segments { @for (i, name) in names.iter().enumerate() {
                        label { input type="radio" name="strategy" value=(name) checked[i == 1.min(names.len() - 1)]; (name) }
                    } }
                }
            }
            p.about data-part="about" {}
            div.stage {
                svg.net data-part="net" viewBox="-20 -20 1040 1040" role="img" {}
                div.side {
                    dl.numbers {
                        div.s1 { dt { "largest component, S1" } dd { span data-part="s1" {} small data-part="s1-share" {} } }
                        div.reach { dt { "command reach" } dd { span data-part="reach" {} small data-part="reach-share" {} } }
                    }
                    svg.curve data-part="curve" viewBox="0 0 330 172" role="img" aria-label="Share of nodes in the largest component (solid) and of peers reached (dashed) against nodes removed" {}
                    ul.key data-part="key" aria-label="Key" {}
                }
            }
            div.run {
                button type="button" data-part="play" aria-pressed="false" { "Play" }
                button type="button" data-part="back" aria-label="One removal less" { "−1" }
                button type="button" data-part="forth" aria-label="One removal more" { "+1" }
                input type="range" data-part="slider" min="0" max="1" value="0" step="1" aria-label="Nodes removed";
                output data-part="place" {}
                span.sr data-part="say" aria-live="polite" {}
            }
            script type="application/json" { (PreEscaped(data(explorer))) }
        }
        details { summary { "The same networks at the command line" }
            pre tabindex="0" { code { @for network in &explorer.networks { (network.command) "\n" } } }
        }
    }
}

fn data(explorer: &Explorer) -> String {
    let place = |share: f64| (share * 1000.0).round() as i64;
    let network = |n: &Network| {
        let takedowns: serde_json::Map<String, Value> = n
            .takedowns
            .iter()
            .map(|t| (t.strategy.clone(), json!({ "order": t.order, "largest": t.largest, "reach": t.reach })))
            .collect();
        json!({
            "name": n.name,
            "about": n.about,
            "x": n.places.iter().map(|p| place(p.0)).collect::<Vec<_>>(),
            "y": n.places.iter().map(|p| place(p.1)).collect::<Vec<_>>(),
            "roles": n.roles,
            "edges": n.edges.iter().flat_map(|&(a, b)| [a, b]).collect::<Vec<_>>(),
            "peers": n.peers,
            "strategies": takedowns,
        })
    };
    let networks: Vec<Value> = explorer.networks.iter().map(network).collect();
    in_script(&json!({ "roles": ROLES, "networks": networks }).to_string())
}
