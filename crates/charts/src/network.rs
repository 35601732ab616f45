//! A drawing of a small network, once a panel: before a takedown and at stages of it.
//!
//! Role is shape, component is colour: the largest is blue and drawn last, the next two have colours of their own, all others
//! are grey. Removed nodes are hollow, their links faint. A node keeps its place in all panels.

use crate::{
    canvas::{Align, Canvas, Pen, Stand, Type},
    chart::Chart,
    csv::{Csv, field},
    error::ChartError,
    geometry::{Pt, Rect},
    hover::Hover,
    legend::{Boxed, Key, Legend, LegendEntry},
    marker,
    palette::{COLORS, Color, GRID, INK, MUTED, RULE, SeriesStyle, Shape, WHITE},
    preset::{Height, Preset, size},
    render::Figure,
    text::Line,
};

/// What a node is for, which decides its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum NodeRole {
    /// A star.
    Operator,
    /// A square.
    Server,
    /// A triangle.
    Relay,
    /// A disc.
    #[default]
    Peer,
}

/// What has become of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeState {
    /// It is gone.
    Removed,
    /// Alive in the component with this rank: 0 is the largest. At rank 3 and beyond all look alike.
    Component(u32),
    /// Alive without any neighbour.
    Alone,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NetworkPanel {
    /// First line above, behind (a), (b), … if there is more than one panel; may hold markup.
    pub title: String,
    /// Second line above: what is left, in numbers; may hold markup.
    pub note: String,
    /// One for each node.
    pub states: Vec<NodeState>,
}

/// A network and its stages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NetworkDrawing {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence; not drawn.
    pub description: String,
    /// Where nodes stand, in the unit square, y downwards: see [`by_forces`](crate::by_forces) and [`on_circle`](crate::on_circle).
    pub places: Vec<(f64, f64)>,
    /// One for each node.
    pub kinds: Vec<NodeRole>,
    /// Links, each once, by node number.
    pub edges: Vec<(u32, u32)>,
    /// The stages, row by row.
    pub panels: Vec<NetworkPanel>,
    /// Panels beside each other; 0 is read as 1.
    pub columns: usize,
}

const GAP: f64 = 14.0;
const HEAD: f64 = 24.0;

impl NodeRole {
    /// All kinds, from the top of a command structure down.
    pub const ALL: [NodeRole; 4] = [NodeRole::Operator, NodeRole::Server, NodeRole::Relay, NodeRole::Peer];

    fn name(self) -> &'static str {
        match self {
            NodeRole::Operator => "operator",
            NodeRole::Server => "server",
            NodeRole::Relay => "relay",
            NodeRole::Peer => "peer",
        }
    }

    fn shape(self) -> Shape {
        match self {
            NodeRole::Operator => Shape::Star,
            NodeRole::Server => Shape::Square,
            NodeRole::Relay => Shape::Triangle,
            NodeRole::Peer => Shape::Circle,
        }
    }

    /// Size relative to a peer's.
    fn scale(self) -> f64 {
        match self {
            NodeRole::Operator => 1.7,
            NodeRole::Server => 1.5,
            NodeRole::Relay => 1.3,
            NodeRole::Peer => 1.0,
        }
    }
}

impl NodeState {
    fn color(self) -> Color {
        match self {
            NodeState::Component(0) => COLORS[0],
            NodeState::Component(1) => COLORS[4],
            NodeState::Component(2) => COLORS[2],
            NodeState::Component(_) | NodeState::Alone => MUTED,
            NodeState::Removed => RULE,
        }
    }

    /// What lies on top: removed nodes at the bottom, the largest component above all.
    fn layer(self) -> u32 {
        match self {
            NodeState::Removed => 0,
            NodeState::Alone => 1,
            NodeState::Component(rank) => 5 - rank.min(3),
        }
    }
}

impl Chart for NetworkDrawing {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        self.check()?;
        let width = preset.points()?;
        let mut canvas = Canvas::new(preset.family);
        let columns = self.columns.clamp(1, self.panels.len());
        let rows = self.panels.len().div_ceil(columns);
        let legend = Legend::wide(&canvas, &self.entries(), width - 2.0 * size::BORDER);
        let side = (width - 2.0 * size::BORDER - (columns - 1) as f64 * GAP) / columns as f64;
        let least = 60.0;
        if side < least {
            return Err(ChartError::Room { axis: "width", left: side, least });
        }
        let below = legend.height;
        let tall = match preset.height {
            Height::Auto => side,
            Height::Points(height) => (height - size::BORDER - 4.0 - below + GAP) / rows as f64 - HEAD - GAP,
        };
        if tall < least {
            return Err(ChartError::Room { axis: "height", left: tall, least });
        }
        let pitch = HEAD + tall + GAP;
        for (i, panel) in self.panels.iter().enumerate() {
            let (column, row) = ((i % columns) as f64, (i / columns) as f64);
            let left = size::BORDER + column * (side + GAP);
            let rect = Rect::at(left, size::BORDER + row * pitch + HEAD, side, tall);
            self.head(&mut canvas, i, panel, rect);
            self.stage(&mut canvas, panel, rect);
        }
        let height = match preset.height {
            Height::Auto => (size::BORDER + rows as f64 * pitch - GAP + 4.0 + below).ceil(),
            Height::Points(height) => height,
        };
        legend.draw(&mut canvas, ((width - legend.width) / 2.0, height - legend.height - 1.0), Boxed::No);
        let (title, description) = (self.title.clone(), self.description.clone());
        let (csv, hover) = (self.csv(), Hover::Nothing);
        Ok(Figure { width, height, title, description, csv, hover, themed: true, canvas })
    }
}

impl NetworkDrawing {
    fn check(&self) -> Result<(), ChartError> {
        let expected = self.places.len();
        if expected == 0 {
            return Err(ChartError::Nothing { what: "node" });
        }
        if self.panels.is_empty() {
            return Err(ChartError::Nothing { what: "panel" });
        }
        let wrong = |label: &str, found| ChartError::Length { label: label.to_owned(), found, expected };
        if self.kinds.len() != expected {
            return Err(wrong("kinds", self.kinds.len()));
        }
        if let Some(&(a, b)) = self.edges.iter().find(|(a, b)| *a.max(b) as usize >= expected) {
            return Err(wrong("edges", a.max(b) as usize));
        }
        match self.panels.iter().find(|panel| panel.states.len() != expected) {
            Some(panel) => Err(wrong(&panel.title, panel.states.len())),
            None => Ok(()),
        }
    }

    fn head(&self, canvas: &mut Canvas, i: usize, panel: &NetworkPanel, rect: Rect) {
        let how = Type { size: size::SMALL, color: INK, align: Align::Left, stand: Stand::Baseline, upwards: false };
        let letter = char::from(b'a' + (i % 26) as u8);
        let title = if self.panels.len() > 1 { format!("({letter}) {}", panel.title) } else { panel.title.clone() };
        for (text, up, color, size) in [(&title, 14.0, INK, size::SMALL), (&panel.note, 4.5, MUTED, size::TINY)] {
            let line = Line::parse(canvas.family, text).wrap(canvas.family, rect.width() / size, 1).swap_remove(0);
            canvas.set(&line, (rect.left, rect.top - up), Type { color, size, ..how });
        }
    }

    /// Radius of a peer: smaller where there are many, or little room.
    fn radius(&self, rect: Rect) -> f64 {
        let side = rect.width().min(rect.height());
        let room = side / (self.places.len() as f64).sqrt();
        (0.16 * room).min(0.46 * side * self.spacing()).clamp(0.45, 3.2)
    }

    /// Median distance of a node to its nearest neighbour. O(n²), for the few thousand nodes that can be drawn.
    fn spacing(&self) -> f64 {
        let apart = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).powi(2) + (a.1 - b.1).powi(2);
        let nearest = |i: usize| {
            let others = self.places.iter().enumerate().filter(|(k, _)| *k != i);
            others.map(|(_, p)| apart(p, &self.places[i])).fold(1.0, f64::min)
        };
        let mut all: Vec<f64> = (0..self.places.len()).map(nearest).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).map_or(1.0, |d| d.sqrt())
    }

    fn stage(&self, canvas: &mut Canvas, panel: &NetworkPanel, rect: Rect) {
        let radius = self.radius(rect);
        let margin = radius * 2.6;
        let span = (rect.width().min(rect.height()) - 2.0 * margin).max(1.0);
        let middle = ((rect.left + rect.right) / 2.0, (rect.top + rect.bottom) / 2.0);
        let at = |v: usize| (middle.0 + (self.places[v].0 - 0.5) * span, middle.1 + (self.places[v].1 - 0.5) * span);
        let gone = |v: u32| panel.states[v as usize] == NodeState::Removed;
        let hair = (4.0 / (self.edges.len().max(1) as f64).sqrt()).clamp(0.12, 0.45);
        for dead in [true, false] {
            let pen = if dead { Pen { color: GRID, width: hair * 0.8 } } else { Pen { color: RULE, width: hair } };
            for &(a, b) in self.edges.iter().filter(|(a, b)| (gone(*a) || gone(*b)) == dead) {
                canvas.line(&[at(a as usize), at(b as usize)], pen);
            }
        }
        let mut order: Vec<usize> = (0..self.places.len()).collect();
        order.sort_by_key(|&v| (panel.states[v].layer(), self.kinds[v] != NodeRole::Peer));
        for v in order {
            node(canvas, at(v), self.kinds[v], panel.states[v], radius);
        }
    }

    /// Shapes of the roles that occur, colours of the states that occur.
    fn entries(&self) -> Vec<LegendEntry> {
        let key = |shape, color, hollow| Key::Curve {
            style: SeriesStyle { color, dash: &[], shape, hollow },
            line: None,
            marker: true,
        };
        let kinds = NodeRole::ALL.into_iter().filter(|kind| self.kinds.contains(kind));
        let roles = kinds.map(|kind| LegendEntry { label: kind.name().into(), key: key(kind.shape(), INK, false) });
        // what looks alike stands for all
        let alike = |state: NodeState| match state {
            NodeState::Component(rank) if rank > 2 => NodeState::Alone,
            other => other,
        };
        let occurs = |state: NodeState| self.panels.iter().flat_map(|p| &p.states).any(|s| alike(*s) == state);
        let states = [
            ("largest component", NodeState::Component(0)),
            ("second", NodeState::Component(1)),
            ("third", NodeState::Component(2)),
            ("smaller, alone", NodeState::Alone),
            ("removed", NodeState::Removed),
        ];
        let colors = states.into_iter().filter(|(_, state)| occurs(*state)).map(|(label, state)| LegendEntry {
            label: label.into(),
            key: key(Shape::Circle, state.color(), state == NodeState::Removed),
        });
        roles.chain(colors).collect()
    }

    fn csv(&self) -> String {
        let mut csv = Csv::new(&["panel", "node", "role", "x", "y", "state", "component"]);
        for panel in &self.panels {
            for (v, state) in panel.states.iter().enumerate() {
                let (name, rank) = match state {
                    NodeState::Removed => ("removed", String::new()),
                    NodeState::Component(rank) => ("alive", (rank + 1).to_string()),
                    NodeState::Alone => ("alone", String::new()),
                };
                // a millionth of the page is as good as nothing
                let (x, y) = (rounded(self.places[v].0), rounded(self.places[v].1));
                let words = [panel.title.clone(), v.to_string(), self.kinds[v].name().to_owned()];
                csv.row(words.into_iter().chain([field(x), field(y), name.to_owned(), rank]));
            }
        }
        csv.finish()
    }
}

fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

fn node(canvas: &mut Canvas, at: Pt, kind: NodeRole, state: NodeState, radius: f64) {
    let r = radius * kind.scale();
    let removed = state == NodeState::Removed;
    let color = state.color();
    if kind == NodeRole::Peer {
        canvas.disc(at, r + 0.25, if removed { RULE } else { WHITE });
        canvas.disc(at, if removed { r - 0.2 } else { r }, if removed { WHITE } else { color });
        return;
    }
    let outline = marker::outline(at, kind.shape(), r);
    let mut closed = outline.clone();
    closed.extend_from_slice(&outline[..2]);
    canvas.line(&closed, Pen { color: if removed { RULE } else { WHITE }, width: 0.9 });
    canvas.area(&outline, if removed { WHITE } else { color }, 1.0);
    if removed {
        canvas.line(&closed, Pen { color: MUTED, width: 0.5 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Width, canvas::Element};

    fn drawing() -> NetworkDrawing {
        let states = |first| [first, NodeState::Component(0), NodeState::Component(0), NodeState::Alone].to_vec();
        let panel =
            |title: &str, first| NetworkPanel { title: title.into(), note: "*S*_{1}".into(), states: states(first) };
        NetworkDrawing {
            places: crate::on_circle(4),
            kinds: vec![NodeRole::Server, NodeRole::Peer, NodeRole::Peer, NodeRole::Peer],
            edges: vec![(0, 1), (0, 2), (1, 2), (0, 3)],
            panels: vec![panel("before", NodeState::Component(0)), panel("after", NodeState::Removed)],
            columns: 2,
            ..NetworkDrawing::default()
        }
    }

    #[test]
    fn nodes_and_texts_stay_on_the_page() {
        let figure = drawing().draw(&Preset { width: Width::IeeeColumn, ..Preset::default() }).unwrap();
        let page = Rect::at(0.0, 0.0, figure.width, figure.height);
        for element in &figure.canvas.elements {
            if let Element::Disc { centre, radius, .. } = element {
                assert!(page.contains((centre.0 - radius, centre.1 - radius)));
                assert!(page.contains((centre.0 + radius, centre.1 + radius)));
            }
        }
        let texts = &figure.canvas.texts;
        for (i, (text, a)) in texts.iter().enumerate() {
            assert!(a.left >= 0.0 && a.right <= figure.width && a.bottom <= figure.height, "{text}");
            assert!(texts[..i].iter().all(|(_, b)| !a.overlaps(b)), "{text}");
        }
        let words: Vec<&str> = figure.texts().collect();
        for expected in ["(a) before", "(b) after", "server", "peer", "largest component", "smaller, alone", "removed"]
        {
            assert!(words.contains(&expected), "{expected} in {words:?}");
        }
        assert!(!words.contains(&"relay") && !words.contains(&"second"), "{words:?}");
    }

    #[test]
    fn links_of_the_removed_are_faint() {
        let figure = drawing().draw(&Preset::default()).unwrap();
        let lines = |color| {
            let same =
                |e: &&Element| matches!(e, Element::Stroke { points, pen } if points.len() == 2 && pen.color == color);
            figure.canvas.elements.iter().filter(same).count()
        };
        assert_eq!((lines(GRID), lines(RULE)), (3, 5));
        let csv = figure.csv();
        assert!(
            csv.contains("after,0,server,0.5,0,removed,\n") && csv.contains("before,1,peer,1,0.5,alive,1\n"),
            "{csv}"
        );
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let check = |change: fn(&mut NetworkDrawing)| {
            let mut wrong = drawing();
            change(&mut wrong);
            assert!(wrong.draw(&Preset::default()).is_err());
        };
        check(|d| d.places.clear());
        check(|d| d.panels.clear());
        check(|d| d.kinds.truncate(1));
        check(|d| d.edges.push((0, 4)));
        check(|d| d.panels[1].states.truncate(3));
    }
}
