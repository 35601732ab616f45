//! Bring your own order: node names (or pairs of names, for edges), one a line, first to fall first.

use crate::RemovalOrder;
use crate::strategy::{Ranking, Strategy, Task, Unsuitable};
use hydranet_overlay::{Names, Overlay};
use hydranet_plugin::Plugin;
use hydranet_topology::{Draw, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Parameters of [`OrderFile`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderFileParams {
    /// The file: one original node name a line (for edges: two, separated by a tab or a space), first to fall first.
    /// Empty lines and lines that begin with `#` are passed over. `inline:a,b,c` gives the names on the spot.
    /// Nodes that it does not name fall after all others, in random order.
    pub path: String,
}

/// Plays an order back.
#[derive(Debug)]
pub struct OrderFile {
    path: String,
    /// Line number and text of every line that names something.
    lines: Vec<(usize, String)>,
}

impl OrderFile {
    fn lookup(overlay: &Overlay) -> impl Fn(&str) -> Option<u32> {
        let n = overlay.nodes();
        let by_name: Option<HashMap<String, u32>> = match overlay.names() {
            Names::Dense => None,
            names => Some((0..n).map(|v| (names.get(v).into_owned(), v)).collect()),
        };
        move |name| match &by_name {
            Some(map) => map.get(name).copied(),
            None => name.parse().ok().filter(|&v: &u32| v < n && v.to_string() == name),
        }
    }

    fn at(&self, line: usize, what: String) -> Unsuitable {
        Unsuitable::new(format!("{}:{line}: {what}", self.path))
    }
}

fn rest_note(named: usize, all: usize, what: &str) -> Vec<String> {
    if named == all {
        return Vec::new();
    }
    vec![format!("the order file names {named} of {all} {what}; the others fall after these, in random order")]
}

impl Strategy for OrderFile {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let find = OrderFile::lookup(overlay);
        let mut order = Vec::with_capacity(overlay.nodes() as usize);
        let mut line_of = vec![0usize; overlay.nodes() as usize];
        for (line, text) in &self.lines {
            let v = find(text).ok_or_else(|| self.at(*line, format!("the network has no node `{text}`")))?;
            let earlier = std::mem::replace(&mut line_of[v as usize], *line);
            if earlier > 0 {
                return Err(self.at(*line, format!("node `{text}` has fallen already, in line {earlier}")));
            }
            order.push(v);
        }
        let named = order.len();
        let mut rest: Vec<u32> = (0..overlay.nodes()).filter(|&v| line_of[v as usize] == 0).collect();
        rng.shuffle(&mut rest);
        order.extend(rest);
        let notes = rest_note(named, order.len(), "nodes");
        Ok(RemovalOrder { notes, ..RemovalOrder::nodes(order) })
    }

    fn edges(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let find = OrderFile::lookup(overlay);
        let csr = overlay.closure();
        let mut order = Vec::new();
        let mut line_of: HashMap<[u32; 2], usize> = HashMap::new();
        for (line, text) in &self.lines {
            let parts: Vec<&str> =
                if text.contains('\t') { text.split('\t').collect() } else { text.split_whitespace().collect() };
            let &[a, b] = parts.as_slice() else {
                return Err(self.at(*line, format!("an edge is two node names, not `{text}`")));
            };
            let end =
                |name: &str| find(name).ok_or_else(|| self.at(*line, format!("the network has no node `{name}`")));
            let (u, v) = (end(a)?, end(b)?);
            if !csr.has_arc(u, v) {
                return Err(self.at(*line, format!("the network has no edge between `{a}` and `{b}`")));
            }
            let edge = [u.min(v), u.max(v)];
            if let Some(earlier) = line_of.insert(edge, *line) {
                return Err(self.at(*line, format!("edge `{text}` has fallen already, in line {earlier}")));
            }
            order.push(edge);
        }
        let named = order.len();
        let mut rest: Vec<_> = csr.iter_arcs().filter(|e| e[0] < e[1] && !line_of.contains_key(e)).collect();
        rng.shuffle(&mut rest);
        order.extend(rest);
        let notes = rest_note(named, order.len(), "edges");
        Ok(RemovalOrder { notes, ..RemovalOrder::edges(order) })
    }

    fn fingerprint(&self) -> String {
        self.lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn ranking(&self) -> Ranking {
        Ranking { ties: "given".into(), ..Ranking::ONCE }
    }
}

impl Plugin for OrderFile {
    type Params = OrderFileParams;
    const NAME: &'static str = "order-file";
    const ABOUT: &'static str = "your own order, read from a file: one node name a line (two for an edge)";
    const EXAMPLE: &'static str = "path = \"inline:0,1\"";

    fn new(params: OrderFileParams) -> Result<OrderFile, Invalid> {
        let text = match params.path.strip_prefix("inline:") {
            Some(names) => names.replace(',', "\n"),
            None => std::fs::read_to_string(&params.path)
                .map_err(|e| Invalid::new("path", format!("cannot read the order file {}: {e}", params.path)))?,
        };
        // Windows editors put a byte order mark before UTF-8
        let lines: Vec<(usize, String)> = text
            .strip_prefix('\u{feff}')
            .unwrap_or(&text)
            .lines()
            .enumerate()
            .map(|(i, line)| (i + 1, line.trim().to_string()))
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .collect();
        Invalid::unless(!lines.is_empty(), "path", || format!("the order file {} names nothing", params.path))?;
        Ok(OrderFile { path: params.path, lines })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Items;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    fn order(inline: &str, edges: bool) -> Result<RemovalOrder, String> {
        let triangle = Overlay::symmetric(Csr::from_edges(4, &[[0, 1], [1, 2], [2, 0]]).0)
            .with_names(Names::from_strings(["a", "b", "c", "d"]));
        let plan = OrderFile::new(OrderFileParams { path: format!("inline:{inline}") }).map_err(|e| e.to_string())?;
        let mut rng = Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
        let order = if edges { plan.edges(&triangle, &mut rng) } else { plan.nodes(&triangle, &mut rng) };
        order.map_err(|e| e.reason)
    }

    #[test]
    fn plays_back() {
        assert_eq!(order("d,b,a,c", false).unwrap(), RemovalOrder::nodes(vec![3, 1, 0, 2]));
        assert_eq!(order("c a,a b,b c", true).unwrap().items, Items::Edges(vec![[0, 2], [0, 1], [1, 2]]));
        let partial = order("c,a,b", false).unwrap();
        assert_eq!(partial.items, Items::Nodes(vec![2, 0, 1, 3]));
        assert!(partial.notes[0].contains("names 3 of 4 nodes"));
    }

    #[test]
    fn refusals_name_the_line() {
        for (inline, edges, want) in [
            ("a,x", false, ":2: the network has no node `x`"),
            ("a,b,a", false, ":3: node `a` has fallen already, in line 1"),
            ("", false, "names nothing"),
            ("a d", true, ":1: the network has no edge between `a` and `d`"),
            ("a", true, ":1: an edge is two node names"),
            ("a b,b a", true, "has fallen already, in line 1"),
        ] {
            let got = order(inline, edges).unwrap_err();
            assert!(got.contains(want), "{got}");
        }
        let marked = OrderFile::new(OrderFileParams { path: "inline:\u{feff}c,b".into() }).unwrap();
        assert_eq!(marked.lines, [(1, "c".to_owned()), (2, "b".to_owned())]);
        let missing = OrderFile::new(OrderFileParams { path: "/no/such/file".into() }).unwrap_err();
        assert!(missing.to_string().contains("/no/such/file"));
    }
}
