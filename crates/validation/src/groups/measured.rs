//! Measured Gnutella networks (SNAP), where they are at hand.

use crate::book::Book;
use crate::feature::{Evidence, statistic, strategy, topology};

/// Set sizes at 1 % and R of two snapshots, against an independent code whose random ties scatter as ours do: its one seed has
/// our own spread, so that the difference of one of its values and our mean is as a further value of ours and the mean.
pub(super) fn rows(book: &mut Book) {
    for (file, sizes, r) in [("08", [2017.0, 1584.0], 0.4265), ("04", [3981.0, 3345.0], 0.4377)] {
        let name = format!("p2p-Gnutella{file}.txt");
        for (strategy_name, reference) in ["degree", "adaptive-degree"].into_iter().zip(sizes) {
            let path = name.clone();
            let numbers = book.run_if(book.pick(16, 24), move |draws| {
                let network = draws.file(&path)?;
                Ok(vec![draws.outcome(&network, strategy_name, "").set_size.unwrap_or(0) as f64])
            });
            let covers = [strategy(strategy_name), topology("file"), statistic("set size")];
            let source = "independent code, one seed";
            let label = format!("p2p-Gnutella{file}: set size at 1 %, {strategy_name}");
            book.row(label, covers, Evidence::Oracle, source).one_draw(numbers, 0, reference);
        }
        let trials = book.pick(24, 100);
        let path = name.clone();
        let numbers = book.run_if(trials, move |draws| {
            let network = draws.file(&path)?;
            Ok(vec![draws.outcome(&network, "random", "").r()])
        });
        let covers = [strategy("random"), topology("file"), statistic("R")];
        book.row(format!("p2p-Gnutella{file}: R, random"), covers, Evidence::Oracle, "independent code, one seed")
            .one_draw(numbers, 0, r);
    }
}
