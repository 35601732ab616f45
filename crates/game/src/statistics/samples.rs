//! Many matrices of one game: their mean, and their means by network.

use crate::{GameError, Matrix};

/// The mean matrix.
///
/// # Errors
/// [`GameError::TooFew`] of none, [`GameError::Samples`] where shapes differ.
pub fn mean_matrix<'a>(samples: impl IntoIterator<Item = &'a Matrix>) -> Result<Matrix, GameError> {
    let mut samples = samples.into_iter();
    let first = samples.next().ok_or(GameError::TooFew { what: "a mean", found: 0, needed: 1 })?;
    let (mut sum, mut count) = (first.cells().to_vec(), 1.0);
    for (k, sample) in samples.enumerate() {
        same_shape(first, sample, k + 2)?;
        sum.iter_mut().zip(sample.cells()).for_each(|(s, a)| *s += a);
        count += 1.0;
    }
    Matrix::new(sum.chunks_exact(first.columns()).map(|row| row.iter().map(|s| s / count).collect::<Vec<f64>>()))
}

/// The mean matrix of each network: trials on one network are no independent samples, their means are. `networks` names
/// the network of each trial; means come in the order in which networks first appear.
///
/// # Errors
/// [`GameError::Samples`] where shapes differ, [`GameError::TooFew`] without trials or with fewer labels than trials.
pub fn means_by_network(trials: &[Matrix], networks: &[u32]) -> Result<Vec<Matrix>, GameError> {
    if networks.len() != trials.len() || trials.is_empty() {
        let needed = trials.len().max(1);
        return Err(GameError::TooFew { what: "labels of networks", found: networks.len(), needed });
    }
    check_shapes(trials)?;
    let mut seen: Vec<u32> = Vec::new();
    let mut place = std::collections::BTreeMap::new();
    let mut groups: Vec<Vec<&Matrix>> = Vec::new();
    for (trial, &network) in trials.iter().zip(networks) {
        let k = *place.entry(network).or_insert_with(|| {
            seen.push(network);
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[k].push(trial);
    }
    groups.into_iter().map(mean_matrix).collect()
}

/// All of one shape?
pub(super) fn check_shapes(samples: &[Matrix]) -> Result<(), GameError> {
    samples.iter().enumerate().try_for_each(|(k, sample)| same_shape(&samples[0], sample, k + 1))
}

fn same_shape(first: &Matrix, other: &Matrix, sample: usize) -> Result<(), GameError> {
    if (first.rows(), first.columns()) == (other.rows(), other.columns()) {
        return Ok(());
    }
    Err(GameError::Samples {
        sample,
        rows: other.rows(),
        columns: other.columns(),
        expected_rows: first.rows(),
        expected_columns: first.columns(),
    })
}

/// At least so many?
pub(super) fn enough(samples: &[Matrix], needed: usize, what: &'static str) -> Result<(), GameError> {
    if samples.len() < needed {
        return Err(GameError::TooFew { what, found: samples.len(), needed });
    }
    check_shapes(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_by_network() {
        let of = |a: f64| Matrix::new([[a, 2.0 * a]]).unwrap();
        let trials = [of(1.0), of(3.0), of(10.0)];
        let means = means_by_network(&trials, &[7, 7, 2]).unwrap();
        assert_eq!(means, [of(2.0), of(10.0)]);
        assert!(means_by_network(&trials, &[7]).is_err() && mean_matrix([]).is_err());
        let odd = [of(1.0), Matrix::new([[1.0]]).unwrap()];
        assert!(mean_matrix(&odd).unwrap_err().to_string().starts_with("sample 2 is 1 × 1 and the first is 1 × 2"));
    }
}
