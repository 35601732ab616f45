//! The numbers behind a chart of estimates: as a table, and with their places.

use super::{Arrangement, BarValue, Bars, known};
use crate::{
    csv::{Csv, field},
    geometry::Rect,
    hover::{Hover, HoverBox, edges},
    text::unmarked,
};

impl Bars {
    /// The numbers and where they stand.
    pub(super) fn hover(&self, plan: &Arrangement) -> Hover {
        let mut boxes = Vec::new();
        for (group, category) in self.categories.iter().enumerate() {
            for (i, series) in self.series.iter().enumerate() {
                let top = plan.group(group, self.series.len()) + plan.pitch * i as f64;
                let estimate = known(&series.values[group]);
                boxes.push(HoverBox {
                    frame: edges(Rect { top, bottom: top + plan.pitch, ..plan.rect }),
                    row: unmarked(category),
                    column: unmarked(&series.label),
                    value: estimate.map(|e| e.value),
                    interval: estimate.and_then(|e| e.interval),
                });
            }
        }
        Hover::Boxes { label: unmarked(&self.value.label), boxes }
    }

    /// The numbers as a table.
    pub(super) fn csv(&self) -> String {
        let mut csv = Csv::new(&["category", "series", "value", "lo", "hi"]);
        for (i, category) in self.categories.iter().enumerate() {
            for series in &self.series {
                let none = BarValue { value: f64::NAN, interval: None };
                let BarValue { value, interval } = series.values[i].unwrap_or(none);
                let (lo, hi) = interval.unwrap_or((f64::NAN, f64::NAN));
                csv.row([category.clone(), series.label.clone()].into_iter().chain([value, lo, hi].map(field)));
            }
        }
        csv.finish()
    }
}
