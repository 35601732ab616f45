//! Replicates for Rust users: a closure run in parallel, with the streams of the engine and in the order of trials.

use hydranet_topology::Trial;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Runs `trial` for the replicates 0 to `n` − 1 on all cores, and gives what they return in their order: the same for any number
/// of threads. A replicate takes its random streams from its number with [`hydranet_topology::trial_rng`], and is so the same
/// in a longer run.
///
/// ```
/// use hydranet_montecarlo::replicate;
/// use hydranet_topology::{Draw, Purpose, trial_rng};
///
/// let heads = replicate(1000, |trial| trial_rng(7, trial, Purpose::Measure).below(2));
/// assert!((450..550).contains(&heads.iter().sum::<u32>()));
/// assert_eq!(heads[..10], replicate(10, |trial| trial_rng(7, trial, Purpose::Measure).below(2)));
/// ```
///
/// # Panics
/// If `n` is 2³² or more: numbers of replicates have 32 bits.
pub fn replicate<T: Send>(n: usize, trial: impl Fn(Trial) -> T + Sync) -> Vec<T> {
    let n = u32::try_from(n).expect("fewer than 2^32 replicates");
    (0..n).into_par_iter().map(|i| trial(Trial::network(i))).collect()
}
