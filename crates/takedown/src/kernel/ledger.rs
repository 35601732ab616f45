//! The books that the kernel keeps while components appear, grow and merge.
//!
//! The kernel reports each change once; what is derived from it (S1, S2, Σs², reach) lives here. A [`Ledger`] is chosen
//! at compile time, so that a curve of S1 alone pays for nothing else.

use crate::Curve;
use crate::bits::Bits;
use hydranet_overlay::{Overlay, Role, Sources};

/// Who counts as a peer, and where commands come from.
#[derive(Debug, Clone)]
pub struct Command {
    peers: u32,
    /// One bit a node; `None` when every node is a peer.
    peer: Option<Bits>,
    /// One bit a node; `None` when any node will do.
    source: Option<Bits>,
}

impl Command {
    /// Reads roles and sources. O(n).
    pub fn of(overlay: &Overlay) -> Command {
        let n = overlay.nodes();
        let peer = overlay.roles().map(|roles| Bits::from_fn(n, |v| roles[v as usize] == Role::Peer));
        let source = match overlay.sources() {
            Sources::AnyNode => None,
            Sources::Nodes(list) => {
                let mut bits = Bits::from_fn(n, |_| false);
                list.iter().for_each(|&v| bits.set(v));
                Some(bits)
            }
        };
        Command { peers: overlay.peers(), peer, source }
    }

    #[inline]
    fn is_peer(&self, v: u32) -> bool {
        self.peer.as_ref().is_none_or(|bits| bits.get(v))
    }

    #[inline]
    fn is_source(&self, v: u32) -> bool {
        self.source.as_ref().is_some_and(|bits| bits.get(v))
    }
}

/// What the kernel tells about every change. A component is known by its *root*, a member that the kernel chooses; the
/// core is none of these and known by itself.
pub(super) trait Ledger {
    /// A node has come alive by itself: a new component of one, rooted at itself.
    fn appear(&mut self, v: u32);
    /// The component of `gone` (of size `gone_size`) has been merged into that of `root` (of size `root_size` before).
    /// `gone_size ≤ root_size`, except that either may be a single node.
    fn merge(&mut self, root: u32, root_size: u32, gone: u32, gone_size: u32);
    /// A node has come alive in the core.
    fn join_core(&mut self, v: u32);
    /// The component of `root` has become the core, or part of it.
    fn fall_into_core(&mut self, root: u32, size: u32);
    /// The state of affairs belongs to `removed` = q.
    fn record(&mut self, removed: usize);
}

/// S1 alone.
pub(super) struct LargestOnly {
    largest: u32,
    core: u32,
    values: Vec<u32>,
}

impl LargestOnly {
    pub(super) fn new(steps: usize) -> LargestOnly {
        LargestOnly { largest: 0, core: 0, values: vec![0; steps + 1] }
    }
    pub(super) fn into_values(self) -> Vec<u32> {
        self.values
    }
}

impl Ledger for LargestOnly {
    #[inline]
    fn appear(&mut self, _: u32) {
        self.largest = self.largest.max(1);
    }
    #[inline]
    fn merge(&mut self, _: u32, root_size: u32, _: u32, gone_size: u32) {
        // going backwards components only grow: the largest ever seen is the largest now
        self.largest = self.largest.max(root_size + gone_size);
    }
    #[inline]
    fn join_core(&mut self, _: u32) {
        self.core += 1;
        self.largest = self.largest.max(self.core);
    }
    #[inline]
    fn fall_into_core(&mut self, _: u32, size: u32) {
        self.core += size;
        self.largest = self.largest.max(self.core);
    }
    #[inline]
    fn record(&mut self, removed: usize) {
        self.values[removed] = self.largest;
    }
}

/// S1, S2, Σs² and reach.
pub(super) struct Everything<'c> {
    command: &'c Command,
    curve: Curve,
    sizes: Sizes,
    sum_squares: u64,
    core: u32,
    /// Peers of the component of each root; unused where every node is a peer.
    peers_of: Vec<u32>,
    /// Whether the component of each root has a live source.
    commanded: Bits,
    core_peers: u32,
    core_commanded: bool,
    reach: u32,
}

impl<'c> Everything<'c> {
    pub(super) fn new(nodes: u32, steps: usize, command: &'c Command) -> Everything<'c> {
        let n = nodes as usize;
        Everything {
            command,
            curve: Curve {
                nodes,
                peers: command.peers,
                largest: vec![0; steps + 1],
                second: vec![0; steps + 1],
                sum_squares: vec![0; steps + 1],
                reach: vec![0; steps + 1],
            },
            sizes: Sizes::new(nodes),
            sum_squares: 0,
            core: 0,
            peers_of: if command.peer.is_some() { vec![0; n] } else { Vec::new() },
            commanded: Bits::from_fn(if command.source.is_some() { nodes } else { 0 }, |_| false),
            core_peers: 0,
            core_commanded: false,
            reach: 0,
        }
    }

    pub(super) fn into_curve(self) -> Curve {
        self.curve
    }

    #[inline]
    fn peers_in(&self, root: u32, size: u32) -> u32 {
        if self.command.peer.is_some() { self.peers_of[root as usize] } else { size }
    }

    /// Counts the peers of two components that have become one.
    #[inline]
    fn join_reach(&mut self, peers: [u32; 2], commanded: [bool; 2]) {
        if self.command.source.is_none() {
            // any node can inject: the best one reaches the component with the most peers
            self.reach = self.reach.max(peers[0] + peers[1]);
        } else if commanded[0] != commanded[1] {
            self.reach += if commanded[0] { peers[1] } else { peers[0] };
        }
    }
}

impl Ledger for Everything<'_> {
    #[inline]
    fn appear(&mut self, v: u32) {
        self.sizes.insert(1);
        self.sum_squares += 1;
        let peer = self.command.is_peer(v) as u32;
        if self.command.peer.is_some() {
            self.peers_of[v as usize] = peer;
        }
        if self.command.source.is_none() {
            self.reach = self.reach.max(peer);
        } else if self.command.is_source(v) {
            self.commanded.set(v);
            self.reach += peer;
        }
    }

    #[inline]
    fn merge(&mut self, root: u32, root_size: u32, gone: u32, gone_size: u32) {
        let (big, small) = (root_size.max(gone_size), root_size.min(gone_size));
        self.sizes.remove(small);
        self.sizes.grow(big, big + small);
        self.sum_squares += 2 * root_size as u64 * gone_size as u64;
        let peers = [self.peers_in(root, root_size), self.peers_in(gone, gone_size)];
        let mut commanded = [false; 2];
        if self.command.source.is_some() {
            commanded = [self.commanded.get(root), self.commanded.get(gone)];
            if commanded[1] {
                self.commanded.clear(gone);
                self.commanded.set(root);
            }
        }
        self.join_reach(peers, commanded);
        if self.command.peer.is_some() {
            self.peers_of[root as usize] = peers[0] + peers[1];
        }
    }

    #[inline]
    fn join_core(&mut self, v: u32) {
        let peer = self.command.is_peer(v) as u32;
        self.join_reach([self.core_peers, peer], [self.core_commanded, false]);
        self.sum_squares += 2 * self.core as u64 + 1;
        self.core += 1;
        self.core_peers += peer;
        if self.command.is_source(v) && !self.core_commanded {
            self.core_commanded = true;
            self.reach += self.core_peers;
        }
    }

    fn fall_into_core(&mut self, root: u32, size: u32) {
        self.sizes.remove(size);
        let peers = self.peers_in(root, size);
        let commanded = self.command.source.is_some() && self.commanded.get(root);
        self.join_reach([self.core_peers, peers], [self.core_commanded, commanded]);
        self.sum_squares += 2 * self.core as u64 * size as u64;
        self.core += size;
        self.core_peers += peers;
        self.core_commanded |= commanded;
    }

    #[inline]
    fn record(&mut self, removed: usize) {
        let (largest, second) = self.sizes.top_two_with(self.core);
        self.curve.largest[removed] = largest;
        self.curve.second[removed] = second;
        self.curve.sum_squares[removed] = self.sum_squares;
        self.curve.reach[removed] = self.reach;
    }
}

/// The sizes of all components but the core: how many of each size, and the two largest.
///
/// A pointer moves down past sizes that no component has. It moves at most as far as the component that went away was
/// large, and that one has merged with a larger one or has fallen into the core: O(n log n) steps in all, few in practice.
struct Sizes {
    /// Untouched pages of this array never become real memory.
    count: Vec<u32>,
    first: u32,
    second: u32,
}

impl Sizes {
    fn new(nodes: u32) -> Sizes {
        Sizes { count: vec![0; nodes as usize + 1], first: 0, second: 0 }
    }

    #[inline]
    fn insert(&mut self, size: u32) {
        self.count[size as usize] += 1;
        if size >= self.first {
            (self.first, self.second) = (size, self.first);
        } else if size > self.second {
            self.second = size;
        }
    }

    #[inline]
    fn remove(&mut self, size: u32) {
        self.count[size as usize] -= 1;
        if size == self.first {
            self.first = self.second;
            self.second = if self.count[self.first as usize] >= 2 { self.first } else { self.below(self.first) };
        } else if size == self.second && self.count[size as usize] == 0 {
            self.second = self.below(size);
        }
    }

    /// One component of size `from` becomes larger.
    #[inline]
    fn grow(&mut self, from: u32, to: u32) {
        self.count[from as usize] -= 1;
        self.count[to as usize] += 1;
        if from == self.first {
            // another of that size is the second already
            self.first = to;
        } else if to >= self.first {
            (self.first, self.second) = (to, self.first);
        } else if to > self.second {
            self.second = to;
        }
    }

    fn below(&self, size: u32) -> u32 {
        let mut s = size.saturating_sub(1);
        while s > 0 && self.count[s as usize] == 0 {
            s -= 1;
        }
        s
    }

    #[inline]
    fn top_two_with(&self, core: u32) -> (u32, u32) {
        if core >= self.first { (core, self.first) } else { (self.first, self.second.max(core)) }
    }
}
