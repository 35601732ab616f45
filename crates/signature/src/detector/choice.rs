//! A detector by name, made of a baseline: what a spec or a command line can say.

use super::{Bocpd, BocpdSettings, Cusum, Detector, Glr, MixtureCusum, ShiryaevRoberts, WindowedG};
use crate::contrast::Contrast;
use crate::dirichlet::Dirichlet;
use crate::profile::{Crew, Profile};
use hydranet_topology::Invalid;
use serde::{Deserialize, Serialize};

/// Which detector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetectorKind {
    /// [`Cusum`]: knows the crew after the change.
    Cusum,
    /// [`ShiryaevRoberts`]: knows the crew after the change.
    #[serde(alias = "sr")]
    ShiryaevRoberts,
    /// [`MixtureCusum`].
    MixtureCusum,
    /// [`Glr`].
    Glr,
    /// [`Bocpd`], after the baseline.
    Bocpd,
    /// [`WindowedG`]; the baseline is not used.
    GTest,
}

impl DetectorKind {
    /// All, in the order of every table.
    pub const ALL: [DetectorKind; 6] = {
        use DetectorKind::*;
        [Cusum, ShiryaevRoberts, MixtureCusum, Glr, Bocpd, GTest]
    };

    /// Its name in a spec.
    pub fn name(self) -> &'static str {
        match self {
            DetectorKind::Cusum => "cusum",
            DetectorKind::ShiryaevRoberts => "shiryaev-roberts",
            DetectorKind::MixtureCusum => "mixture-cusum",
            DetectorKind::Glr => "glr",
            DetectorKind::Bocpd => "bocpd",
            DetectorKind::GTest => "g-test",
        }
    }

    /// Whether it must be told the crew after the change.
    pub fn knows_the_other_crew(self) -> bool {
        matches!(self, DetectorKind::Cusum | DetectorKind::ShiryaevRoberts)
    }
}

/// Settings of all detectors; each takes what it needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DetectorSettings {
    /// Chance that a change is one in a given coordinate, in (0, 1]: `mixture-cusum`. Default 0.5.
    pub share: f64,
    /// Least observations after a change (`glr`), or on each side of it (`g-test`); ≥ 1. Default 5.
    pub least: u32,
    /// Observations that are looked back: `glr`, `g-test`. Default 100.
    pub window: u32,
    /// `bocpd`.
    pub bocpd: BocpdSettings,
}

impl Default for DetectorSettings {
    fn default() -> DetectorSettings {
        DetectorSettings { share: 0.5, least: 5, window: 100, bocpd: BocpdSettings::default() }
    }
}

impl DetectorSettings {
    /// A detector, from the laws of profiles, the counts of the baseline (one list a coordinate) and, for those that know it, the crew after the
    /// change. The profile of before is the mean of its law after the baseline.
    ///
    /// # Errors
    /// If a setting is out of its range, the counts do not fit the laws, or a crew that must be known is missing.
    pub fn build(
        &self,
        kind: DetectorKind,
        priors: &[Dirichlet],
        baseline: &[Vec<u64>],
        after: Option<&[Profile]>,
    ) -> Result<Box<dyn Detector>, Invalid> {
        let fits =
            priors.len() == baseline.len() && priors.iter().zip(baseline).all(|(p, n)| p.categories() == n.len());
        Invalid::unless(fits, "baseline", || "one count for every category of every coordinate".to_string())?;
        let before: Crew = priors.iter().zip(baseline).map(|(prior, counts)| prior.after(counts).mean()).collect();
        let contrast = || {
            let missing =
                || Invalid::new("detector", format!("`{}` needs the crew after the change: take another", kind.name()));
            Contrast::new(&before, after.ok_or_else(missing)?)
        };
        let (least, window) = (self.least as usize, self.window as usize);
        Ok(match kind {
            DetectorKind::Cusum => Box::new(Cusum::new(contrast()?)),
            DetectorKind::ShiryaevRoberts => Box::new(ShiryaevRoberts::new(&contrast()?)),
            DetectorKind::MixtureCusum => Box::new(MixtureCusum::new(&before, priors, self.share)?),
            DetectorKind::Glr => Box::new(Glr::new(&before, least, window)?),
            DetectorKind::Bocpd => Box::new(Bocpd::new(priors, self.bocpd)?.after_baseline(baseline)?),
            DetectorKind::GTest => {
                let categories: Vec<usize> = priors.iter().map(Dirichlet::categories).collect();
                Box::new(WindowedG::new(&categories, least, window)?)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_built_and_sees_a_change() {
        let priors = vec![Dirichlet::symmetric(3, 1.0).unwrap(); 2];
        let baseline = vec![vec![80, 10, 10]; 2];
        let after = vec![Profile::new(vec![0.1, 0.1, 0.8]).unwrap(); 2];
        for kind in DetectorKind::ALL {
            let settings = DetectorSettings::default();
            let known = kind.knows_the_other_crew().then_some(&after[..]);
            let mut detector = settings.build(kind, &priors, &baseline, known).unwrap();
            let calm = (0..40).map(|_| detector.observe(&[0, 0])).fold(0.0, f64::max);
            let changed = (0..20).map(|_| detector.observe(&[2, 2])).fold(0.0, f64::max);
            assert!(changed > calm + 0.5, "{}: {calm}, then {changed}", kind.name());
            if known.is_some() {
                let error = settings.build(kind, &priors, &baseline, None).err().unwrap().to_string();
                assert!(error.contains(kind.name()), "{error}");
            }
            assert!(settings.build(kind, &priors, &baseline[..1], known).is_err());
        }
    }

    #[test]
    fn names_are_those_of_specs() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, StrDeserializer};
        for kind in DetectorKind::ALL {
            let name: StrDeserializer<'_, Error> = kind.name().into_deserializer();
            assert_eq!(DetectorKind::deserialize(name), Ok(kind));
        }
    }
}
