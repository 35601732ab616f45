use super::*;
use crate::law::wald_threshold;
use hydranet_topology::{Draw, Purpose, Trial, TrialRng, trial_rng};

fn rng(trial: u32) -> TrialRng {
    trial_rng(6, Trial::network(trial), Purpose::Evidence)
}

fn close(got: f64, want: f64, tolerance: f64, what: &str) {
    assert!((got - want).abs() <= tolerance, "{what}: {got} for {want}");
}

/// Mean and its standard error.
fn mean_of(n: u32, mut draw: impl FnMut() -> f64) -> (f64, f64) {
    let (mut sum, mut squares) = (0.0, 0.0);
    for _ in 0..n {
        let x = draw();
        (sum, squares) = (sum + x, squares + x * x);
    }
    let n = f64::from(n);
    (sum / n, ((squares / n - (sum / n).powi(2)) / n).sqrt())
}

fn market(a: f64, g: f64, c: f64, h0: f64) -> ConstantHazard {
    ConstantHazard { revenue_exponent: a, exposure_exponent: g, vigilance: c, background: h0, discount: 0.01 }
}

#[test]
fn best_constant_hazard() {
    for (market, u, value, life, full) in [
        (market(0.5, 1.0, 0.2, 0.0), 0.05, 11.18, 100.0, 0.426),
        (market(0.5, 1.0, 0.2, 0.02), 0.15, 6.455, 20.0, 0.674),
        (market(1.0, 2.0, 0.2, 0.0), 0.2236, 11.18, 100.0, 0.426),
    ] {
        let best = market.optimum();
        close(best.intensity, u, 5e-5, "u*");
        close(best.value, value, 5e-3, "V*");
        close(best.life, life, 1e-9, "life");
        close(market.value(1.0) / best.value, full, 5e-4, "full use");
        // a grid of 10^-4, and lives simulated
        let grid =
            (1..=10_000).map(|i| f64::from(i) * 1e-4).max_by(|x, y| market.value(*x).total_cmp(&market.value(*y)));
        close(grid.unwrap(), best.intensity, 1e-4, "grid");
        let (rng, flow) = (&mut rng(0), best.intensity.powf(market.revenue_exponent));
        let life = |rng: &mut TrialRng| rng.exponential() * best.life;
        let (mean, error) = mean_of(20_000, || flow * (1.0 - (-0.01 * life(rng)).exp()) / 0.01);
        close(mean, best.value, 3.0 * error, "lives");
    }
}

#[test]
fn vigilance_makes_quieter_not_shorter_lived() {
    for c in [0.05, 0.2, 1.0, 5.0] {
        let best = market(0.5, 1.5, c, 0.0).optimum();
        close(1.0 / best.life, 0.5 * 0.01 / 1.0, 1e-12, "hazard chosen");
        assert!(!best.at_bound);
    }
    let with_background = market(0.5, 1.0, 0.2, 0.05).optimum().intensity;
    assert!(with_background > market(0.5, 1.0, 0.2, 0.0).optimum().intensity, "short-lived anyway");
    // g ≤ a, or hardly any hazard: all-out greed
    for market in [market(0.5, 0.5, 0.2, 0.0), market(1.0, 0.7, 9.0, 0.0), market(0.5, 1.0, 0.001, 0.0)] {
        let best = market.optimum();
        assert!(best.at_bound && best.intensity == 1.0);
        assert!((1..100).all(|i| market.value(f64::from(i) / 100.0) < best.value));
    }
    assert_eq!(market(0.5, 1.0, 0.2, 0.0).value(0.0), 0.0);
    assert!(market(1.5, 1.0, 0.2, 0.0).check().unwrap_err().to_string().contains("at most 1, not 1.5"));
    assert!(market(0.5, 1.0, 0.0, 0.0).check().is_err());
}

fn budget(a: f64, g: f64) -> EvidenceBudget {
    let threshold = wald_threshold(0.01, 0.05);
    EvidenceBudget { revenue_exponent: a, exposure_exponent: g, nats_per_day: 0.1, discount: 0.01, threshold }
}

#[test]
fn planned_lives_and_what_constancy_costs() {
    for (s, x, ratio) in
        [(0.25, 2.33666, 0.90659), (0.5, 1.25643, 0.90251), (0.75, 0.55020, 0.93677), (0.9, 0.20715, 0.97145)]
    {
        // only s matters, whatever a and g are
        for g in [1.0, 0.8] {
            let budget = budget(s * g, g);
            let constant = budget.constant().unwrap();
            close(constant.life * 0.01, x, 1e-5, "x");
            close(constant.value / budget.feedback_value().unwrap(), ratio, 1e-5, "ratio");
        }
    }
    let budget = budget(0.5, 1.0);
    close(budget.feedback(0.0).unwrap(), 0.9108, 5e-5, "u(0)");
    close(budget.feedback_value().unwrap(), 47.717, 5e-4, "feedback");
    close(budget.constant().unwrap().value, 43.065, 5e-4, "constant");
    assert_eq!(super::tests::budget(1.0, 1.0).constant(), None);
    assert_eq!(super::tests::budget(1.0, 0.9).feedback_value(), None);
}

#[test]
fn feedback_is_the_best_plan() {
    let budget = budget(0.5, 1.0);
    // dE = κ u dt, dV = √u e^(−ρt) dt by Runge–Kutta's midpoint rule
    let follow = |plan: &dyn Fn(f64, f64) -> f64| {
        let (mut evidence, mut value, step) = (0.0f64, 0.0, 0.05);
        for i in 0..60_000 {
            let t = f64::from(i) * step;
            if evidence >= budget.threshold {
                break;
            }
            let half = evidence + 0.05 * step * plan(t, evidence);
            let u = plan(t + step / 2.0, half);
            evidence += 0.1 * step * u;
            value += u.sqrt() * (-0.01 * (t + step / 2.0)).exp() * step;
        }
        (evidence, value)
    };
    let (_, best) = follow(&|_, e| budget.feedback(e).unwrap());
    close(best, budget.feedback_value().unwrap(), 0.01, "ordinary differential equation");
    let constant = budget.constant().unwrap();
    let (_, value) = follow(&|_, _| constant.intensity);
    close(value, constant.value, 0.05, "constant");
    // neither more nor less eager, nor a kink, does better
    for (eager, bend) in [(0.8, 1.0), (1.25, 1.0), (1.0, 0.7), (1.0, 1.4)] {
        let left = |e: f64| (1.0 - e / budget.threshold).max(0.0);
        let (_, value) = follow(&|_, e| eager * budget.feedback(0.0).unwrap() * left(e).powf(bend));
        assert!(value < best - 0.01, "{eager} {bend}: {value}");
    }
    for days in [10.0, 80.0, 300.0] {
        let step = 0.01;
        let ahead = |e: f64| 0.1 * budget.feedback(e).unwrap();
        let evidence = (0..(days / step) as u32).fold(0.0, |e, _| e + step * ahead(e + step / 2.0 * ahead(e)));
        close(evidence, budget.feedback_evidence(days).unwrap(), 1e-3, "evidence");
    }
}

fn time(drift: f64) -> Identification {
    Identification { threshold: wald_threshold(0.01, 0.05), drift }
}

#[test]
fn identification_times() {
    for (drift, mean, sd, discounted) in
        [(0.05, 91.1, 60.4, 0.45937), (0.1, 45.5, 30.2, 0.65891), (0.5, 9.1, 6.0, 0.91455)]
    {
        close(time(drift).mean(), mean, 0.05, "mean");
        close(time(drift).sd(), sd, 0.05, "sd");
        close(time(drift).discounted(0.01), discounted, 5e-6, "E e^(-rT)");
        // E e^(−rT) = ∫ r e^(−rt) P(T ≤ t) dt, by the midpoint rule
        let step = 0.05;
        let integral: f64 = (0..60_000)
            .map(|i| (f64::from(i) + 0.5) * step)
            .map(|t| 0.01 * (-0.01 * t).exp() * time(drift).by(t) * step)
            .sum();
        close(integral, time(drift).discounted(0.01), 1e-4, "quadrature");
    }
    let days = [30.0, 60.0, 90.0, 180.0];
    for (drift, row) in [(0.05, [0.0614, 0.3600, 0.6137, 0.9192]), (0.1, [0.3600, 0.7718, 0.9192, 0.9956])] {
        days.iter().zip(row).for_each(|(&t, want)| close(time(drift).by(t), want, 5e-5, "P(T <= t)"));
    }
    assert_eq!(time(0.1).by(0.0), 0.0);
    // both forms of the tail agree where they meet, and large thresholds do not overflow
    let far = Identification { threshold: 600.0, drift: 1.0 };
    close(far.by(600.0 + 1e-6), far.by(600.0 - 1e-6), 1e-6, "tail");
    // at its mean, P = ½ + 1/√(4πA) up to 1/A
    let large = Identification { threshold: 2000.0, drift: 1.0 };
    close(large.by(2000.0), 0.5 + 1.0 / (4.0 * std::f64::consts::PI * 2000.0).sqrt(), 5e-4, "large");
    assert!(Identification { threshold: 0.0, drift: 1.0 }.check().is_err());
}

#[test]
fn identification_with_reports() {
    // mean and P(T ≤ 60) with a report every 6 h and every day; 46.84 and 48.15 by the formula
    for (step, mean_by_formula, by_60) in [(0.25, 46.84, 0.762), (1.0, 48.15, 0.740)] {
        close(time(0.1).mean_with_reports(step), mean_by_formula, 1e-2, "formula");
        let (rng, lives) = (&mut rng(1), 12_000);
        let (drift, spread) = (0.1 * step, (0.2 * step).sqrt());
        let (mut soon, mut squares) = (0, 0.0);
        let (mean, error) = mean_of(lives, || {
            let (mut evidence, mut days) = (0.0, 0.0);
            while evidence < time(0.1).threshold {
                evidence += drift + spread * rng.normal();
                days += step;
            }
            soon += u32::from(days <= 60.0);
            squares += days * days;
            days
        });
        // the formula is good to a tenth of a step beside the error
        close(mean, mean_by_formula, 3.0 * error + 0.1 * step, "mean");
        let share = f64::from(soon) / f64::from(lives);
        // the printed shares come from a simulation to three digits
        close(share, by_60, 3.0 * (0.25f64 / f64::from(lives)).sqrt() * 0.87 + 0.004, "P(T <= 60)");
        let sd = (squares / f64::from(lives) - mean * mean).sqrt();
        close(sd, 30.2, 1.2, "sd");
    }
}

#[test]
fn constant_use_under_noise() {
    for (a, g, u, value) in [(0.5, 1.0, 0.382, 38.63), (0.5, 2.0, 0.405, 54.54), (1.0, 2.0, 0.618, 38.63)] {
        let budget = budget(a, g);
        let best = budget.noisy_optimum();
        close(best.intensity, u, 5e-4, "u*");
        close(best.value, value, 5e-3, "V");
        let grid = (1..=1000)
            .map(|i| f64::from(i) * 1e-3)
            .max_by(|x, y| budget.noisy_value(*x).total_cmp(&budget.noisy_value(*y)));
        close(grid.unwrap(), best.intensity, 1e-3, "grid");
    }
    let budget = budget(0.5, 1.0);
    close(budget.noisy_value(1.0), 34.11, 5e-3, "full use");
    assert_eq!(budget.noisy_value(0.0), 0.0);
    assert!(EvidenceBudget { nats_per_day: 1e-4, ..budget }.noisy_optimum().at_bound);
    // lives, evidence looked at every hour: value at the optimum and to either side of it
    for u in [0.2f64, 0.382, 0.8] {
        let (rng, step) = (&mut rng(2), 1.0f64 / 24.0);
        let (drift, spread) = (0.1 * u * step, (0.2 * u * step).sqrt());
        let (mean, error) = mean_of(1000, || {
            let (mut evidence, mut days) = (0.0, 0.0f64);
            while evidence < budget.threshold && days < 1500.0 {
                evidence += drift + spread * rng.normal();
                days += step;
            }
            u.sqrt() * (1.0 - (-0.01 * days).exp()) / 0.01
        });
        // hourly reports see it later, by .5826 standard deviations of a step: at most .6 days of discounted revenue
        let late = 0.5826 * (0.2 * u * step).sqrt() / (0.1 * u)
            * u.sqrt()
            * budget.identification(u).unwrap().discounted(0.01);
        close(mean, budget.noisy_value(u) + late, 3.0 * error + 0.1 * late, "lives");
    }
}

fn case(seized: f64) -> SeizeOrWatch {
    let threshold = wald_threshold(0.01, 0.05);
    SeizeOrWatch { drift: 0.1, discount: 0.01, cost_per_day: 1.0, identified: 100.0, seized, threshold }
}

#[test]
fn free_boundaries() {
    for (seized, l, without) in [(20.0, -1.9016, -1.0223), (50.0, 0.5418, 1.4135)] {
        let case = case(seized);
        close(case.boundary(), l, 5e-5, "l");
        close(case.boundary_without_option(), without, 5e-5, "no option");
        // smooth: value meets S with slope 0, and jumps nowhere
        let l = case.boundary();
        close(case.value(l + 1e-5), seized, 1e-7, "value at l");
        close(case.value(case.threshold - 1e-9), 100.0, 1e-6, "value at A");
        // no other rule does better, from any start
        for e in [l + 0.5, l + 2.0, 4.0] {
            let other = |d: f64| case.value_of_rule(l + d, e);
            assert!([-3.0, -0.3, 0.3].iter().all(|&d| other(d) < case.value(e)), "from {e}");
            assert!(case.value_of_rule(f64::NEG_INFINITY, e) < case.value(e));
        }
    }
    // no noise: at the boundary a plan to watch to the end, (A − E)/μ days, is worth S
    let e = case(20.0).boundary_without_noise();
    let days = (case(20.0).threshold - e) / 0.1;
    close(100.0 * (-0.01 * days).exp() - (1.0 - (-0.01 * days).exp()) / 0.01, 20.0, 1e-9, "no noise");
    let never = SeizeOrWatch { identified: 20.0, ..case(20.0) };
    assert_eq!((never.boundary(), never.value(0.0)), (never.threshold, 20.0));
    let always = SeizeOrWatch { cost_per_day: 0.0, ..case(0.0) };
    assert_eq!(always.boundary(), f64::NEG_INFINITY);
    assert!(SeizeOrWatch { discount: 0.0, ..case(20.0) }.check().unwrap_err().to_string().contains("`discount`"));
}

/// V of the rule "seize at l" on a grid of evidence, by relaxation of the differential equation: independent of exponentials.
fn by_differences(case: &SeizeOrWatch, l: f64, start: f64) -> f64 {
    let n = 400;
    let h = (case.threshold - l) / f64::from(n);
    // μ(V'' + V') − rV − c = 0: a three-term recurrence solved by elimination (Thomas)
    let (down, up) = (case.drift / (h * h) - case.drift / (2.0 * h), case.drift / (h * h) + case.drift / (2.0 * h));
    let middle = -2.0 * case.drift / (h * h) - case.discount;
    let (mut slope, mut rest) = (vec![0.0; n as usize + 1], vec![case.seized; n as usize + 1]);
    for i in 1..n as usize {
        let pivot = middle + down * slope[i - 1];
        slope[i] = -up / pivot;
        rest[i] = (case.cost_per_day - down * rest[i - 1]) / pivot;
    }
    let (mut value, mut at) = (case.identified, case.threshold);
    for i in (0..n as usize).rev() {
        let next = slope[i] * value + rest[i];
        if at - h <= start {
            let part = (at - start) / h;
            return value * (1.0 - part) + next * part;
        }
        (value, at) = (next, at - h);
    }
    value
}

#[test]
fn the_boundary_is_the_best_rule_of_a_grid() {
    let best = |case: &SeizeOrWatch| {
        let grid = (0..60).map(|i| -5.95 + 0.1 * f64::from(i));
        grid.max_by(|x, y| by_differences(case, *x, 0.0).total_cmp(&by_differences(case, *y, 0.0))).unwrap()
    };
    close(best(&case(20.0)), -1.90, 0.3, "best rule");
    close(by_differences(&case(20.0), -1.9, 0.0), case(20.0).value_of_rule(-1.9, 0.0), 1e-2, "two solutions");
    // where seizing pays 50 every rule that watches from no evidence on is worse than 50
    assert!((0..60).all(|i| by_differences(&case(50.0), -0.05 - 0.1 * f64::from(i), 0.0) < 50.0), "seize at once");
    // lives under three rules, evidence looked at every hour
    for l in [-1.0, -1.9, -4.0] {
        let (case, rng, step) = (case(20.0), &mut rng(3), 1.0f64 / 24.0);
        let (drift, spread) = (0.1 * step, (0.2 * step).sqrt());
        let (mean, error) = mean_of(3000, || {
            let (mut evidence, mut days) = (0.0, 0.0);
            while evidence < case.threshold && evidence > l {
                evidence += drift + spread * rng.normal();
                days += step;
            }
            let left = (-0.01f64 * days).exp();
            left * if evidence > l { 100.0 } else { 20.0 } - (1.0 - left) / 0.01
        });
        // both bounds are overshot by .5826 √(2μ dt) = .053 nats: correct them (Broadie, Glasserman & Kou 1997)
        let shift = 0.5826 * spread;
        let shifted = SeizeOrWatch { threshold: case.threshold + shift, ..case };
        close(mean, shifted.value_of_rule(l - shift, 0.0), 3.0 * error + 0.02, "lives");
    }
}
