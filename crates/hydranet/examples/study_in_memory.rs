//! A whole study without TOML and without files: three strategies on two topologies, paired differences, a figure.
#![allow(clippy::print_stdout)]

use hydranet::prelude::*;
use hydranet::routing::discovery::Crawl;
use hydranet::studies::takedown::{Takedown, TreatmentSpec, metrics::R};
use hydranet::takedown::strategy::{CoreHd, Degree};
use hydranet::topologies::random::{BarabasiAlbert, BarabasiAlbertParams, Gnm, GnmParams};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let random = Built::of::<Gnm>(GnmParams { n: 1000, m: Some(2000), mean_degree: None })?;
    let scale_free = Built::of::<BarabasiAlbert>(BarabasiAlbertParams { n: 1000, m: 2 })?;
    let topologies = vec![TopologySpec::new("random", random), TopologySpec::new("scale-free", scale_free)];
    let degree = Built::of::<Degree>(Default::default())?;
    let treatments = vec![
        TreatmentSpec::new("degree", degree.clone()),
        TreatmentSpec::new("degree, crawled", degree).knowing(Crawl::with_requests(0.1)),
        TreatmentSpec::new("CoreHD", Built::of::<CoreHd>(Default::default())?).reinserted(),
    ];
    let header = Header { orders: 2, ..Header::new("Knowledge and skill", 7, 10) };
    let found = Experiment::new(header, Takedown::new(topologies, treatments)?)?.run_in_memory(0)?;
    for row in
        found.differences.iter().filter(|row| row.metric == R.info.name && row.topology == row.reference_topology)
    {
        let (mean, p) = row.mean.zip(row.p_holm).ok_or("two networks at least")?;
        println!("{:<11} {:<16} − {}: {mean:+.4}, p = {p:.1e}", row.topology, row.treatment, row.reference_treatment);
    }
    Ok(())
}
