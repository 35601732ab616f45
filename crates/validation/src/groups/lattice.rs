//! The square lattice: bond threshold 1/2 exactly, site threshold 0.592746 (Newman & Ziff 2000).

use crate::book::Book;
use crate::feature::{Evidence, mechanism, statistic, strategy, topology};
use crate::groups::failure::threshold;

/// Where the peak stands when sites, or bonds, of a torus fail at random. It is side^(−3/4) off, ν being 4/3: N^(−3/8).
pub(super) fn rows(book: &mut Book) {
    let (side, trials) = book.pick((96, 24), (512, 32));
    let numbers = book.run(trials, move |draws| {
        let mut out = Vec::new();
        for side in [side / 4, side] {
            let torus = draws.network("grid", &format!("dims = [{side}, {side}]\nperiodic = true"));
            out.push(threshold(&draws.outcome(&torus, "random", "")));
            out.push(threshold(&draws.edge_outcome(&torus, "random", "")));
        }
        out
    });
    let rows = [
        ("square lattice: site threshold", Evidence::Published, "Newman & Ziff 2000: 0.592746", 1.0 - 0.592_746),
        ("square lattice: bond threshold", Evidence::ClosedForm, "Kesten 1980", 0.5),
    ];
    for (i, (name, evidence, source, reference)) in rows.into_iter().enumerate() {
        let covers = [topology("grid"), strategy("random"), mechanism("percolation"), statistic("f_c")];
        book.row(name, covers, evidence, source).limit(numbers, (i, i + 2), (16.0, 0.375), reference);
    }
}
