//! What changes a network: machines come and go, infrastructure falls and returns, decoys join, contacts are learnt and forgotten.

use super::{AWAKE, MEMBER, NOWHERE, NodeKind, ROUTABLE, World, holds};
use hydranet_overlay::Role;
use hydranet_topology::{Draw, TrialRng};

impl World {
    /// A machine is cleaned up: its slot is free. Does nothing where there is none.
    pub fn lose(&mut self, v: u32) {
        if !self.is_machine(v) {
            return;
        }
        self.flag(v, MEMBER, false);
        self.len[v as usize] = 0;
        self.stamp[v as usize] = 0;
        self.known.set(v, false);
        self.members -= 1;
        self.free.push_back(v);
    }

    /// Room for new machines: so many slots that there can be `limit` times the machines of the start.
    pub(crate) fn reserve(&mut self, limit: f64, routable_share: f64, rng: &mut TrialRng) {
        let more = ((limit - 1.0) * self.initial as f64).max(0.0) as usize;
        for _ in 0..more {
            let v = self.add(NodeKind::Machine, Role::Peer, NOWHERE);
            self.next.push(u32::MAX);
            self.flags[v as usize] = if rng.chance(routable_share) { ROUTABLE } else { 0 };
            self.live.set(v, false);
            self.free.push_back(v);
        }
    }

    /// Infrastructure is taken out of service, with its name or without: see the operator. Does nothing to other nodes.
    pub fn take(&mut self, v: u32, name_too: bool) {
        if self.kind[v as usize] != NodeKind::Infrastructure {
            return;
        }
        self.flag(v, MEMBER, false);
        self.taken.push((v, name_too));
    }

    /// A node is taken out: infrastructure is seized, a machine is cleaned up, a decoy stays.
    pub fn remove(&mut self, v: u32) {
        match self.kind[v as usize] {
            NodeKind::Machine => self.lose(v),
            NodeKind::Infrastructure => self.take(v, false),
            NodeKind::Decoy => {}
        }
    }

    /// Decoys that name each other, spread over so many providers of their own.
    pub fn add_decoys(&mut self, count: u32, providers: u32) -> Vec<u32> {
        let first = self.provider.iter().copied().filter(|&p| p != NOWHERE).max().map_or(0, |p| p + 1);
        let add = |i| self.add(NodeKind::Decoy, Role::Peer, first + i % providers.max(1));
        let made: Vec<u32> = (0..count).map(add).collect();
        for &v in &made {
            for &u in made.iter().take(self.cap + 1) {
                self.learn(v, u, 0);
            }
        }
        made
    }

    /// Those of the nodes that are decoys are switched off.
    pub fn retire_decoys(&mut self, nodes: &[u32]) {
        for &v in nodes {
            if self.kind[v as usize] == NodeKind::Decoy {
                self.set_awake(v, false);
            }
        }
    }

    /// Infrastructure comes back under its old name.
    pub(crate) fn restore(&mut self, v: u32) {
        self.flag(v, MEMBER, true);
    }

    /// A machine moves into a free slot; its row is empty.
    pub(crate) fn recruit(&mut self, v: u32, now: u32) {
        self.flag(v, MEMBER, true);
        self.len[v as usize] = 0;
        self.reached_at[v as usize] = now;
        self.members += 1;
    }

    /// A node more, live at once. Its provider is its own unless given.
    pub(crate) fn add(&mut self, kind: NodeKind, role: Role, provider: u32) -> u32 {
        let v = self.nodes();
        self.kind.push(kind);
        self.role.push(role);
        self.flags.push(MEMBER | AWAKE | ROUTABLE);
        let n = v as usize + 1;
        self.live.grow(n);
        self.live.set(v, true);
        self.known.grow(n);
        self.rows.resize(n * self.cap, 0);
        self.misses.resize(n * self.cap, 0);
        self.len.push(0);
        self.stamp.push(0);
        self.reached_at.push(0);
        if !self.provider.is_empty() {
            self.provider.push(provider);
        }
        v
    }

    /// Puts a contact on a row, if it is not there, is another node, and there is room; with a cap above 0, if the row names
    /// fewer than so many of its provider. Says whether it did. O(row).
    pub fn learn(&mut self, v: u32, u: u32, provider_cap: u32) -> bool {
        let len = self.len[v as usize] as usize;
        let base = v as usize * self.cap;
        if u == v || len >= self.cap || holds(&self.rows[base..base + len], u) {
            return false;
        }
        if provider_cap > 0 && !self.provider.is_empty() {
            let home = self.provider[u as usize];
            let same = self.rows[base..base + len].iter().filter(|&&w| self.provider[w as usize] == home).count();
            if home != NOWHERE && same >= provider_cap as usize {
                return false;
            }
        }
        self.rows[base + len] = u;
        self.misses[base + len] = 0;
        self.len[v as usize] += 1;
        true
    }

    /// Takes the contact at a place off a row; the last one moves there.
    pub fn forget(&mut self, v: u32, place: usize) {
        let base = v as usize * self.cap;
        let last = self.len[v as usize] as usize - 1;
        self.rows[base + place] = self.rows[base + last];
        self.misses[base + place] = self.misses[base + last];
        self.len[v as usize] = last as u16;
    }

    /// Writes another contact at a place of a row.
    pub fn replace(&mut self, v: u32, place: usize, u: u32) {
        let at = v as usize * self.cap + place;
        self.rows[at] = u;
        self.misses[at] = 0;
    }

    /// Empties a row.
    pub fn forget_all(&mut self, v: u32) {
        self.len[v as usize] = 0;
    }
}
