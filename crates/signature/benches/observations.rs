//! Observations a second: `cargo bench -p hydranet-signature [-- OBSERVATIONS]`. Default 10⁶ observations a detector; one thread.
//!
//! A crew of K = 20 categories that changes every 500 observations; drawing is not part of what is counted. The best of five runs. For Bayesian change
//! points the largest number of lengths that were kept at a time is told.

#![allow(clippy::print_stdout)]

use hydranet_signature::{
    Bocpd, BocpdSettings, Contrast, Cusum, Detector, Dirichlet, Glr, MixtureCusum, Profile, ShiryaevRoberts, WindowedG,
};
use hydranet_topology::{Purpose, Trial, trial_rng};
use std::hint::black_box;
use std::time::Instant;

const K: usize = 20;

fn main() {
    let n = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(1_000_000usize);
    let rng = &mut trial_rng(1, Trial::network(0), Purpose::Measure);
    let prior = Dirichlet::symmetric(K, 1.0).expect("20 categories");
    let crews = [prior.draw(rng), prior.draw(rng)];
    let x: Vec<u32> = (0..n).map(|t| crews[t / 500 % 2].draw(rng)).collect();
    let (before, after) = ([crews[0].clone()], [crews[1].clone()]);
    let contrast = Contrast::new(&before, &after).expect("profiles without zeros");
    let priors = [prior];
    println!("{:>34} {:>16} {:>10}", "what", "observations/s", "ns each");
    row("cusum", &x, Cusum::new(contrast.clone()));
    row("shiryaev-roberts", &x, ShiryaevRoberts::new(&contrast));
    row("mixture cusum", &x, MixtureCusum::new(&before, &priors, 1.0).expect("fits"));
    row("glr, window 100", &x, Glr::new(&before, 5, 100).expect("fits"));
    row("windowed g, window 100", &x, WindowedG::new(&[K], 10, 100).expect("fits"));
    let settings = BocpdSettings::default();
    for floor in [1e-4, settings.floor, 1e-8] {
        let mut bocpd = Bocpd::new(&priors, BocpdSettings { floor, ..settings }).expect("fits");
        let mut kept = 0;
        x.iter().take(20_000).for_each(|&k| {
            bocpd.observe(&[k]);
            kept = kept.max(bocpd.kept());
        });
        bocpd.restart();
        row(&format!("bocpd, floor {floor:.0e}, ≤ {kept} lengths"), &x, bocpd);
    }
    let one: Vec<u32> = vec![0; 4];
    let four = vec![Profile::uniform(K); 4];
    let mut joint = Cusum::new(Contrast::new(&four, &four).expect("fits"));
    let start = Instant::now();
    x.iter().for_each(|_| {
        black_box(joint.observe(black_box(&one)));
    });
    print_row("cusum, 4 coordinates", n, start.elapsed().as_secs_f64());
}

fn row<D: Detector>(what: &str, x: &[u32], mut detector: D) {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        detector.restart();
        let start = Instant::now();
        for k in x.chunks_exact(1) {
            black_box(detector.observe(k));
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    print_row(what, x.len(), best);
}

fn print_row(what: &str, n: usize, seconds: f64) {
    println!("{what:>34} {:>16.3e} {:>10.1}", n as f64 / seconds, 1e9 * seconds / n as f64);
}
