//! The messages of [`min-sum`](super::min_sum), and how a node answers what it hears. Equations and letters stand there.
//!
//! What travels is what the hearer needs: w(t) and z(t) for 0 < t < T, and max_{s≤T} u⁰(s). Gains are kept relative to
//! the largest of a message, which is max(u⁰(0), max_{s>0} u¹(s)); that term is therefore always 0. All times of one
//! message lie side by side, so that sums and maxima run over them in one sweep. Single precision: decisions hang on
//! differences of the order of μ, and of the noise between equals.

use super::min_sum::MinSumParams;
use crate::dismantle::Core;
use hydranet_overlay::memory::prefetch;
use hydranet_topology::{Draw, TrialRng};

/// Values that are worked on at a time. Rows are padded to whole packs, so that what is written in packs is read in packs.
const LANES: usize = 8;
type Pack = [f32; LANES];

/// The own gain at the times that are padding: never the best.
const IMPOSSIBLE: f32 = -1e30;

pub(super) struct Messages<'a> {
    core: &'a Core,
    depth: usize,
    /// Packs for the times 1 … T − 1.
    packs: usize,
    mu: f32,
    /// ρ t for the times 1 … T − 1.
    delay: Vec<f32>,
    /// For every arc, in the row of the node that hears it: w, then z, `packs` each.
    heard: Vec<Pack>,
    /// For every arc, in the row of the node that hears it: the gain if the hearer never comes off.
    never: Vec<f32>,
    /// For every node: gains for t = 0 … T of the last iteration, the largest being 0.
    field: Vec<f32>,
    noise: Vec<f32>,
    // of the node that is being looked at, a value for each time
    sum: Vec<Pack>,
    first: Vec<Pack>,
    second: Vec<Pack>,
    own: Vec<Pack>,
    none: Vec<Pack>,
    one: Vec<Pack>,
}

impl<'a> Messages<'a> {
    pub(super) fn new(core: &'a Core, params: &MinSumParams, rng: &mut TrialRng) -> Messages<'a> {
        let depth = params.depth as usize;
        let packs = (depth - 1).div_ceil(LANES);
        let fields = core.nodes() as usize * (depth + 1);
        let row = || vec![[0.0; LANES]; packs];
        Messages {
            core,
            depth,
            packs,
            mu: params.mu as f32,
            delay: (1..depth).map(|t| (params.rho * t as f64) as f32).collect(),
            heard: vec![[0.0; LANES]; core.targets.len() * 2 * packs],
            never: vec![0.0; core.targets.len()],
            field: vec![0.0; fields],
            noise: (0..fields).map(|_| (rng.unit() * params.noise) as f32).collect(),
            sum: row(),
            first: row(),
            second: row(),
            own: vec![[IMPOSSIBLE; LANES]; packs],
            none: row(),
            one: row(),
        }
    }

    /// What is heard along an arc: w and z.
    #[cfg(test)]
    fn row(&self, arc: usize) -> (&[Pack], &[Pack]) {
        self.heard[arc * 2 * self.packs..][..2 * self.packs].split_at(self.packs)
    }

    /// Tells that node `v` will soon be updated. A hint: the rows that it writes to. Those that it reads follow each other.
    #[inline]
    pub(super) fn will_update(&self, v: u32) {
        for a in self.core.arcs(v) {
            let back = self.core.back[a] as usize * 2 * self.packs;
            (back..back + 2 * self.packs).step_by(2).for_each(|pack| prefetch(&self.heard, pack));
        }
    }

    /// Lets node `v` hear and speak; returns the time at which it gains most.
    pub(super) fn update(&mut self, v: u32, reinforcement: f32) -> u32 {
        let (packs, depth) = (self.packs, self.depth);
        let arcs = self.core.arcs(v);
        self.sum.fill([0.0; LANES]);
        self.first.fill([f32::NEG_INFINITY; LANES]);
        self.second.fill([f32::NEG_INFINITY; LANES]);
        let mut never = 0.0;
        for a in arcs.clone() {
            let (w, z) = self.heard[a * 2 * packs..][..2 * packs].split_at(packs);
            for (i, (w, z)) in w.iter().zip(z).enumerate() {
                listen(w, z, &mut self.sum[i], &mut self.first[i], &mut self.second[i]);
            }
            never += self.never[a];
        }
        // h(t); later what it is with the messages of all
        let field = &mut self.field[v as usize * (depth + 1)..][..depth + 1];
        let noise = &self.noise[v as usize * (depth + 1)..][..depth + 1];
        field.iter_mut().zip(noise).for_each(|(f, e)| *f = *f * reinforcement + e);
        let (seed, stay) = (field[0] - self.mu, field[depth] - 1.0);
        let own = &mut self.own.as_flattened_mut()[..depth - 1];
        for ((own, h), delay) in own.iter_mut().zip(&field[1..depth]).zip(&self.delay) {
            *own = h - delay;
        }
        for a in arcs {
            let mut most = [seed.max(stay + (never - self.never[a])); LANES];
            let (w, z) = self.heard[a * 2 * packs..][..2 * packs].split_at(packs);
            for (i, (w, z)) in w.iter().zip(z).enumerate() {
                let all = (&self.sum[i], &self.first[i], &self.second[i], &self.own[i]);
                leave_out(w, z, all, &mut self.none[i], &mut self.one[i], &mut most);
            }
            let most = most.into_iter().fold(most[0], max);
            let stay = stay + (never - self.never[a]);
            let back = self.core.back[a] as usize;
            let (w, z) = self.heard[back * 2 * packs..][..2 * packs].split_at_mut(packs);
            let (none, one) = (&self.none.as_flattened()[..depth - 1], &self.one.as_flattened()[..depth - 1]);
            self.never[back] =
                speak(seed - most, stay - most, most, none, one, w.as_flattened_mut(), z.as_flattened_mut());
        }
        let (sum, first) = (self.sum.as_flattened(), self.first.as_flattened());
        (field[0], field[depth]) = (seed, stay + never);
        let mut best = if field[depth] > field[0] { depth } else { 0 };
        for (i, own) in self.own.as_flattened()[..depth - 1].iter().enumerate() {
            field[i + 1] = sum[i] + max(first[i], 0.0) + own;
            best = if field[i + 1] > field[best] { i + 1 } else { best };
        }
        let most = field[best];
        field.iter_mut().for_each(|f| *f -= most);
        best as u32
    }
}

/// Adds what one neighbour says: Σ w, and the two largest of z − w.
#[inline(always)]
fn listen(w: &Pack, z: &Pack, sum: &mut Pack, first: &mut Pack, second: &mut Pack) {
    for t in 0..LANES {
        let gain = z[t] - w[t];
        sum[t] += w[t];
        second[t] = max(second[t], min(first[t], gain));
        first[t] = max(first[t], gain);
    }
}

/// u⁰ and u¹ at the times between 0 and T, without one neighbour: where that has the largest of z − w, the second counts.
/// `all` is Σ w, the two largest of z − w, and the node's own gain; `most` learns of u¹.
#[inline(always)]
fn leave_out(w: &Pack, z: &Pack, all: (&Pack, &Pack, &Pack, &Pack), none: &mut Pack, one: &mut Pack, most: &mut Pack) {
    let (sum, first, second, own) = all;
    for t in 0..LANES {
        let exception = if z[t] - w[t] >= first[t] { second[t] } else { first[t] };
        none[t] = sum[t] - w[t] + own[t];
        one[t] = none[t] + max(exception, 0.0);
        most[t] = max(most[t], one[t]);
    }
}

/// Writes w and z out of u(0), u(T), and u⁰ and u¹ between them, these relative to `most`; returns max u⁰.
#[inline(always)]
fn speak(seed: f32, stay: f32, most: f32, none: &[f32], one: &[f32], w: &mut [f32], z: &mut [f32]) -> f32 {
    let n = none.len();
    let (one, w, z) = (&one[..n], &mut w[..n], &mut z[..n]);
    let (mut before, mut after) = (seed, stay);
    for t in 0..n {
        w[t] = before;
        before = max(before, none[t] - most);
        let back = n - 1 - t;
        z[back] = max(none[back] - most, after);
        after = max(after, one[back] - most);
    }
    max(before, stay)
}

// `f32::max` minds NaN, which costs; there are none here
#[inline(always)]
fn max(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn min(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dismantle::Peeling;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    /// One node hears random messages; its answers follow the equations of the module doc, term by term.
    #[test]
    fn answers_follow_the_equations() {
        for trial in 0..200 {
            let rng = &mut trial_rng(41, Trial::network(trial), Purpose::Topology);
            let others = 2 + rng.below(4);
            let n = others + 1;
            let all: Vec<[u32; 2]> = (0..n).flat_map(|u| (0..u).map(move |v| [u, v])).collect();
            let (csr, _) = Csr::from_edges(n, &all);
            let core = Core::of(&csr, &Peeling::new(&csr));
            let params = MinSumParams { depth: 2 + rng.below(12), noise: 0.01, ..MinSumParams::default() };
            let t_max = params.depth as usize;
            let mut messages = Messages::new(&core, &params, rng);
            // u[k] = (u⁰, u¹) that neighbour k says to node 0
            let mut said = Vec::new();
            let node = messages.core.arcs(0);
            for a in node.clone() {
                let none: Vec<f64> = (0..=t_max).map(|_| -rng.unit()).collect();
                let more = |t| if t == 0 || t == t_max { 0.0 } else { rng.unit() };
                let mut u = [none.clone(), (0..=t_max).map(more).zip(none).map(|(x, y)| x + y).collect()];
                let packs = messages.packs;
                let (w, z) = messages.heard[a * 2 * packs..][..2 * packs].split_at_mut(packs);
                let cut = |u: &[f64]| u[1..t_max].iter().map(|&x| x as f32).collect::<Vec<_>>();
                // relative to the largest, as all messages are
                let top = u[1].iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
                let (seed, stay) = ((u[0][0] - top) as f32, (u[0][t_max] - top) as f32);
                let (w, z) = (w.as_flattened_mut(), z.as_flattened_mut());
                messages.never[a] = speak(seed, stay, top as f32, &cut(&u[0]), &cut(&u[1]), w, z);
                u.iter_mut().flatten().for_each(|x| *x -= top);
                said.push(u);
            }
            let h: Vec<f64> = messages.noise[..=t_max].iter().map(|&x| x as f64).collect();
            let decision = messages.update(0, 0.0) as usize;

            let most = |list: &mut dyn Iterator<Item = f64>| list.fold(f64::NEG_INFINITY, f64::max);
            let answer = |without: Option<usize>, t: usize| {
                let heard: Vec<_> = (0..others as usize).filter(|&k| Some(k) != without).map(|k| &said[k]).collect();
                let before = |u: &[Vec<f64>; 2]| most(&mut (0..t).map(|s| u[0][s]));
                let not = |u: &[Vec<f64>; 2]| u[0][t].max(most(&mut (t + 1..=t_max).map(|s| u[1][s])));
                if t == 0 {
                    let sum: f64 = heard.iter().map(|u| u[0][0].max(most(&mut (1..=t_max).map(|s| u[1][s])))).sum();
                    (sum - params.mu + h[0], sum - params.mu + h[0])
                } else if t == t_max {
                    let sum: f64 = heard.iter().map(|u| most(&mut u[0].iter().copied())).sum();
                    (sum - 1.0 + h[t], sum - 1.0 + h[t])
                } else {
                    let none: f64 = heard.iter().map(|u| before(u)).sum::<f64>() - params.rho * t as f64 + h[t];
                    let exception = most(&mut heard.iter().map(|u| not(u) - before(u)));
                    (none, none + exception.max(0.0))
                }
            };
            let gains: Vec<f64> = (0..=t_max).map(|t| answer(None, t).1).collect();
            assert!(gains[decision] > most(&mut gains.iter().copied()) - 1e-5);
            for (k, a) in node.enumerate() {
                let u: Vec<(f64, f64)> = (0..=t_max).map(|t| answer(Some(k), t)).collect();
                let top = most(&mut u.iter().map(|u| u.1));
                let b = core.back[a] as usize;
                let (w, z) = messages.row(b);
                let (w, z) = (w.as_flattened(), z.as_flattened());
                for t in 1..t_max {
                    let want_w = most(&mut u[..t].iter().map(|u| u.0)) - top;
                    let want_z = u[t].0.max(most(&mut u[t + 1..].iter().map(|u| u.1))) - top;
                    assert!((w[t - 1] as f64 - want_w).abs() < 1e-5 && (z[t - 1] as f64 - want_z).abs() < 1e-5);
                }
                let want = most(&mut u.iter().map(|u| u.0)) - top;
                assert!((messages.never[b] as f64 - want).abs() < 1e-5);
            }
        }
    }
}
