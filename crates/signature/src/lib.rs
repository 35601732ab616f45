#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "references in tests may use the functions of std"))]

pub mod attribution;
pub mod behaviour;
pub mod calibrate;
pub mod case;
pub mod confusion;
pub mod contrast;
pub mod delay;
pub mod detector;
pub mod dirichlet;
pub mod exact;
pub mod g_test;
pub mod markov;
pub mod profile;
mod random;
pub mod roc;
pub mod scenario;
pub mod sessions;
pub mod sharp;

pub use attribution::{Chances, Kind, Posterior};
pub use behaviour::{Arrivals, Behaviour};
pub use calibrate::{Mean, Simulation, Threshold};
pub use confusion::Confusion;
pub use contrast::Contrast;
pub use detector::{
    Bank, Bocpd, BocpdSettings, Cusum, Detector, DetectorKind, DetectorSettings, Glr, MixtureCusum, ShiryaevRoberts,
    WindowedG, first_alarm,
};
pub use dirichlet::Dirichlet;
pub use profile::{Crew, Profile};
pub use scenario::{Event, Scenario, Stream};
pub use sessions::Sessions;
