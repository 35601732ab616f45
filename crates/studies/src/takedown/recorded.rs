//! The removals at which a curve is recorded.

/// The numbers of removals at which a curve of `steps` removals is recorded: `points` + 1 evenly spaced ones, and 24 a
/// decade from 1 on (all of them where they are dense), because what matters often happens in the first few seizures.
pub fn recorded(steps: usize, points: u32) -> Vec<usize> {
    let even = (0..=points as usize).map(|i| (i as u128 * steps as u128 / points as u128) as usize);
    // ratios of 10^(1/24), rounded: the same on every machine, since only sqrt, * and / are used
    let ratio = f64::sqrt(f64::sqrt(f64::sqrt(10.0))); // 10^(1/8)
    let third = 1.100_694_171_252_208; // 10^(1/24)
    let mut list: Vec<usize> = even.collect();
    let mut decade = 1.0;
    while decade <= steps as f64 {
        let mut eighth = decade;
        for _ in 0..8 {
            let mut x = eighth;
            for _ in 0..3 {
                list.push((x + 0.5) as usize);
                x *= third;
            }
            eighth *= ratio;
        }
        decade *= 10.0;
    }
    list.retain(|&q| q <= steps);
    list.sort_unstable();
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_points() {
        assert_eq!(recorded(0, 200), [0]);
        assert_eq!(recorded(3, 200), [0, 1, 2, 3]);
        let list = recorded(1_000_000, 100);
        assert_eq!(list[..12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert!(list.contains(&1_000_000) && list.contains(&500_000) && list.contains(&100));
        assert!(list.len() < 101 + 24 * 7);
    }
}
