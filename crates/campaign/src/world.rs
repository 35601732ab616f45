//! The state of one network: flat arrays, one entry a node.
//!
//! A node is a *machine* (infected, comes and goes), a piece of *infrastructure* (server, operator, rented relay: on
//! until taken), or a *decoy* (run by the defender: answers, names other decoys, passes no command on). Every node has
//! one row of contacts: whom it calls. Commands run both ways along a call.
//!
//! Invariant: rows hold only nodes that can be dialled, no node twice, and never the node itself.

mod changes;

use crate::bits::Bits;
use hydranet_overlay::memory::spread_zeros;
use hydranet_overlay::{Csr, Overlay, Role, Sources};
use hydranet_topology::{Draw, TrialRng};
use std::collections::VecDeque;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum NodeKind {
    /// An infected machine.
    Machine,
    /// Rented: a server, the operator, a relay of a command structure.
    Infrastructure,
    /// The defender's: a sinkhole or Sybil node.
    Decoy,
}

/// Part of the network: an infected machine, or infrastructure in service.
const MEMBER: u8 = 1;
/// Switched on.
const AWAKE: u8 = 2;
/// Can be dialled.
const ROUTABLE: u8 = 4;
/// Its provider has been disconnected.
const CUT: u8 = 8;
/// Commands enter here.
const SOURCE: u8 = 16;

/// The provider of a node of which none is known.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// One network at one moment.
#[derive(Debug, Clone)]
pub struct World {
    /// Longest row, contacts.
    pub(crate) cap: usize,
    pub(crate) kind: Vec<NodeKind>,
    pub(crate) role: Vec<Role>,
    flags: Vec<u8>,
    /// Online members and decoys.
    pub(crate) live: Bits,
    pub(crate) rows: Vec<u32>,
    pub(crate) misses: Vec<u8>,
    pub(crate) len: Vec<u16>,
    pub(crate) provider: Vec<u32>,
    /// Second at which a slot of the first overlay comes or goes next; later nodes do neither.
    pub(crate) next: Vec<u32>,
    /// Second of the newest command that a node has, plus 1; 0 is none.
    pub(crate) stamp: Vec<u32>,
    /// Second at which a node was last within the operator's reach.
    pub(crate) reached_at: Vec<u32>,
    /// Slots without a machine, longest free first.
    pub(crate) free: VecDeque<u32>,
    /// What the defender has found.
    pub(crate) known: Bits,
    /// Whether commands may enter at any one node, whichever reaches most.
    pub(crate) any_source: bool,
    /// Whether rows of machines are server lists (kept by the operator) or peer lists (kept by the machines).
    pub(crate) centralized: bool,
    /// Length of a new machine's list of servers.
    pub(crate) servers_per_peer: usize,
    /// Machines at the start.
    pub(crate) initial: u32,
    /// Machines now.
    pub(crate) members: u32,
    /// Infrastructure taken: node, and whether its name is gone too. Emptied by the operator.
    pub(crate) taken: Vec<(u32, bool)>,
}

impl World {
    /// The network that an overlay describes, with rows of at most `cap` contacts (where machines hang on infrastructure:
    /// as many as they have there, and `room` at least).
    ///
    /// Rows that are longer are cut at random; contacts that cannot be dialled are left out. Where machines hang on
    /// infrastructure their rows name infrastructure only. O(n + m).
    pub(crate) fn new(overlay: &Overlay, [cap, room]: [usize; 2], routable_share: f64, rng: &mut TrialRng) -> World {
        let n = overlay.nodes() as usize;
        let commanded_by_servers =
            overlay.roles().is_some_and(|r| r.iter().any(|r| matches!(r, Role::Operator | Role::Server)));
        let rented = |v: u32| commanded_by_servers && overlay.role(v) != Role::Peer;
        let mut flags = vec![0u8; n];
        for v in 0..n as u32 {
            let dialled = rented(v) || overlay.routable().map_or_else(|| rng.chance(routable_share), |r| r[v as usize]);
            flags[v as usize] = MEMBER | if dialled { ROUTABLE } else { 0 };
        }
        if let Sources::Nodes(list) = overlay.sources() {
            list.iter().for_each(|&v| flags[v as usize] |= SOURCE);
        }
        let closure = if commanded_by_servers { overlay.closure() } else { overlay.out() };
        let calls = |v: u32| {
            let dialled = |u: &&u32| flags[**u as usize] & ROUTABLE != 0 && (!commanded_by_servers || rented(**u));
            closure.row(v).iter().filter(dialled).copied()
        };
        let longest = || (0..n as u32).map(|v| calls(v).count()).max().unwrap_or(1).max(room);
        let cap = if commanded_by_servers { longest() } else { cap }.max(1);
        assert!(cap <= u16::MAX as usize, "a row of {cap} contacts: at most 65535");
        let mut world = World {
            cap,
            kind: (0..n as u32).map(|v| if rented(v) { NodeKind::Infrastructure } else { NodeKind::Machine }).collect(),
            role: (0..n as u32).map(|v| overlay.role(v)).collect(),
            live: Bits::new(n),
            rows: spread_zeros(n * cap),
            misses: spread_zeros(n * cap),
            len: vec![0; n],
            provider: overlay.provider().map_or_else(Vec::new, <[u32]>::to_vec),
            next: vec![u32::MAX; n],
            stamp: vec![0; n],
            reached_at: vec![0; n],
            free: VecDeque::new(),
            known: Bits::new(n),
            any_source: *overlay.sources() == Sources::AnyNode,
            centralized: commanded_by_servers,
            servers_per_peer: 1,
            initial: 0,
            members: 0,
            taken: Vec::new(),
            flags: Vec::new(),
        };
        let mut row = Vec::new();
        for v in 0..n as u32 {
            row.clear();
            row.extend(calls(v));
            if row.len() > cap {
                rng.shuffle(&mut row);
                row.truncate(cap);
            }
            world.len[v as usize] = row.len() as u16;
            world.rows[v as usize * cap..][..row.len()].copy_from_slice(&row);
        }
        world.flags = flags;
        for v in 0..n as u32 {
            match world.kind[v as usize] {
                NodeKind::Machine => {
                    world.initial += 1;
                    world.servers_per_peer = world.servers_per_peer.max(world.len[v as usize] as usize);
                }
                _ => world.set_awake(v, true),
            }
        }
        world.members = world.initial;
        world
    }

    /// What a node is.
    pub fn kind(&self, v: u32) -> NodeKind {
        self.kind[v as usize]
    }

    /// Its place in the command structure.
    pub fn role(&self, v: u32) -> Role {
        self.role[v as usize]
    }

    /// Who hosts it, where that is known.
    pub fn provider(&self, v: u32) -> Option<u32> {
        self.provider.get(v as usize).copied().filter(|&p| p != NOWHERE)
    }

    /// Whether the network says at all who hosts its nodes.
    pub fn knows_providers(&self) -> bool {
        !self.provider.is_empty()
    }

    /// Whether machines hang on infrastructure: their rows are lists of servers, kept by the operator. Otherwise they are
    /// lists of peers, kept by the machines.
    pub fn is_centralized(&self) -> bool {
        self.centralized
    }

    /// Whether the defender has found it.
    pub fn is_known(&self, v: u32) -> bool {
        self.known.has(v)
    }

    /// The defender has found it.
    pub fn mark_known(&mut self, v: u32) {
        self.known.set(v, true);
    }

    /// Number of slots for machines: nodes below it can hold one, later nodes were added as something else.
    pub fn slots(&self) -> u32 {
        self.next.len() as u32
    }

    /// Number of nodes that there are or ever were.
    pub fn nodes(&self) -> u32 {
        self.flags.len() as u32
    }

    /// Memory that one node takes, bytes.
    pub fn bytes_per_node(&self) -> usize {
        let provider = if self.provider.is_empty() { 0 } else { 4 };
        self.cap * 5 + 1 + 1 + 1 + 2 + 4 + 4 + 4 + provider + 1
    }

    /// Whom a node calls.
    pub fn row(&self, v: u32) -> &[u32] {
        &self.rows[v as usize * self.cap..][..self.len[v as usize] as usize]
    }

    /// Whether a node is there, on, and connected.
    pub fn is_live(&self, v: u32) -> bool {
        self.live.has(v)
    }

    /// Whether there is an infected machine in the slot, on or off.
    pub fn is_machine(&self, v: u32) -> bool {
        self.kind[v as usize] == NodeKind::Machine && self.flags[v as usize] & MEMBER != 0
    }

    /// Whether it is infrastructure in service.
    pub fn in_service(&self, v: u32) -> bool {
        self.kind[v as usize] == NodeKind::Infrastructure && self.live.has(v)
    }

    pub(crate) fn is_awake(&self, v: u32) -> bool {
        self.flags[v as usize] & AWAKE != 0
    }

    /// Whether it can be dialled.
    pub fn is_routable(&self, v: u32) -> bool {
        self.flags[v as usize] & ROUTABLE != 0
    }

    pub(crate) fn is_source(&self, v: u32) -> bool {
        self.flags[v as usize] & SOURCE != 0
    }

    #[inline]
    fn flag(&mut self, v: u32, flag: u8, on: bool) {
        let flags = &mut self.flags[v as usize];
        *flags = if on { *flags | flag } else { *flags & !flag };
        let live = *flags & (MEMBER | AWAKE | CUT) == MEMBER | AWAKE;
        self.live.set(v, live);
    }

    pub(crate) fn set_awake(&mut self, v: u32, on: bool) {
        self.flag(v, AWAKE, on);
    }

    /// Whether its provider is disconnected.
    pub fn set_cut(&mut self, v: u32, on: bool) {
        self.flag(v, CUT, on);
    }

    pub(crate) fn set_source(&mut self, v: u32, on: bool) {
        self.flag(v, SOURCE, on);
    }

    /// Infrastructure in service of a role, ascending.
    pub fn servers(&self, role: Option<Role>) -> Vec<u32> {
        (0..self.nodes()).filter(|&v| self.in_service(v) && role.is_none_or(|r| self.role[v as usize] == r)).collect()
    }

    /// Machines, on or off, ascending.
    pub fn machines(&self) -> Vec<u32> {
        (0..self.nodes()).filter(|&v| self.is_machine(v)).collect()
    }

    /// The network as an overlay, for strategies: members, their calls, roles and providers. Row i is node `ids[i]`.
    pub fn overlay(&self) -> (Overlay, Vec<u32>) {
        let ids: Vec<u32> = (0..self.nodes()).filter(|&v| self.is_machine(v) || self.in_service(v)).collect();
        let mut place = vec![u32::MAX; self.nodes() as usize];
        ids.iter().enumerate().for_each(|(i, &v)| place[v as usize] = i as u32);
        let mut arcs = Vec::new();
        for (i, &v) in ids.iter().enumerate() {
            let there = self.row(v).iter().map(|&u| place[u as usize]).filter(|&u| u != u32::MAX);
            arcs.extend(there.map(|u| [i as u32, u]));
        }
        let (csr, _) = Csr::from_edges(ids.len() as u32, &arcs);
        let mut overlay = Overlay::symmetric(csr).with_roles(ids.iter().map(|&v| self.role[v as usize]).collect());
        if !self.provider.is_empty() {
            overlay = overlay.with_provider(ids.iter().map(|&v| self.provider[v as usize]).collect());
        }
        (overlay, ids)
    }
}

/// Whether a row names a node: eight comparisons at a time.
#[inline]
pub(crate) fn holds(row: &[u32], u: u32) -> bool {
    let (chunks, rest) = row.as_chunks::<8>();
    chunks.iter().any(|c| c.iter().fold(false, |found, &w| found | (w == u))) | rest.contains(&u)
}
