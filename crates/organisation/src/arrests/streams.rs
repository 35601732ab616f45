//! The streams of one life.

use hydranet_topology::{Purpose, Trial, TrialRng, trial_rng};

/// One stream a kind of chance.
#[derive(Debug, Clone)]
pub struct Streams {
    /// When pressure strikes.
    pub(crate) arrest: TrialRng,
    /// Whom it strikes.
    pub(crate) exposure: TrialRng,
    /// Whom an arrest reveals.
    pub(crate) reveal: TrialRng,
    /// How long vacancies last.
    pub(crate) vacancy: TrialRng,
    /// Who takes contacts over, and whether it works.
    pub(crate) hand_over: TrialRng,
    /// Which contacts a seizure burns.
    pub(crate) seizure: TrialRng,
}

impl Streams {
    /// The streams of one trial of an experiment with this seed.
    pub fn new(seed: u64, trial: Trial) -> Streams {
        let stream = |purpose| trial_rng(seed, trial, purpose);
        Streams {
            arrest: stream(Purpose::Arrest),
            exposure: stream(Purpose::Exposure),
            reveal: stream(Purpose::Reveal),
            vacancy: stream(Purpose::Vacancy),
            hand_over: stream(Purpose::HandOver),
            seizure: stream(Purpose::Seizure),
        }
    }
}
