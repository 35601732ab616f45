//! Kuhn poker (Kuhn 1950) as a matrix of pure plans: the smallest game with bluffing, and a standard oracle. Three cards, an
//! ante of 1, one bet of 1.

use crate::Matrix;

/// Mean payoff of the first player over the six deals; 64 plans each.
///
/// A plan has two bits a card, lowest card first. First player: bet at once? call after a check and a bet? Second player:
/// bet after a check? call a bet? Playing all plans with the same chance is the same as deciding each time by a coin.
///
/// ```
/// let solution = hydranet_game::solve(&hydranet_game::classic::kuhn_poker())?;
/// assert!((solution.value + 1.0 / 18.0).abs() < 1e-12);
/// # Ok::<(), hydranet_game::GameError>(())
/// ```
pub fn kuhn_poker() -> Matrix {
    const DEALS: [(u32, u32); 6] = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];
    let says = |plan: usize, card: u32, late: u32| plan >> (2 * card + late) & 1 == 1;
    let payoff = |first: usize, second: usize| {
        let won = |(a, b): (u32, u32)| {
            let showdown = if a > b { 1.0 } else { -1.0 };
            match (says(first, a, 0), says(second, b, 0), says(second, b, 1), says(first, a, 1)) {
                (true, _, true, _) => 2.0 * showdown,
                (true, _, false, _) => 1.0,
                (false, false, _, _) => showdown,
                (false, true, _, true) => 2.0 * showdown,
                (false, true, _, false) => -1.0,
            }
        };
        DEALS.into_iter().map(won).sum::<f64>() / 6.0
    };
    Matrix::from_fn(64, 64, payoff).expect("payoffs are small")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{exploitability, nash_conv};

    #[test]
    fn deciding_by_coin_is_exploited_as_open_spiel_says() {
        let even = [1.0 / 64.0; 64];
        let game = kuhn_poker();
        assert!((nash_conv(&game, &even, &even).unwrap() - 0.9167).abs() < 5.1e-5);
        assert!((exploitability(&game, &even, &even).unwrap() - 0.4583).abs() < 5.1e-5);
    }

    #[test]
    fn the_value_is_kuhns() {
        let solution = crate::solve(&kuhn_poker()).unwrap();
        assert!((solution.value + 1.0 / 18.0).abs() < 1e-12 && solution.nash_conv < 1e-9, "{solution:?}");
    }
}
