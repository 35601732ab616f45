//! Claims with their answers, as they stand in `claims.csv`.

use super::{Comparison, Verdict};
use crate::table;

table! {
    /// One row a claim and topology that it is asked of.
    CLAIMS "claims", version = 2, ClaimRow {
        says: Text String, "", "the sentence";
        measured: Text String, "", "what the number is, in words";
        topology: Text String, "", "label of the topology that it is asked of";
        treatment: Text String, "", "label of the treatment; of several the last";
        versus_topology: Text String, "", "label of the topology that it is compared with; empty where it is not";
        versus_treatment: Text String, "", "label of the treatment that it is compared with; of several the first";
        metric: Text String, "", "name of the metric: `hydranet describe METRIC`";
        form: Text String, "", "what the number is: value, difference, ratio, step (the one that stands worst), slope (per step)";
        unit: Text String, "", "unit of the numbers; empty for ratios";
        value: NullableReal Option<f64>, "see unit", "the number that answers it; empty where there is none";
        lo: NullableReal Option<f64>, "see unit", "lower end of its 95 % interval, over paired trials where cells are compared";
        hi: NullableReal Option<f64>, "see unit", "upper end of that interval";
        least: NullableReal Option<f64>, "see unit", "the sentence needs this or more";
        most: NullableReal Option<f64>, "see unit", "the sentence needs this or less";
        apart: NullableReal Option<f64>, "see unit", "the sentence needs any other number than this, which a takedown without any effect would have";
        p: NullableReal Option<f64>, "1", "least 1 − level at which the interval decides";
        p_holm: NullableReal Option<f64>, "1", "the same adjusted for all claims of the spec (Holm 1979)";
        verdict: Text String, "", "holds, fails, undecided (p_holm above .05), or not judged (nothing needed, or no numbers)";
    }
}

impl ClaimRow {
    /// The verdict.
    pub fn judged(&self) -> Verdict {
        Verdict::named(&self.verdict).unwrap_or(Verdict::Unjudged)
    }

    /// The interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.lo.zip(self.hi)
    }

    /// What the number is compared with, in words: `≥ 0.5 days`, `more`, `the same ± 0.02`.
    pub fn needed(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        let middle = if self.form == Comparison::Ratio.name() { 1.0 } else { 0.0 };
        let compared = self.form != Comparison::Value.name();
        match (self.least, self.most, self.apart) {
            (Some(least), Some(most), _) => {
                format!("the same ± {}{unit}", crate::statistics::significant((most - least) / 2.0, 3))
            }
            (Some(least), None, _) if compared && least == middle => "more".into(),
            (None, Some(most), _) if compared && most == middle => "less".into(),
            (Some(least), None, _) => format!("≥ {least}{unit}"),
            (None, Some(most), _) => format!("≤ {most}{unit}"),
            (None, None, Some(none)) => format!("≠ {none}{unit}, no effect"),
            (None, None, None) => "nothing".into(),
        }
    }
}
