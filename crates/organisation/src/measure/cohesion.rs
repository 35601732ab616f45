//! How closely people are tied together.

/// Distances between all who can reach each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Distances {
    /// Ordered pairs that reach each other.
    pub pairs: u64,
    /// Sum of their distances.
    pub sum: u64,
    /// Sum of their inverse distances.
    pub inverse: f64,
}

/// Distances from every place to every other. O(n·m).
pub fn distances(contacts: &[Vec<u32>]) -> Distances {
    let (mut all, mut seen, mut queue) = (Distances::default(), vec![u32::MAX; contacts.len()], Vec::new());
    for source in 0..contacts.len() as u32 {
        queue.clear();
        queue.push((source, 0u32));
        seen[source as usize] = source;
        let mut head = 0;
        // inverse distances are added once a layer: the sum does not depend on the order of contacts
        let (mut layer, mut members) = (0, 0u64);
        while let Some(&(v, distance)) = queue.get(head) {
            head += 1;
            if distance != layer {
                all.inverse += if layer > 0 { members as f64 / f64::from(layer) } else { 0.0 };
                (layer, members) = (distance, 0);
            }
            members += 1;
            all.sum += u64::from(distance);
            for &w in &contacts[v as usize] {
                if seen[w as usize] != source {
                    seen[w as usize] = source;
                    queue.push((w, distance + 1));
                }
            }
        }
        all.inverse += if layer > 0 { members as f64 / f64::from(layer) } else { 0.0 };
        all.pairs += queue.len() as u64 - 1;
    }
    all
}

/// Share of pairs that are tied, in `[0, 1]`; NaN below two people. O(n).
pub fn density(contacts: &[Vec<u32>]) -> f64 {
    let n = contacts.len() as f64;
    contacts.iter().map(Vec::len).sum::<usize>() as f64 / (n * (n - 1.0))
}

/// Global efficiency: the mean of 1/distance over ordered pairs, 0 for those who do not reach each other (Latora & Marchiori
/// 2001), in `[0, 1]`; NaN below two people. O(n·m).
pub fn efficiency(contacts: &[Vec<u32>]) -> f64 {
    let n = contacts.len() as f64;
    distances(contacts).inverse / (n * (n - 1.0))
}

/// Local efficiency: the mean over people of the efficiency among their contacts, 0 for those with fewer than two (Latora &
/// Marchiori 2001), in `[0, 1]`; NaN without people. How well contacts still reach each other when the person is gone. O(Σ
/// degree³) at most.
pub fn local_efficiency(contacts: &[Vec<u32>]) -> f64 {
    let mut position = vec![u32::MAX; contacts.len()];
    let mut total = 0.0;
    for near in contacts.iter().filter(|near| near.len() > 1) {
        near.iter().enumerate().for_each(|(i, &w)| position[w as usize] = i as u32);
        let row =
            |&w: &u32| contacts[w as usize].iter().map(|&x| position[x as usize]).filter(|&x| x != u32::MAX).collect();
        let among: Vec<Vec<u32>> = near.iter().map(row).collect();
        total += efficiency(&among);
        near.iter().for_each(|&w| position[w as usize] = u32::MAX);
    }
    total / contacts.len() as f64
}

/// Closed and all pairs of contacts of everybody.
fn triads(contacts: &[Vec<u32>]) -> Vec<(u64, u64)> {
    let mut near = vec![u32::MAX; contacts.len()];
    let of = |v: usize| {
        contacts[v].iter().for_each(|&w| near[w as usize] = v as u32);
        let twice: usize = contacts[v]
            .iter()
            .map(|&w| contacts[w as usize].iter().filter(|&&x| near[x as usize] == v as u32).count())
            .sum();
        let degree = contacts[v].len() as u64;
        (twice as u64 / 2, degree * degree.saturating_sub(1) / 2)
    };
    (0..contacts.len()).map(of).collect()
}

/// Three times the triangles over the connected triples (Newman 2001), in `[0, 1]`; 0 without triples. O(Σ degree²).
pub fn transitivity(contacts: &[Vec<u32>]) -> f64 {
    let (closed, all) = triads(contacts).iter().fold((0, 0), |(c, a), (closed, all)| (c + closed, a + all));
    if all == 0 { 0.0 } else { closed as f64 / all as f64 }
}

/// The mean over people of the share of their pairs of contacts that are tied, 0 for those with fewer than two (Watts & Strogatz
/// 1998), in `[0, 1]`; NaN without people. O(Σ degree²).
pub fn clustering(contacts: &[Vec<u32>]) -> f64 {
    let local = |&(closed, all): &(u64, u64)| if all == 0 { 0.0 } else { closed as f64 / all as f64 };
    triads(contacts).iter().map(local).sum::<f64>() / contacts.len() as f64
}

/// Sizes of the components, falling. O(n + m).
pub fn components(contacts: &[Vec<u32>]) -> Vec<u32> {
    let (mut seen, mut sizes, mut stack) = (vec![false; contacts.len()], Vec::new(), Vec::new());
    for source in 0..contacts.len() {
        if std::mem::replace(&mut seen[source], true) {
            continue;
        }
        stack.push(source as u32);
        let mut size = 0;
        while let Some(v) = stack.pop() {
            size += 1;
            for &w in &contacts[v as usize] {
                if !std::mem::replace(&mut seen[w as usize], true) {
                    stack.push(w);
                }
            }
        }
        sizes.push(size);
    }
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}
