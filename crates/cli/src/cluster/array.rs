//! Numbers of array tasks as schedulers take them: `3,17` or `3-5,9`.

/// The shortest list of numbers and ranges. `numbers` ascend.
///
/// Runs of three and more are ranges: this is what Slurm, PBS and Grid Engine read.
pub(crate) fn write(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let run = |(first, last): (u32, u32)| match last - first {
        0 => first.to_string(),
        1 => format!("{first},{last}"),
        _ => format!("{first}-{last}"),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_ranges() {
        for (numbers, text) in [
            (vec![], ""),
            (vec![7], "7"),
            (vec![3, 17], "3,17"),
            (vec![3, 4], "3,4"),
            (vec![3, 4, 5], "3-5"),
            (vec![0, 1, 2, 3, 9, 11, 12, 20, 21, 22], "0-3,9,11,12,20-22"),
            ((0..1000).collect(), "0-999"),
        ] {
            assert_eq!(write(&numbers), text);
        }
    }
}
