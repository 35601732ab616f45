//! `hydranet draw`: one small network before and after removals.

use super::draw;
use crate::args::DrawArgs;
use crate::failure::Failure;
use crate::sketch::Sketch;
use crate::{figures, output};
use hydranet_charts::{Chart, NetworkDrawing, NetworkPanel, Preset, Rendered, Width};
use hydranet_results::write_atomically;
use hydranet_takedown::{Items, Task, percolate};
use hydranet_toolkit::Toolkit;
use hydranet_topology::{Purpose, Trial, trial_rng};
use std::path::{Path, PathBuf};

/// More nodes than this are a blot, and take long to lay out.
const MOST: u32 = 3000;
/// More links likewise.
const MOST_LINKS: usize = 20_000;

/// Draws the network and its stages.
pub(crate) fn drawing(args: &DrawArgs, known: &Toolkit) -> Result<(), Failure> {
    draw::target(args.target)?;
    let width = args.width.as_deref().map(figures::named_width).transpose()?;
    let strategy = draw::build(&known.strategies, &args.strategy, &args.strategy_set)?;
    let (overlay, source) = draw::source(&args.network, &known.topologies)?;
    draw::check_needs(strategy.name, &args.network, &overlay)?;
    let n = overlay.nodes();
    if n > MOST {
        return Err(Failure::BadInput(format!(
            "{source}: {n} nodes are too many for a drawing, at most {MOST} can be told apart; draw a smaller network of the same \
             model, or see what is left of this one with `hydranet takedown --curve-out`"
        )));
    }
    let stages = stages(args, n)?;
    let rng = trial_rng(args.network.seed, Trial::order_of(0, 0), Purpose::Order);
    let order = strategy.value.nodes(&overlay, &mut Task { rng, target: args.target });
    let order = order.map_err(|e| Failure::BadInput(format!("strategy `{}`: {e}", strategy.name)))?;
    let curve = percolate(&overlay, &order);
    let Items::Nodes(nodes) = &order.items else { unreachable!("a strategy asked for nodes gives nodes") };
    if let Some(q) = stages.iter().find(|q| **q > nodes.len()) {
        return Err(Failure::BadInput(format!(
            "--at: strategy `{}` takes out {} nodes, not {q}",
            strategy.name,
            nodes.len()
        )));
    }
    let links = overlay.closure().arcs() / 2;
    if links > MOST_LINKS as u64 {
        return Err(Failure::BadInput(format!(
            "{source}: {links} links are too many for a drawing, at most {MOST_LINKS} can be told apart; draw a smaller or sparser network"
        )));
    }
    let sketch = Sketch::of(&overlay);
    let percent = |part: u32, whole: u32| match part == whole {
        true => "100".to_string(),
        false => format!("{:.1}", 100.0 * f64::from(part) / f64::from(whole.max(1))),
    };
    let panel = |&q: &usize| NetworkPanel {
        title: match q {
            0 => format!("{n} nodes, {links} links"),
            _ => format!("{q} removed, *f* = {:.3}", q as f64 / f64::from(n)),
        },
        note: format!(
            "*S*_{{1}} = {} ({} %), reach {} ({} %)",
            curve.largest[q],
            percent(curve.largest[q], n),
            curve.reach[q],
            percent(curve.reach[q], overlay.peers())
        ),
        states: sketch.states(&nodes[..q]),
    };
    let panels: Vec<NetworkPanel> = stages.iter().map(panel).collect();
    panels.iter().zip(&stages).try_for_each(|(panel, q)| {
        let note = panel.note.replace("*S*_{1}", "S1").replace('*', "");
        output::print(&format!("{q} removed by {}: {note}\n", strategy.name))
    })?;
    let chart = NetworkDrawing {
        title: format!("{source}: {}", strategy.name),
        description: format!(
            "{} Nodes stand {}; shape is role, colour is component, hollow nodes are removed ({}).",
            if panels.len() > 1 { "The network before and after removals." } else { "The network." },
            if sketch.circular { "on a circle by identifier" } else { "where forces along links put them" },
            strategy.name
        ),
        places: sketch.places,
        kinds: sketch.kinds,
        edges: sketch.edges,
        columns: panels.len().min(3),
        panels,
    };
    let suits = match chart.columns {
        1 => Width::IeeeColumn,
        2 => Width::Article,
        _ => Width::TwoColumn,
    };
    let figure = chart.draw(&Preset { width: width.unwrap_or(suits), ..Preset::default() });
    let figure = figure.map_err(|e| Failure::failed_error(&e))?;
    let provenance = format!(
        "hydranet {}, {source}, seed {}, strategy {}",
        env!("CARGO_PKG_VERSION"),
        args.network.seed,
        strategy.name
    );
    let Rendered { svg, pdf, png, csv } = figure.render(&provenance).map_err(|e| Failure::failed_error(&e))?;
    for (ending, bytes) in [("svg", svg.as_bytes()), ("pdf", &pdf), ("png", &png), ("csv", csv.as_bytes())] {
        let path = with_ending(&args.output, ending);
        write_atomically(&path, |out| out.write_all(bytes)).map_err(|e| Failure::failed_error(&e))?;
    }
    output::note(&format!("drawing: {}", with_ending(&args.output, "{svg,pdf,png,csv}").display()));
    Ok(())
}

/// How many nodes are gone in each panel, the whole network first.
fn stages(args: &DrawArgs, n: u32) -> Result<Vec<usize>, Failure> {
    let most = if args.count { f64::from(n) } else { 1.0 };
    let what = if args.count { format!("numbers of nodes, 0 to {n}") } else { "fractions, 0 to 1".to_string() };
    let mut stages = vec![0];
    for &at in &args.at {
        if !(0.0..=most).contains(&at) || (args.count && at.fract() != 0.0) {
            return Err(Failure::BadInput(format!("--at takes {what}, not {at}")));
        }
        stages.push(if args.count { at as usize } else { (at * f64::from(n)).round() as usize });
    }
    stages.sort_unstable();
    stages.dedup();
    if stages.len() > 12 {
        return Err(Failure::BadInput(format!(
            "--at: {} panels are too many for a page; give 11 places at most",
            stages.len()
        )));
    }
    Ok(stages)
}

/// BASE with an ending; a dot in BASE is part of the name.
fn with_ending(base: &Path, ending: &str) -> PathBuf {
    let name = base.file_name().unwrap_or_default().to_string_lossy();
    base.with_file_name(format!("{name}.{ending}"))
}
