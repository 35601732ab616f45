//! Kaplan–Meier curves with the table of those at risk below.

use crate::{
    axis::Axis,
    canvas::{Align, Stand, Type},
    chart::Chart,
    curves::Curves,
    error::ChartError,
    frame::places,
    legend::LegendPlace,
    palette::INK,
    panel::Panel,
    preset::{Preset, size},
    render::Figure,
    series::{Joining, Point, Series},
    text::Line,
};

/// One curve.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SurvivalGroup {
    /// Name in the legend and in the table; may hold markup.
    pub label: String,
    /// Share still waiting, with its interval, from time 0 on; it holds until the next point.
    pub points: Vec<Point>,
    /// How many are at risk just before each time: (time, number), ascending.
    pub at_risk: Vec<(f64, u64)>,
}

/// Kaplan–Meier curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SurvivalCurves {
    /// Name of the figure, for its metadata; not drawn.
    pub title: String,
    /// What is to be seen, in a sentence; not drawn.
    pub description: String,
    /// The time axis.
    pub x: Axis,
    /// The share axis.
    pub y: Axis,
    /// Heading of the table, such as `still below 90 %`.
    pub risk: String,
    /// The curves.
    pub groups: Vec<SurvivalGroup>,
}

impl Chart for SurvivalCurves {
    fn draw(&self, preset: &Preset) -> Result<Figure, ChartError> {
        let series = |g: &SurvivalGroup| Series {
            label: g.label.clone(),
            points: g.points.clone(),
            draw: Joining::StepsAfter,
            ..Series::default()
        };
        let curves = Curves {
            title: self.title.clone(),
            description: self.description.clone(),
            x: self.x.clone(),
            y: self.y.clone(),
            panels: vec![Panel { series: self.groups.iter().map(series).collect(), ..Panel::default() }],
            legend: LegendPlace::Right,
            ..Curves::default()
        };
        let (mut figure, plan) = curves.drawn(preset)?;
        let (frame, _) = plan.frames[0];
        let how = Type { size: size::TINY, color: INK, align: Align::Middle, stand: Stand::Baseline, upwards: false };
        let left = Type { align: Align::Left, ..how };
        let ticks = places(&frame.x, &plan.x_ticks);
        let times: Vec<f64> = plan.x_ticks.major.iter().map(|t| t.value).collect();
        let mut y = figure.height + size::LEADING;
        // names stand to the right of the panel, under the legend: there they are as long as in the legend
        let names = frame.rect.right + 6.0;
        figure.canvas.text(&self.risk, (frame.rect.left, y), Type { ..left });
        y += size::LEADING;
        for group in &self.groups {
            let room = (figure.width - names - size::BORDER) / size::TINY;
            let family = figure.canvas.family;
            let name = Line::parse(family, &group.label).wrap(family, room, 1).swap_remove(0);
            figure.canvas.set(&name, (names, y), left);
            for ((at, _), time) in ticks.iter().zip(&times) {
                let number = group.at_risk.iter().find(|(t, _)| t >= time).map_or(0, |(_, n)| *n);
                figure.canvas.text(&number.to_string(), (*at, y), how);
            }
            y += size::LEADING;
        }
        figure.height = y - size::LEADING + size::BORDER + 2.0;
        Ok(figure)
    }
}
