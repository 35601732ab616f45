use super::*;

fn labels(ticks: &Ticks) -> String {
    ticks.major.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn linear_ticks() {
    let check = |lo: f64, hi: f64, count: usize, expected: &str| {
        assert_eq!(labels(&linear(lo, hi, count)), expected, "{lo} to {hi} in {count}");
    };
    check(0.0, 1.0, 5, "0.0 | 0.2 | 0.4 | 0.6 | 0.8 | 1.0");
    check(0.0, 1.0, 4, "0.00 | 0.25 | 0.50 | 0.75 | 1.00");
    check(0.0, 1.0, 10, "0.0 | 0.1 | 0.2 | 0.3 | 0.4 | 0.5 | 0.6 | 0.7 | 0.8 | 0.9 | 1.0");
    check(0.0, 0.5, 5, "0.0 | 0.1 | 0.2 | 0.3 | 0.4 | 0.5");
    check(0.0, 10.0, 5, "0 | 2 | 4 | 6 | 8 | 10");
    check(0.0, 7.0, 5, "0 | 2 | 4 | 6");
    check(-1.0, 1.0, 4, "−1.0 | −0.5 | 0.0 | 0.5 | 1.0");
    check(-30.0, 30.0, 3, "−20 | 0 | 20");
    check(0.0, 30_000.0, 3, "0 | 10\u{2009}000 | 20\u{2009}000 | 30\u{2009}000");
    check(0.0, 3000.0, 3, "0 | 1000 | 2000 | 3000");
    check(0.0, 0.004, 4, "0.000 | 0.001 | 0.002 | 0.003 | 0.004");
    check(0.0, 3e8, 3, "0 | 10^{8} | 2\u{2009}×\u{2009}10^{8} | 3\u{2009}×\u{2009}10^{8}");
    check(0.97, 1.0, 3, "0.97 | 0.98 | 0.99 | 1.00");
    check(5.0, 5.0, 5, "");
}

#[test]
fn values_are_the_nearest_floats() {
    let ticks = linear(0.0, 1.0, 10);
    for (tick, expected) in ticks.major.iter().zip([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]) {
        assert_eq!(tick.value.to_bits(), f64::to_bits(expected));
    }
}

#[test]
fn log_ticks() {
    let check = |lo: f64, hi: f64, count: usize, expected: &str, minor: usize| {
        let ticks = log(lo, hi, count);
        assert_eq!(labels(&ticks), expected, "{lo} to {hi} in {count}");
        assert_eq!(ticks.minor.len(), minor, "minor of {lo} to {hi} in {count}: {:?}", ticks.minor);
    };
    check(1e-3, 1.0, 5, "10^{-3} | 10^{-2} | 10^{-1} | 10^{0}", 24);
    check(1.0, 1e4, 5, "10^{0} | 10^{1} | 10^{2} | 10^{3} | 10^{4}", 32);
    check(1e-8, 1.0, 5, "10^{-8} | 10^{-6} | 10^{-4} | 10^{-2} | 10^{0}", 4);
    check(1.0, 2e4, 5, "10^{0} | 10^{1} | 10^{2} | 10^{3} | 10^{4}", 33);
    check(2.0, 8.0, 5, "2 | 5", 5);
    check(20.0, 50.0, 5, "20 | 50", 2);
    check(0.1, 0.9, 5, "0.1 | 0.2 | 0.5", 6);
    check(3.1, 3.9, 5, "3.2 | 3.4 | 3.6 | 3.8", 0);
}

#[test]
fn numbers() {
    let check = |value: f64, decimals: usize, expected: &str| assert_eq!(number(value, decimals), expected, "{value}");
    check(0.1 + 0.2, 1, "0.3");
    check(0.0, 0, "0");
    check(-0.0, 1, "0.0");
    check(-0.01, 1, "0.0");
    check(-0.5, 1, "−0.5");
    check(9999.0, 0, "9999");
    check(10_000.0, 0, "10\u{2009}000");
    check(1_234_567.0, 0, "1\u{2009}234\u{2009}567");
    check(1e7, 0, "10^{7}");
    check(-2.5e9, 0, "−2.5\u{2009}×\u{2009}10^{9}");
    check(9.999e8, 0, "10^{9}");
    check(3e-5, 2, "3\u{2009}×\u{2009}10^{-5}");
    check(f64::NAN, 2, "n/a");
    check(f64::INFINITY, 2, "∞");
}

#[test]
fn exponents_are_exact() {
    for e in -30..30 {
        assert_eq!(exponent(power(e)), e);
        assert_eq!(exponent(power(e) * 1.000_001), e);
        assert_eq!(exponent(power(e) * 0.999_999), e - 1);
    }
}

#[test]
fn strange_ranges_do_not_hang() {
    for (lo, hi) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1e300), (-1e300, 1e300), (1e-300, 1.0), (1e15, 1e15 + 1.0)] {
        assert!(linear(lo, hi, 5).major.len() <= 101);
        if lo > 0.0 {
            assert!(log(lo, hi, 5).major.len() <= 101);
        }
    }
}
