//! Detectors: what one must do, and the ones there are, one file each.

mod bank;
mod bocpd;
mod choice;
mod cusum;
mod glr;
mod mixture_cusum;
mod shiryaev_roberts;
mod windowed_g;

pub use bank::Bank;
pub use bocpd::{Bocpd, BocpdSettings};
pub use choice::{DetectorKind, DetectorSettings};
pub use cusum::Cusum;
pub use glr::Glr;
pub use mixture_cusum::MixtureCusum;
pub(crate) use mixture_cusum::mixed;
pub use shiryaev_roberts::ShiryaevRoberts;
pub use windowed_g::WindowedG;

/// An online detector of a change of behaviour. It alarms when its statistic is at or above a threshold, which is calibrated apart
/// ([`calibrate`](crate::calibrate)): a statistic says how much, the threshold says how often for nothing.
pub trait Detector {
    /// Weighs one observation, one category code a coordinate; the statistic that includes it. The first observation counts like any other.
    ///
    /// # Panics
    /// If a code is not below the K of its coordinate.
    fn observe(&mut self, x: &[u32]) -> f64;

    /// Forgets all observations: what is done after an alarm.
    fn restart(&mut self);
}

impl<D: Detector + ?Sized> Detector for Box<D> {
    fn observe(&mut self, x: &[u32]) -> f64 {
        (**self).observe(x)
    }

    fn restart(&mut self) {
        (**self).restart()
    }
}

/// The 1-based index of the first observation at which the statistic is at or above `threshold`.
pub fn first_alarm<'x, D, X>(detector: &mut D, threshold: f64, observations: X) -> Option<u64>
where
    D: Detector + ?Sized,
    X: IntoIterator<Item = &'x [u32]>,
{
    let mut t = 0;
    observations.into_iter().find_map(|x| {
        t += 1;
        (detector.observe(x) >= threshold).then_some(t)
    })
}

/// Where the categories of each coordinate begin in a flat table, and its length at the end.
pub(crate) fn starts(categories: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut start = vec![0];
    for k in categories {
        start.push(start[start.len() - 1] + k);
    }
    start
}

/// n ln n for n = 0, 1, …
pub(crate) fn n_ln_n_table(most: usize) -> Vec<f64> {
    (0..=most).map(|n| if n == 0 { 0.0 } else { n as f64 * libm::log(n as f64) }).collect()
}
