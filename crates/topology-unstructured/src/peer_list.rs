//! Peer lists kept by exchange: ask a peer you know for some it knows, keep what fits, until nothing changes any more.
//!
//! What it abstracts: the peer lists of networks whose maintenance was published (Rossow et al., *SoK: P2PWNED*, IEEE
//! S&P 2013, and the work that they survey). Once a cycle a peer asks a random entry of its list for some of
//! *its* entries; the one that is asked notes down who asked, if it can be dialled. A full list follows its [`DropRule`].
//! Lists hold up to `entries`; a list starts with `start` uniformly random ones, as a bootstrap server or an installer
//! hands them out.
//!
//! | preset | entries | reply | full list | period |
//! |---|---|---|---|---|
//! | `zeus` | 50 | 10 | `keep`: peers ask only while they lack entries | 30 min |
//! | `sality` | 1,000 | 1 | `keep` | 40 min |
//! | `zeroaccess` | 256 | 16 | `oldest`: the entry heard of longest ago falls | 1 s |
//!
//! (Published structure, abstracted: probing, back-up lists, address filters and signatures are left out. The period
//! only says how long a cycle lasts: the equilibrium does not depend on it.)
//!
//! What comes out is far denser than the start (every list is full: mean degree `entries`, from `start`), and, because
//! who asks is noted, many arcs are answered; who was known early is known widely, so the in-degree is broader than that of random
//! lists of equal length. All three are tests.
//!
//! *Equilibrium*: with `keep`, the moment at which all lists are full, or none has grown for 20 cycles (a peer may know
//! only peers that know nobody else); with the other rules, when lists are full and the mean square of the in-degree has
//! changed by less than 1 % in 5 cycles; after 10,000 cycles in any case. `cycles` fixes their number instead. O(cycles · n · reply · entries / 8) and 8 bytes an entry: 10⁶
//! peers with lists of 50, or 5·10⁴ with lists of 1,000, take seconds.

use crate::parameter_bounds::{between, nodes};
use crate::peer_list_exchange::{Exchange, Rules};
use crate::routable::{self, Routable};
use hydranet_overlay::Overlay;
use hydranet_topology::{Invalid, Plugin, Sizing, Topology, TrialRng};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Published maintenance schemes, by the network that they were published of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PeerListPreset {
    /// 50 entries, 10 a reply, asked for only while entries lack; every 30 min.
    Zeus,
    /// 1,000 entries, 1 a reply, asked for only while entries lack; every 40 min.
    Sality,
    /// 256 entries, the 16 freshest a reply, the stalest falls; every second.
    Zeroaccess,
}

/// What a full list does with a new entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DropRule {
    /// It keeps what it has, and its owner asks no more.
    Keep,
    /// The new entry takes the place of a uniformly random one.
    Random,
    /// Entries carry the time at which somebody last heard of them; the stalest falls, replies name the freshest.
    Oldest,
}

/// Parameters of [`PeerList`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeerListParams {
    /// Number of peers (≥ 2).
    pub n: u32,
    /// A published scheme; what is given beside it takes precedence. `zeus` if left out.
    pub preset: Option<PeerListPreset>,
    /// Most entries of a list, L (1 to the number of dialable peers − 1). The preset's, or all others, if left out.
    pub entries: Option<u32>,
    /// Entries of a reply, r (1 to `entries`). The preset's if left out.
    pub reply: Option<u32>,
    /// What a full list does with a new entry: `keep`, `random` or `oldest`. The preset's if left out.
    pub drop: Option<DropRule>,
    /// Entries that a list starts with (1 to `entries`). 10 if left out, or `entries` if that is less.
    pub start: Option<u32>,
    /// Cycles to run (0 to 1,000,000). To the equilibrium if left out.
    pub cycles: Option<u32>,
    /// Share φ of peers that can be dialled (above 0, at most 1; at least 2 peers). Lists hold only these.
    #[serde(default = "routable::all")]
    pub routable_share: f64,
}

/// Lists at their equilibrium. See the module's page.
#[derive(Debug, Clone)]
pub struct PeerList {
    n: u32,
    routable: u32,
    start: u32,
    cycles: Option<u32>,
    rules: Rules,
}

impl Plugin for PeerList {
    type Params = PeerListParams;
    const NAME: &'static str = "peer-list";
    const SIZE: Option<Sizing> = Some(Sizing::N);
    const ABOUT: &'static str =
        "lists kept by asking peers for the peers they know, run to equilibrium (Rossow et al. 2013)";
    const EXAMPLE: &'static str = "n = 500\npreset = \"zeus\"\nroutable_share = 0.4";

    fn new(p: PeerListParams) -> Result<PeerList, Invalid> {
        nodes(p.n, 2)?;
        let routable = routable::count(p.n, p.routable_share)?;
        let (entries, reply, drop) = match p.preset.unwrap_or(PeerListPreset::Zeus) {
            PeerListPreset::Zeus => (50, 10, DropRule::Keep),
            PeerListPreset::Sality => (1000, 1, DropRule::Keep),
            PeerListPreset::Zeroaccess => (256, 16, DropRule::Oldest),
        };
        let entries = p.entries.unwrap_or(entries.min(routable - 1));
        routable::list("entries", entries, p.n, routable)?;
        let reply = p.reply.unwrap_or(reply.min(entries));
        between("reply", reply, 1, entries, "the number of entries in a reply")?;
        let start = p.start.unwrap_or(10.min(entries));
        between("start", start, 1, entries, "the number of entries at the start")?;
        if let Some(cycles) = p.cycles {
            between("cycles", cycles, 0, 1_000_000, "the number of cycles")?;
        }
        let rules = Rules { entries, reply, drop: p.drop.unwrap_or(drop) };
        Ok(PeerList { n: p.n, routable, start, cycles: p.cycles, rules })
    }
}

/// Cycles after which an equilibrium is waited for no longer.
const MOST_CYCLES: u32 = 10_000;

impl Topology for PeerList {
    fn generate(&self, rng: &mut TrialRng) -> Overlay {
        let routable = Routable::draw(self.n, self.routable, rng);
        let mut lists = Exchange::start(self.n, self.start, self.rules, routable, rng);
        match self.cycles {
            Some(cycles) => (1..=cycles).for_each(|now| lists.cycle(now, rng)),
            None => lists.settle(MOST_CYCLES, rng),
        }
        lists.into_network()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{arcs, close, draw, fingerprint, largest_strong, moments, reciprocity, refuses};

    fn p(n: u32, entries: u32, reply: u32, drop: DropRule) -> PeerListParams {
        PeerListParams {
            n,
            preset: None,
            entries: Some(entries),
            reply: Some(reply),
            drop: Some(drop),
            start: Some(4.min(entries)),
            cycles: None,
            routable_share: 1.0,
        }
    }

    #[test]
    fn refusals() {
        refuses::<PeerList>(p(1, 1, 1, DropRule::Keep), "n", "not 1");
        refuses::<PeerList>(p(9, 9, 1, DropRule::Keep), "entries", "1 to 8 here, not 9");
        refuses::<PeerList>(p(9, 5, 6, DropRule::Keep), "reply", "1 to 5 here, not 6");
        let start = PeerListParams { start: Some(6), ..p(9, 5, 2, DropRule::Keep) };
        refuses::<PeerList>(start, "start", "1 to 5 here, not 6");
        let nobody = PeerListParams { routable_share: 0.2, ..p(20, 4, 1, DropRule::Keep) };
        refuses::<PeerList>(
            nobody,
            "entries",
            "1 to 3 here, not 4: lists hold others that can be dialled, and 4 of 20",
        );
    }

    #[test]
    fn golden() {
        let few = PeerListParams { start: Some(1), ..p(5, 2, 1, DropRule::Oldest) };
        assert_eq!(arcs(&draw::<PeerList>(few, 0)), ARCS);
        for (rule, want) in [DropRule::Keep, DropRule::Random, DropRule::Oldest].into_iter().zip(FINGERPRINTS) {
            let params = PeerListParams { routable_share: 0.5, ..p(300, 20, 5, rule) };
            assert_eq!(fingerprint(&draw::<PeerList>(params, 0)), want, "{rule:?}");
        }
    }
    #[rustfmt::skip]
    const ARCS: [[u32; 2]; 10] = [[0, 3], [0, 4], [1, 2], [1, 3], [2, 1], [2, 3], [3, 0], [3, 1], [4, 0], [4, 3]];
    const FINGERPRINTS: [(u64, u64); 3] =
        [(6000, 16909633306598031271), (6000, 1226826347548900631), (6000, 12870539178435234528)];

    #[test]
    fn the_equilibrium_is_far_denser_than_the_start() {
        for rule in [DropRule::Keep, DropRule::Random, DropRule::Oldest] {
            let start = draw::<PeerList>(PeerListParams { cycles: Some(0), ..p(5000, 50, 10, rule) }, 1);
            let settled = draw::<PeerList>(p(5000, 50, 10, rule), 1);
            assert_eq!((moments(start.out()), moments(settled.out())), ((4.0, 0.0), (50.0, 0.0)), "{rule:?}");
            assert_eq!(largest_strong(&settled), 5000, "{rule:?}");
            // random lists of 50: variance 50, reciprocity 1 %
            let (_, variance) = moments(settled.incoming());
            let answered = reciprocity(settled.out());
            match rule {
                DropRule::Keep => assert!(variance > 200.0 && answered > 0.1, "{rule:?}: {variance}, {answered}"),
                DropRule::Random => assert!(variance > 75.0 && answered > 0.02, "{rule:?}: {variance}, {answered}"),
                DropRule::Oldest => assert!(answered > 0.02, "{rule:?}: {variance}, {answered}"),
            }
        }
    }

    #[test]
    fn who_asks_is_known_so_that_few_are_unknown() {
        // random lists of 4 leave e^−4 unknown; one cycle in which everybody asks leaves less than a thousandth
        let after =
            |cycles| draw::<PeerList>(PeerListParams { cycles: Some(cycles), ..p(20_000, 50, 1, DropRule::Keep) }, 2);
        let unknown = |cycles| {
            let network = after(cycles);
            (0..20_000).filter(|&v| network.incoming().degree(v) == 0).count() as f64
        };
        close("at the start", unknown(0), 20_000.0 * (-4f64).exp(), 100.0);
        assert_eq!(unknown(1), 0.0, "lists have room: everybody that asks is noted down");
    }

    #[test]
    fn only_dialable_peers_are_listed() {
        let network = draw::<PeerList>(PeerListParams { routable_share: 0.3, ..p(3000, 30, 10, DropRule::Random) }, 3);
        let routable = network.routable().unwrap();
        assert_eq!(routable.iter().filter(|r| **r).count(), 900);
        assert!(network.out().targets().iter().all(|&v| routable[v as usize]));
        assert!((0..3000).all(|v| network.out().degree(v) == 30));
    }

    #[test]
    fn presets_have_their_published_size() {
        for (preset, entries) in
            [(PeerListPreset::Zeus, 50), (PeerListPreset::Sality, 1000), (PeerListPreset::Zeroaccess, 256)]
        {
            let params = PeerListParams {
                preset: Some(preset),
                entries: None,
                reply: None,
                drop: None,
                start: None,
                ..p(1500, 1, 1, DropRule::Keep)
            };
            let network = draw::<PeerList>(params, 4);
            let full = (0..1500).filter(|&v| network.out().degree(v) == entries).count();
            assert!(full > 1450 && (0..1500).all(|v| network.out().degree(v) <= entries), "{preset:?}: {full} full");
        }
    }
}
