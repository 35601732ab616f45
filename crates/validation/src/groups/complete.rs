//! Networks whose every number is known: complete graph and star.

use crate::allowance::Allowance;
use crate::book::Book;
use crate::feature::{Evidence, mechanism, strategy, topology};
use hydranet_takedown::{Outcome, RemovalOrder, percolate};

/// R of the complete graph for any order, and of the star, hub first and hub last.
pub(super) fn rows(book: &mut Book) {
    let n = 1000.0;
    let covers = [mechanism("percolation"), topology("complete"), topology("beacon"), strategy("role")];
    book.exact(
        &covers,
        (Evidence::ClosedForm, "sums of integers"),
        Allowance::floating(4.0, 1.0),
        &[
            ("complete graph, any order: R = (N − 1)/2N", (n - 1.0) / (2.0 * n)),
            ("star, hub first: R = (N − 1)/N²", (n - 1.0) / (n * n)),
            ("star, hub last: R = (N − 1)/2N", (n - 1.0) / (2.0 * n)),
            ("star: seizures until half of the peers are out of reach", 1.0),
            ("star, hub first: R_cmd = 0", 0.0),
            ("star, hub first, C = 1 %: set size", 1.0),
        ],
        |draws| {
            let complete = draws.network("complete", "n = 1000");
            // beacon with one server is the star: server 0 is the hub
            let star = draws.network("beacon", "peers = 999\nservers = 1");
            let hub_first = draws.outcome(&star, "role", "");
            let hub_last = percolate(&star, &RemovalOrder::nodes((0..1000).rev().collect()));
            vec![
                draws.outcome(&complete, "random", "").r(),
                hub_first.r(),
                Outcome::of(&hub_last, 0.01).r(),
                hub_first.seizures_50.map_or(f64::NAN, |q| q as f64),
                hub_first.r_cmd(),
                hub_first.set_size.map_or(f64::NAN, |q| q as f64),
            ]
        },
    );
}
