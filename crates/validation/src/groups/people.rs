//! The people behind a network, greed, orphaned networks: closed forms and enumerations.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, statistic};
use hydranet_organisation::greed::ConstantHazard;
use hydranet_organisation::law;

pub(super) fn rows(book: &mut Book) {
    book.exact(
        &[statistic("organisation: chains of arrests")],
        (Evidence::ClosedForm, "r^L"),
        Allowance::printed(4),
        &[
            ("r = .3, 2 layers: a chain reaches the top", 0.09),
            ("r = .3, 3 layers", 0.027),
            ("r = .3, 4 layers", 0.0081),
        ],
        |_| [2, 3, 4].map(|layers| law::chain_reaches_top(0.3, layers)).to_vec(),
    );
    book.exact(
        &[statistic("organisation: chains of arrests")],
        (Evidence::ClosedForm, "ln ½/ln(1 − r^L)"),
        Allowance::printed(1),
        &[
            ("chains to an even chance, r = .3, 2 layers", 7.3),
            ("3 layers", 25.3),
            ("4 layers", 85.2),
            ("r = .5, 3 layers", 5.2),
        ],
        |_| [(0.3, 2), (0.3, 3), (0.3, 4), (0.5, 3)].map(|(r, layers)| law::chains_to_half_chance(r, layers)).to_vec(),
    );
    book.exact(
        &[statistic("organisation: hazard of the top")],
        (Evidence::ClosedForm, "n a r^L; 1 − e^(−ht)"),
        Allowance::printed(3),
        &[("100 soldiers, .1 a year, r = .3, L = 3: hazard", 0.27), ("the top within 5 years", 0.741)],
        |_| {
            let hazard = law::top_hazard(100, 0.1, 0.3, 3);
            vec![hazard, law::by_time(hazard, 5.0)]
        },
    );
    book.exact(
        &[statistic("organisation: cut sets")],
        (Evidence::Slow, "all sets of arrests of the binary tree of 15"),
        Allowance::floating(1000.0, 1.0),
        &[("binary tree of 15, 4 arrests: it is broken", enumerated(4)), ("7 arrests", enumerated(7))],
        |_| {
            let broken = law::broken_by_arrests(2, 4);
            vec![broken[4], broken[7]]
        },
    );
    book.exact(
        &[statistic("organisation: vacancies")],
        (Evidence::ClosedForm, "ρ/(a + ρ); c − H(c)"),
        Allowance::printed(3),
        &[("filled share at (.5, 2)", 0.8), ("hand-overs of 8 people", 5.282), ("of 15", 11.682), ("of 104", 98.774)],
        |_| vec![law::filled_share(0.5, 2.0), law::hand_overs(8), law::hand_overs(15), law::hand_overs(104)],
    );
    book.exact(
        &[statistic("organisation: orphaned networks")],
        (Evidence::ClosedForm, "λ/(λ + δ), 1 − e^(−k), 1 − (1 − e^(−k))/k"),
        Allowance::printed(3),
        &[
            ("λ = .3, half-life 2 y: share at takeover", 0.464),
            ("ever taken, lure shrinking", 0.579),
            ("share taken, zeros included", 0.331),
        ],
        |_| {
            let decay = law::rate_of_half_life(2.0);
            vec![law::first(0.3, decay), law::ever_taken(0.3, decay), law::share_taken(0.3, decay)]
        },
    );
    for (params, u, value, life) in [
        ((0.5, 1.0, 0.2, 0.0), 0.05, 11.18, 100.0),
        ((0.5, 1.0, 0.2, 0.02), 0.15, 6.455, 20.0),
        ((1.0, 2.0, 0.2, 0.0), 0.2236, 11.18, 100.0),
    ] {
        let (revenue_exponent, exposure_exponent, vigilance, background) = params;
        let numbers = book.run(1, move |_| {
            let market = ConstantHazard { revenue_exponent, exposure_exponent, vigilance, background, discount: 0.01 };
            // by a grid of 10⁵ intensities
            let grid = (1..=100_000).map(|i| f64::from(i) / 1e5);
            let best = grid.map(|u| {
                (libm::pow(u, revenue_exponent) / (0.01 + background + vigilance * libm::pow(u, exposure_exponent)), u)
            });
            let (most, at) = best.fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
            let found = market.optimum();
            vec![found.intensity, found.value, found.life, found.intensity - at, found.value - most]
        });
        let label = format!("greed {params:?}");
        let covers = || [statistic("organisation: greed")];
        let printed = Evidence::ClosedForm;
        book.row(format!("{label}: u*"), covers(), printed, "[a(ρ + h0)/(c(g − a))]^(1/g)")
            .allow(Allowance::printed(4))
            .exact(numbers, 0, u);
        book.row(format!("{label}: V*"), covers(), printed, "u^a/(ρ + h)")
            .allow(Allowance::printed(2))
            .exact(numbers, 1, value);
        book.row(format!("{label}: life"), covers(), printed, "1/h")
            .allow(Allowance::printed(1))
            .exact(numbers, 2, life);
        book.row(format!("{label}: u* less the best of a grid"), covers(), Evidence::Slow, "a grid")
            .allow(Allowance::bound(1e-5, "a step of the grid"))
            .exact(numbers, 3, 0.0);
    }
    book.exact(
        &[statistic("Wald's threshold")],
        (Evidence::ClosedForm, "ln((1 − β)/α)"),
        Allowance::printed(4),
        &[("A for α = .01, β = .05", 4.5539)],
        |_| vec![law::wald_threshold(0.01, 0.05)],
    );
}

/// The share of all sets of k arrests in the binary tree of 15 after which no chain leads from the top to the bottom.
fn enumerated(k: u32) -> f64 {
    let (mut broken, mut all) = (0u32, 0u32);
    for set in (0u32..1 << 15).filter(|set| set.count_ones() == k) {
        let mut open = [false; 15];
        for v in 0..15usize {
            open[v] = set >> v & 1 == 0 && (v == 0 || open[(v - 1) / 2]);
        }
        all += 1;
        broken += u32::from(!(7..15).any(|v| open[v]));
    }
    f64::from(broken) / f64::from(all)
}
