use super::*;
use crate::measure::{
    betweenness, betweenness_centralisation, clustering, components, degree_centralisation, efficiency, stays,
    transitivity,
};

/// CAVIAR (Morselli & Petit 2007), data/caviar.
pub(crate) const CAVIAR: [&str; 11] = [
    include_str!("../data/caviar/phase1.csv"),
    include_str!("../data/caviar/phase2.csv"),
    include_str!("../data/caviar/phase3.csv"),
    include_str!("../data/caviar/phase4.csv"),
    include_str!("../data/caviar/phase5.csv"),
    include_str!("../data/caviar/phase6.csv"),
    include_str!("../data/caviar/phase7.csv"),
    include_str!("../data/caviar/phase8.csv"),
    include_str!("../data/caviar/phase9.csv"),
    include_str!("../data/caviar/phase10.csv"),
    include_str!("../data/caviar/phase11.csv"),
];

fn near(got: f64, want: f64, digits: f64, what: &str) {
    assert!((got - want).abs() <= 0.5 * digits + 1e-9, "{what}: {got} for {want}");
}

#[test]
fn caviar_by_phase() {
    let nodes = [15, 24, 33, 33, 32, 27, 36, 42, 34, 42, 41];
    let edges = [18, 28, 56, 48, 39, 47, 49, 58, 44, 50, 50];
    let degree = [0.791, 0.791, 0.785, 0.668, 0.673, 0.603, 0.644, 0.441, 0.271, 0.272, 0.251];
    let between = [0.887, 0.928, 0.818, 0.819, 0.865, 0.515, 0.582, 0.519, 0.534, 0.327, 0.507];
    let stay = [f64::NAN, 0.867, 0.833, 0.758, 0.667, 0.688, 0.815, 0.694, 0.524, 0.559, 0.595];
    let n1 = [0.907, 0.943, 0.830, 0.839, 0.884, 0.543, 0.589, 0.554, 0.249, 0.343, 0.526];
    let n3 = [0.0, 0.002, 0.095, 0.090, 0.044, 0.227, 0.073, 0.315, 0.576, 0.0, 0.0];
    // networkx 3: transitivity, average_clustering, global_efficiency of some phases
    let cohesion =
        [(0, 0.111111, 0.168687, 0.553175), (5, 0.235465, 0.529851, 0.516619), (9, 0.162162, 0.240259, 0.259872)];
    let phases: Vec<Contacts> = CAVIAR.iter().map(|text| read_matrix(text).unwrap()).collect();
    for (p, phase) in phases.iter().enumerate() {
        let (graph, what) = (phase.contacts(), format!("phase {}", p + 1));
        assert_eq!((phase.names.len(), phase.pairs.len()), (nodes[p], edges[p]), "{what}");
        near(degree_centralisation(&graph), degree[p], 1e-3, &what);
        near(betweenness_centralisation(&graph), between[p], 1e-3, &what);
        if p > 0 {
            near(stays(&phases[p - 1].names, &phase.names), stay[p], 1e-3, &what);
        }
        let n = graph.len() as f64;
        let scores = betweenness(&graph);
        let of = |name| {
            phase.names.iter().position(|n| n == name).map_or(0.0, |v| scores[v] * 2.0 / ((n - 1.0) * (n - 2.0)))
        };
        near(of("1"), n1[p], 1e-3, &what);
        near(of("3"), n3[p], 1e-3, &what);
    }
    for (p, transitive, clustered, efficient) in cohesion {
        let graph = phases[p].contacts();
        near(transitivity(&graph), transitive, 1e-6, "transitivity");
        near(clustering(&graph), clustered, 1e-6, "clustering");
        near(efficiency(&graph), efficient, 1e-6, "efficiency");
    }
    let all = phases.iter().skip(1).fold(phases[0].clone(), |all, phase| all.union(phase));
    assert_eq!((all.names.len(), all.pairs.len()), (107, 214));
    assert!(components(&all.contacts())[0] > 100);
}

#[test]
fn matrices_are_refused_with_place_and_remedy() {
    let told = |text: &str| read_matrix(text).unwrap_err().to_string();
    assert_eq!(
        told(",a,b\na,0,1\n"),
        "the matrix is not square: 1 rows and 2 columns; give every person a row and a column"
    );
    let differ = "line 3: row `c` stands where column 2 is `b`; give rows and columns the same names in the same order";
    assert_eq!(told(",a,b\na,0,1\nc,0,0\n"), differ);
    assert!(told(",a,b\nb,0,1\na,0,0\n").contains("line 2: row `b` stands where column 1 is `a`"));
    assert!(told(",a,b\na,0,x\nb,0,0\n").starts_with("line 2, column 2 (`b`): `x` is no count of contacts"));
    assert!(told(",a,b\na,0,-1\nb,0,0\n").contains("`-1` is no count"));
    assert!(told(",a,b\na,0,NaN\nb,0,0\n").contains("`NaN` is no count"));
    assert!(told(",a,b\na,0\nb,0,0\n").starts_with("line 2: 1 cells beside the name, but the heading has 2"));
    assert!(told(",a,a\na,0,1\na,0,0\n").contains("`a` stands there twice"));
    assert!(told("").contains("without people"));
    let loops = read_matrix("\u{feff},a,b\na,2,0\nb,1,0\n").unwrap();
    assert_eq!((loops.pairs, loops.to_themselves), (vec![[0, 1]], 1));
}

#[test]
fn edges_and_people() {
    let edges = read_edges("# who, whom, calls\nx y 3\ny,z\n\nx\tx\nz;x;1\ny x\n").unwrap();
    assert_eq!(
        (edges.names.join(""), edges.pairs.clone(), edges.to_themselves),
        ("xyz".into(), vec![[0, 1], [0, 2], [1, 2]], 1)
    );
    assert_eq!(read_edges("a b\nc\n").unwrap_err().to_string(), "line 2: `c` names one person; give two names a line");
    assert!(edges.below("q").unwrap_err().to_string().contains("nobody is called `q`; name a person of the file"));
    let told = |text: &str, roles: &[&str]| read_people(text, roles, &Contacts::default()).unwrap_err().to_string();
    let head = "name,role,superior\n";
    assert!(told(&format!("{head}a,r,b\nb,r,a\n"), &[]).contains("a cyclic hierarchy: a > b > a"));
    assert!(told(&format!("{head}a,r,c\n"), &[]).contains("line 2: nobody is called `c`; give everybody a line"));
    assert!(told(&format!("{head}a,r,\n"), &["r", "s"]).contains("nobody has the role `s`"));
    assert!(told(&format!("{head}a,q,\n"), &["r", "s"]).contains("line 2: no role `q`; the roles are r, s"));
    assert!(told("name,role\na,r\n", &[]).contains("no column `superior`"));
    assert!(told(&format!("{head}a,r\n"), &[]).contains("line 2"));
    assert!(told(head, &[]).contains("without people"));
    let crew = read_people(&format!("{head}z,low,x\nx,top,\ny,low,x\n"), &["top", "low"], &edges).unwrap();
    // z–y is the only contact that is no order
    assert_eq!(crew.ties().len(), 3);
    assert_eq!(crew.ties().iter().filter(|tie| tie.bond == crate::Bond::Peer).count(), 1);
}
