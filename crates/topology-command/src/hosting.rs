//! Where the machines stand: the parameters `providers` and `provider_exponent` that every model of this crate has.
//!
//! What the operator rents (operator, servers, relays) is placed at hosting providers, independently, with
//! P(provider of rank r) ∝ r^−exponent: a few large providers host most of it, so that one action against a provider
//! takes several servers at once. Provider r has the number r − 1. Peers are other people's machines on access lines:
//! each is a provider of its own (numbers from `providers` on), and no action against a hosting provider touches them.
//! Where the structure is made of infected machines alone ([`crate::SuperPeer`]) every machine is placed, at one of
//! `providers` access networks.
//!
//! Providers are drawn after everything else, so that the same trial has the same links with and without them.

use crate::power_law::PowerLaw;
use hydranet_overlay::{Overlay, Role};
use hydranet_topology::{Invalid, TrialRng};

/// Serde default of `provider_exponent`: Zipf's law.
pub(crate) fn zipf() -> f64 {
    1.0
}

/// The law by which machines are placed, if providers are modelled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hosting(Option<(u32, PowerLaw)>);

impl Hosting {
    /// Checks `providers` and `provider_exponent` for a network of so many nodes.
    pub(crate) fn new(providers: Option<u32>, exponent: f64, nodes: u128) -> Result<Hosting, Invalid> {
        let count = providers.unwrap_or(1);
        Invalid::unless(count >= 1, "providers", || "must be at least 1, not 0; leave it out for no providers".into())?;
        let fits = nodes + count as u128 <= u32::MAX as u128;
        Invalid::unless(fits, "providers", || {
            format!("{count} providers and up to {nodes} machines cannot be told apart by 32-bit numbers")
        })?;
        let law = PowerLaw::new("provider_exponent", exponent, 1, count)?;
        Ok(Hosting(providers.map(|_| (count, law))))
    }

    /// Places what the operator rents; every peer is a provider of its own.
    pub(crate) fn place_rented(&self, network: Overlay, rng: &mut TrialRng) -> Overlay {
        let Some((count, law)) = self.0 else { return network };
        let mut home = count;
        let place = |v| {
            if network.role(v) != Role::Peer {
                return law.draw(rng) - 1;
            }
            home += 1;
            home - 1
        };
        let provider = (0..network.nodes()).map(place).collect();
        network.with_provider(provider)
    }

    /// Places every machine.
    pub(crate) fn place_all(&self, network: Overlay, rng: &mut TrialRng) -> Overlay {
        let Some((_, law)) = self.0 else { return network };
        let provider = (0..network.nodes()).map(|_| law.draw(rng) - 1).collect();
        network.with_provider(provider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::rng;
    use hydranet_overlay::Csr;

    fn network() -> Overlay {
        let roles = (0..20_000).map(|v| if v % 2 == 0 { Role::Server } else { Role::Peer }).collect();
        Overlay::symmetric(Csr::empty(20_000)).with_roles(roles)
    }

    #[test]
    fn rented_machines_share_providers_and_peers_do_not() {
        let hosting = Hosting::new(Some(4), 1.0, 20_000).unwrap();
        let placed = hosting.place_rented(network(), &mut rng(0));
        let provider = placed.provider().unwrap();
        // Zipf on 4 ranks: 12/25, 6/25, 4/25, 3/25 of 10,000 servers; four standard deviations
        for (rank, want) in [4800.0, 2400.0, 1600.0, 1200.0f64].into_iter().enumerate() {
            let got = provider.iter().filter(|p| **p == rank as u32).count() as f64;
            assert!(
                (got - want).abs() < 4.0 * (want * (1.0 - want / 10_000.0)).sqrt(),
                "rank {rank}: {got} for {want}"
            );
        }
        let homes: Vec<u32> = (1..20_000).step_by(2).map(|v| provider[v]).collect();
        assert!(homes.into_iter().eq(4..10_004));
        assert!(hosting.place_all(network(), &mut rng(0)).provider().unwrap().iter().all(|p| *p < 4));
    }

    #[test]
    fn no_providers_unless_asked() {
        let hosting = Hosting::new(None, 1.0, 20_000).unwrap();
        assert!(hosting.place_rented(network(), &mut rng(0)).provider().is_none());
        assert!(hosting.place_all(network(), &mut rng(0)).provider().is_none());
        for (providers, exponent, blamed) in
            [(Some(0), 1.0, "providers"), (Some(3), -1.0, "provider_exponent"), (Some(u32::MAX), 1.0, "providers")]
        {
            assert_eq!(Hosting::new(providers, exponent, 10).unwrap_err().param, blamed);
        }
    }
}
