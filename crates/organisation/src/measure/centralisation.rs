//! How far a graph hangs on its most central member (Freeman 1979, Social Networks 1, 215–239).

/// Betweenness of every place, Σ over unordered pairs of the share of shortest paths through it (Brandes 2001, Journal of
/// Mathematical Sociology 25, 163–177). O(n·m).
pub fn betweenness(contacts: &[Vec<u32>]) -> Vec<f64> {
    let n = contacts.len();
    let mut total = vec![0.0; n];
    let (mut distance, mut paths, mut due) = (vec![u32::MAX; n], vec![0.0f64; n], vec![0.0f64; n]);
    let mut order: Vec<u32> = Vec::with_capacity(n);
    for source in 0..n {
        order.clear();
        order.push(source as u32);
        (distance[source], paths[source]) = (0, 1.0);
        let mut head = 0;
        while let Some(&v) = order.get(head) {
            head += 1;
            let v = v as usize;
            for &w in &contacts[v] {
                let w = w as usize;
                if distance[w] == u32::MAX {
                    distance[w] = distance[v] + 1;
                    order.push(w as u32);
                }
                if distance[w] == distance[v] + 1 {
                    paths[w] += paths[v];
                }
            }
        }
        for &w in order.iter().rev() {
            let w = w as usize;
            let share = (1.0 + due[w]) / paths[w];
            for &v in &contacts[w] {
                let v = v as usize;
                // one step nearer to the source; for the source itself no distance is 0 − 1
                if distance[v] != u32::MAX && distance[v] + 1 == distance[w] {
                    due[v] += paths[v] * share;
                }
            }
            if w != source {
                total[w] += due[w] / 2.0;
            }
        }
        for &w in &order {
            (distance[w as usize], paths[w as usize], due[w as usize]) = (u32::MAX, 0.0, 0.0);
        }
    }
    total
}

/// Σ (largest degree − degree), over what it is in a star: 1 for a star, 0 where all are alike. NaN below three people. O(n).
pub fn degree_centralisation(contacts: &[Vec<u32>]) -> f64 {
    let n = contacts.len() as f64;
    let most = contacts.iter().map(Vec::len).max().unwrap_or(0);
    let gaps: usize = contacts.iter().map(|list| most - list.len()).sum();
    gaps as f64 / ((n - 1.0) * (n - 2.0))
}

/// The same of betweenness. NaN below three people. O(n·m).
///
/// ```
/// use hydranet_organisation::measure::{betweenness_centralisation, degree_centralisation};
/// let star = [vec![1, 2, 3], vec![0], vec![0], vec![0]];
/// assert_eq!((degree_centralisation(&star), betweenness_centralisation(&star)), (1.0, 1.0));
/// ```
pub fn betweenness_centralisation(contacts: &[Vec<u32>]) -> f64 {
    let n = contacts.len() as f64;
    let scores = betweenness(contacts);
    let most = scores.iter().copied().fold(0.0, f64::max);
    scores.iter().map(|score| most - score).sum::<f64>() / ((n - 1.0) * (n - 1.0) * (n - 2.0) / 2.0)
}
