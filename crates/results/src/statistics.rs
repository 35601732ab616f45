//! Means, spreads, quantiles and intervals for trials that come in clusters.
//!
//! Several removal orders on one network are not independent: what one network suffers, its other orders suffer, too. An
//! interval that takes them for independent is too narrow, by a factor of two and more. Here a network is a *cluster*, and
//! every interval but Wilson's counts clusters, not trials. Of a single network, measured or drawn once, each order is a
//! cluster of its own (`Independent::Orders`): given the network, orders are independent.
//!
//! | for | function | source |
//! |---|---|---|
//! | mean of clustered trials | [`Clustered::mean_interval`] | ratio estimator with Student t, Cochran 1977, §6.3 and §9A |
//! | mean of shares of clustered trials | [`Clustered::share_interval`] | the same, as Wilson's interval; stays in `[0, 1]` |
//! | quotient of totals of clustered trials | [`ratio_estimate`] | Cochran 1977, §6.3 |
//! | median, quantile or anything of clustered trials | [`Clustered::bca_interval`] | BCa bootstrap, Efron 1987 |
//! | difference of two cells that share their streams | [`paired`], then one of the above | |
//! | differences of quotients of totals; their p-values | [`weighted_totals`], [`Contrast`] | linearised, Student t |
//! | many differences together | [`holm`] | Holm 1979 |
//! | waits of which some never end | [`kaplan_meier`]; in clusters: [`kaplan_meier_clustered`] | Kaplan & Meier 1958; Lipsitz, Dear & Zhao 1994 |
//! | which of several ends came first | [`CompetingRisks::incidence`], with [`CompetingRisks::incidence_bands`] | Aalen & Johansen 1978 |
//! | groups that differ in one such end | [`gray_test`]; in its hazard: [`log_rank_test`] | Gray 1988; Mantel 1966 |
//! | share of independent successes | [`wilson_interval`] | Wilson 1927 |
//!
//! There is no interval (`None`) from a single cluster, an interval of width 0 if all values are equal, and no statistics
//! at all of NaN: [`Clustered::new`] refuses it.

mod bootstrap;
mod clustered;
mod competing_risks;
mod contrast;
mod describe;
mod gray;
mod incidence_bands;
mod interval;
mod kaplan_meier;
mod log_rank;

pub use bootstrap::Resampling;
pub use clustered::{Clustered, Estimate, NotFinite, Paired, paired, ratio_estimate};
pub use competing_risks::{BadWaits, CompetingRisks, Incidence, Wait};
pub use contrast::{Contrast, holm, weighted_totals};
pub use describe::{mean, median, quantile, sd, significant};
pub use gray::gray_test;
pub use interval::{Interval, LEVEL, student_t_interval, student_t_quantile, wilson_interval};
pub use kaplan_meier::{Survival, kaplan_meier, kaplan_meier_clustered, median_wait};
pub use log_rank::{GroupTest, log_rank_test};
