//! The strategies of this crate, one row each. No strategy looks at this table, so that one can be read without the others.

use super::{
    AdaptiveBetweenness, AdaptiveDegree, Betweenness, Bpd, ByRole, Closeness, CollectiveInfluence, CoreHd, Degree,
    EdgeBetweenness, Eigenvector, ExplosiveImmunization, Gnd, KCore, MinSum, OrderFile, PageRank, Provider, Random,
    Strategy,
};
use hydranet_plugin::Registration;

/// The strategies of this crate.
pub const STRATEGIES: &[Registration<dyn Strategy>] = &[
    Registration::of::<Random>(),
    Registration::of::<Degree>(),
    Registration::of::<AdaptiveDegree>(),
    Registration::of::<KCore>(),
    Registration::of::<CollectiveInfluence>(),
    Registration::of::<CoreHd>(),
    Registration::of::<ExplosiveImmunization>(),
    Registration::of::<MinSum>(),
    Registration::of::<Bpd>(),
    Registration::of::<Betweenness>(),
    Registration::of::<AdaptiveBetweenness>(),
    Registration::of::<Closeness>(),
    Registration::of::<PageRank>(),
    Registration::of::<Eigenvector>(),
    Registration::of::<Gnd>(),
    Registration::of::<EdgeBetweenness>(),
    Registration::of::<ByRole>(),
    Registration::of::<Provider>(),
    Registration::of::<OrderFile>(),
];
