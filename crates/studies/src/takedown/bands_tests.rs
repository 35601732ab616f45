use super::*;

/// A trial whose largest component is `nodes − removed` at each recorded point.
fn trial(out: &mut Table, network: u64, order: u64, nodes: u64, recorded: &[u64]) {
    for &removed in recorded {
        let largest = nodes - removed;
        out.push_record(&CurveRow {
            topology: "t",
            treatment: "x",
            network,
            order,
            nodes,
            peers: 0,
            steps: nodes,
            removed,
            largest,
            second: removed.min(1),
            sum_squares: largest * largest + 2 * removed,
            reach: 0,
            spent: None,
        })
        .unwrap();
    }
}

fn curves() -> Table {
    Table::new(&crate::takedown::rows::CURVES)
}

fn means(band: &Band) -> Vec<(f64, f64)> {
    band.points.iter().map(|point| (point.removed, point.value.mean)).collect()
}

#[test]
fn a_shared_grid_is_kept() {
    let mut table = curves();
    for network in 0..3 {
        for order in 0..2 {
            trial(&mut table, network, order, 10, &[0, 1, 5, 10]);
        }
    }
    let band = &bands(&table, CurveMeasure::Largest)[0];
    assert_eq!(means(band), [(0.0, 1.0), (0.1, 0.9), (0.5, 0.5), (1.0, 0.0)]);
    let value = band.points[2].value;
    assert_eq!((value.lo, value.hi, value.trials, value.clusters), (Some(0.5), Some(0.5), 6, 3));
    let susceptibility = &bands(&table, CurveMeasure::Susceptibility)[0];
    assert_eq!(means(susceptibility), [(0.0, 0.0), (0.1, 0.2), (0.5, 1.0), (1.0, 2.0)]);
    assert_eq!(bands(&table, CurveMeasure::Second)[0].points[1].value.mean, 0.1);
    assert!(bands(&table, CurveMeasure::Reach)[0].points.is_empty(), "no peers, no reach");
}

#[test]
fn unequal_networks_share_a_grid_of_fractions() {
    let mut table = curves();
    trial(&mut table, 0, 0, 10, &[0, 5, 10]);
    trial(&mut table, 1, 0, 8, &[0, 2, 4, 6, 8]);
    // grid 0, ¼, ½, ¾, 1: the first keeps its last value, 1, ½, then 0
    let band = &bands(&table, CurveMeasure::Largest)[0];
    let expected = [(0.0, 1.0), (0.25, (1.0 + 0.75) / 2.0), (0.5, 0.5), (0.75, (0.5 + 0.25) / 2.0), (1.0, 0.0)];
    assert_eq!(means(band), expected);
}

#[test]
fn intervals_count_networks() {
    let mut table = curves();
    for (network, nodes) in [(0, 10), (1, 10), (2, 10)] {
        for order in 0..4 {
            trial(&mut table, network, order, nodes, &[0, 10]);
        }
    }
    let mut wide = curves();
    trial(&mut wide, 0, 0, 10, &[0, 10]);
    trial(&mut wide, 0, 1, 10, &[0, 10]);
    // one network: each of its orders counts
    assert_eq!(bands(&wide, CurveMeasure::Largest)[0].points[0].value.clusters, 2);
    trial(&mut wide, 0, 2, 10, &[0, 5, 10]);
    let points = &bands(&wide, CurveMeasure::Largest)[0].points;
    assert!(points.iter().any(|point| point.value.lo < Some(point.value.mean)), "{points:?}");
    let mut single = curves();
    trial(&mut single, 0, 0, 10, &[0, 10]);
    assert_eq!(bands(&single, CurveMeasure::Largest)[0].points[0].value.lo, None, "one order, no interval");
    assert_eq!(bands(&table, CurveMeasure::Largest)[0].points[0].value.clusters, 3);
    assert_eq!(bands(&curves(), CurveMeasure::Largest), []);
}

#[test]
fn late_and_empty_curves_do_no_harm() {
    let mut table = curves();
    trial(&mut table, 0, 0, 4, &[2, 4]); // begins late
    trial(&mut table, 1, 0, 0, &[0]); // no nodes at all
    let band = &bands(&table, CurveMeasure::Largest)[0];
    assert_eq!(means(band), [(1.0, 0.0)]);
}
