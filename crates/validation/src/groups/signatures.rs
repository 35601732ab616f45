//! Detectors of a change of crew: run lengths in closed form, series worked through by hand, vectors by enumeration.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, statistic};
use hydranet_signature::exact::{LatticeCusum, brook_evans};
use hydranet_signature::g_test::{g_statistic, p_value};
use hydranet_signature::{
    Bocpd, BocpdSettings, Contrast, Cusum, Detector, Dirichlet, Profile, ShiryaevRoberts, first_alarm,
};
use std::f64::consts::LN_2;

const SERIES: [u32; 20] = [0, 1, 0, 2, 0, 0, 1, 0, 2, 0, 2, 2, 1, 2, 0, 2, 2, 2, 1, 2];

fn profile(shares: [f64; 3]) -> [Profile; 1] {
    [Profile::new(shares.to_vec()).expect("shares")]
}

fn crews() -> [[Profile; 1]; 2] {
    [profile([0.5, 0.25, 0.25]), profile([0.25, 0.25, 0.5])]
}

fn contrast() -> Contrast {
    let [before, after] = crews();
    Contrast::new(&before, &after).expect("profiles")
}

pub(super) fn rows(book: &mut Book) {
    for h in [2usize, 3, 4, 5, 7, 10] {
        let (x, power) = (h as f64, libm::exp2(h as f64));
        let numbers = book.run(1, move |_| {
            crews()
                .iter()
                .map(|crew| LatticeCusum::new(&contrast(), crew, h).expect("a lattice").run_length())
                .collect()
        });
        let wants = [8.0 * (power - 1.0) - 4.0 * x, 4.0 * x - 4.0 + 4.0 / power];
        for (i, want) in wants.into_iter().enumerate() {
            let what = ["until a false alarm", "until the alarm after a change"][i];
            book.row(
                format!("CUSUM on a lattice, h = {h} ln 2: observations {what}"),
                [statistic("signature: CUSUM")],
                Evidence::ClosedForm,
                "8(2^h − 1) − 4h; 4h − 4 + 2^(2−h)",
            )
            .allow(Allowance::numerical(1e-12 * want, "a linear system of h unknowns"))
            .exact(numbers, i, want);
        }
    }
    book.exact(
        &[statistic("signature: CUSUM")],
        (Evidence::Oracle, "Brook & Evans 1972, 801 states"),
        Allowance::printed(1),
        &[("normal CUSUM, k = .5, h = 4: ARL0", 335.4), ("h = 5: ARL0", 930.9)],
        |_| [4.0, 5.0].map(|h| brook_evans(0.0, 0.5, h, 401).expect("a chain")).to_vec(),
    );
    // CUSUM of many streams by the detector itself, without change: their mean is the exact run length
    let numbers = book.run(book.pick(400, 4000), |draws| {
        let mut detector = Cusum::new(contrast());
        let rng = &mut draws.rng(hydranet_topology::Purpose::Measure);
        let mut time = 0.0;
        loop {
            time += 1.0;
            // shares ½, ¼, ¼
            let u = hydranet_topology::Draw::below(rng, 4);
            if detector.observe(&[u.saturating_sub(1)]) >= 3.0 * LN_2 {
                return vec![time];
            }
        }
    });
    book.row(
        "CUSUM, h = 3 ln 2, streams without change: mean run length",
        [statistic("signature: CUSUM")],
        Evidence::ClosedForm,
        "8(2^h − 1) − 4h",
    )
    .mean(numbers, 0, 44.0);
    book.exact(
        &[statistic("signature: CUSUM"), statistic("signature: Shiryaev–Roberts")],
        (Evidence::Slow, "worked through by hand"),
        Allowance::None,
        &[("a series of 20: alarm of CUSUM at h = 4 ln 2", 17.0), ("alarm of Shiryaev–Roberts at 100", 18.0)],
        |_| {
            let alarm = |time: Option<u64>| time.map_or(f64::NAN, |t| t as f64);
            vec![
                alarm(first_alarm(&mut Cusum::new(contrast()), 4.0 * LN_2, SERIES.chunks(1))),
                alarm(first_alarm(&mut ShiryaevRoberts::new(&contrast()), 100.0, SERIES.chunks(1))),
            ]
        },
    );
    book.exact(
        &[statistic("signature: G-test"), statistic("signature: Bayes factor")],
        (Evidence::Oracle, "numpy"),
        Allowance::printed(5),
        &[("the series split in the middle: G", 6.904_37), ("its p", 0.031_68), ("ln Bayes factor", 1.868_71)],
        |_| {
            let g = g_statistic(&[6, 2, 2], &[1, 2, 7]);
            let factor = Dirichlet::symmetric(3, 1.0).expect("a prior").ln_bayes_factor(&[6, 2, 2], &[1, 2, 7]);
            vec![g, p_value(g, 2), factor]
        },
    );
    let want = [
        0.062388, 0.060548, 0.090741, 0.066596, 0.112908, 0.425643, 0.073533, 0.025119, 0.013942, 0.009662, 0.005536,
        0.053383,
    ];
    let numbers = book.run(1, |_| {
        let settings = BocpdSettings { hazard: 0.1, floor: 0.0, ..BocpdSettings::default() };
        let mut bocpd = Bocpd::new(&[Dirichlet::symmetric(3, 1.0).expect("a prior")], settings).expect("settings");
        for k in [0, 0, 1, 0, 0, 0, 2, 2, 1, 2, 2, 2] {
            bocpd.observe(&[k]);
        }
        let mut out = vec![bocpd.ln_evidence()];
        out.extend(bocpd.lengths().into_iter().map(|(_, p)| p));
        out
    });
    let source = "all 2,048 segmentations";
    book.row("BOCPD, 12 observations: ln evidence", [statistic("signature: BOCPD")], Evidence::Slow, source)
        .allow(Allowance::printed(10))
        .exact(numbers, 0, -12.458_651_739_6);
    for (i, want) in want.into_iter().enumerate() {
        let label = format!("BOCPD, 12 observations: P(length {})", i + 1);
        book.row(label, [statistic("signature: BOCPD")], Evidence::Slow, source).allow(Allowance::printed(6)).exact(
            numbers,
            i + 1,
            want,
        );
    }
}
