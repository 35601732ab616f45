//! How much falls before scores are computed anew.

use hydranet_topology::Invalid;

/// Refuses what is neither a share nor a count.
pub(crate) fn check(batch: f64, param: &'static str) -> Result<(), Invalid> {
    let share = batch > 0.0 && batch < 1.0;
    let count = batch >= 1.0 && batch <= u32::MAX as f64 && batch.fract() == 0.0;
    Invalid::unless(share || count, param, || {
        format!("{batch} is neither a share in (0, 1) nor a whole number of at least 1")
    })
}

/// The number of items of a batch: a share of all `items`, rounded up, or the count itself.
pub(crate) fn size(batch: f64, items: usize) -> usize {
    if batch < 1.0 { ((batch * items as f64).ceil() as usize).max(1) } else { batch as usize }
}

/// Refuses an empty sample.
pub(crate) fn check_samples(samples: Option<u32>) -> Result<(), Invalid> {
    Invalid::unless(samples != Some(0), "samples", || {
        "a sample of 0 sources shows nothing; leave it out for all".into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_counts() {
        for (batch, items, want) in [(0.01, 1000, 10), (0.01, 1001, 11), (0.01, 5, 1), (1.0, 5, 1), (7.0, 5, 7)] {
            check(batch, "batch").unwrap();
            assert_eq!(size(batch, items), want);
        }
        for bad in [0.0, -1.0, 1.5, f64::NAN, f64::INFINITY, 1e12] {
            assert!(check(bad, "batch").unwrap_err().reason.contains("neither"));
        }
        assert!(check_samples(Some(0)).is_err() && check_samples(None).is_ok());
    }
}
