use super::*;
use crate::takedown::metrics::{F_C, R};
use hydranet_charts::Scale;
use hydranet_results::SweepValue;

/// Label, base label and values of a cell.
type Written<'w> = (&'w str, &'w str, &'w [(&'w str, i64)]);
/// A panel, its lines and their points.
type Seen<'s> = (&'s str, Vec<(&'s str, Vec<(f64, f64)>)>);

fn sweep(axes: &[(&str, &str)], cells: &[Written<'_>]) -> Sweep {
    let cell = |(label, base, values): &Written<'_>| SweepCell {
        label: label.to_string(),
        base: base.to_string(),
        values: values.iter().map(|(k, v)| (k.to_string(), SweepValue::Integer(*v))).collect(),
    };
    Sweep {
        axes: axes
            .iter()
            .map(|(of, key)| SweepAxis { of: of.to_string(), key: key.to_string(), log: *key == "peers" })
            .collect(),
        topology: cells.iter().map(cell).collect(),
        treatment: Vec::new(),
    }
}

fn row(topology: &str, treatment: &str, mean: f64) -> SummaryRow {
    SummaryRow {
        topology: topology.into(),
        treatment: treatment.into(),
        metric: R.info.name.into(),
        unit: "1".into(),
        mean: Some(mean),
        lo: Some(mean - 0.1),
        hi: Some(mean + 0.1),
        trials: 2,
        networks: 2,
        ..SummaryRow::default()
    }
}

fn chart(sweep: &Sweep, rows: &[SummaryRow]) -> Curves {
    let by = |of: &str| sweep.cells(of).iter().map(|cell| (cell.label.as_str(), cell)).collect::<BTreeMap<_, _>>();
    let cells =
        Cells { x: &sweep.axes[0], second: sweep.axes.get(1), topologies: by("topology"), treatments: by("treatment") };
    let placed: Vec<Placed<'_>> = rows.iter().map(|row| cells.place(row)).collect();
    curves("t", &cells, &placed, &R.info, Axis::linear("R")).unwrap()
}

#[test]
fn one_line_a_topology_one_panel_a_treatment() {
    let sweep = sweep(
        &[("topology", "peers")],
        &[("a 5", "a", &[("peers", 5)]), ("a 50", "a", &[("peers", 50)]), ("b 5", "b", &[("peers", 5)])],
    );
    let rows =
        [row("a 50", "x", 0.5), row("a 5", "x", 0.2), row("b 5", "x", 0.4), row("a 5", "y", 0.3), row("c", "x", 0.7)];
    let chart = chart(&sweep, &rows);
    assert_eq!(chart.x.scale, Scale::Log);
    let seen: Vec<Seen<'_>> = chart
        .panels
        .iter()
        .map(|p| {
            let points = |s: &Series| s.points.iter().map(|p| (p.x, p.y)).collect();
            (p.title.as_str(), p.series.iter().map(|s| (s.label.as_str(), points(s))).collect())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (
                "x",
                vec![
                    ("a", vec![(5.0, 0.2), (50.0, 0.5)]),
                    ("b", vec![(5.0, 0.4)]),
                    ("c", vec![(5.0, 0.7), (50.0, 0.7)])
                ]
            ),
            ("y", vec![("a", vec![(5.0, 0.3)])])
        ]
    );
    assert_eq!(chart.panels[0].series[2].draw, Joining::Line, "what does not vary is a level");
}

#[test]
fn a_second_parameter_has_colours_in_order_and_a_map() {
    let cells: Vec<(String, i64, i64)> =
        [5, 50].iter().flat_map(|p| [1, 2, 3].map(|k| (format!("a {p} {k}"), *p, k))).collect();
    let mut sweep = sweep(&[("topology", "k"), ("topology", "peers")], &[]);
    sweep.topology = cells
        .iter()
        .map(|(label, peers, k)| SweepCell {
            label: label.clone(),
            base: "a".into(),
            values: [("peers", *peers), ("k", *k)].map(|(key, v)| (key.to_string(), SweepValue::Integer(v))).into(),
        })
        .collect();
    let rows: Vec<SummaryRow> =
        cells.iter().map(|(label, p, k)| row(label, "x", *p as f64 / 100.0 + *k as f64 / 10.0)).collect();
    let chart = chart(&sweep, &rows);
    let paints: Vec<Paint> = chart.panels[0].series.iter().map(|s| s.paint).collect();
    assert_eq!(paints, [Paint::Ordered { at: 0, of: 2 }, Paint::Ordered { at: 1, of: 2 }]);
    let of = |metric: &MetricInfo| Ok(rows.iter().filter(|row| row.is(metric)).cloned().collect());
    let names: Vec<String> =
        draw("t", &sweep, &of, &[&R.info, &F_C.info], None).unwrap().into_iter().map(|f| f.name).collect();
    assert_eq!(names, ["r-by-k", "r-by-k-and-peers"]);
}

#[test]
fn order_of_bits_is_that_of_numbers() {
    let numbers = [-1e9, -2.0, -0.5, 0.0, 1e-300, 3.0, 1e9];
    assert!(numbers.windows(2).all(|w| order_bits(w[0]) < order_bits(w[1])));
}
