//! From the top of the command structure down: what a takedown does that knows who is who. O(n + m).

use crate::RemovalOrder;
use crate::strategy::{Strategy, Task, Ties, Unsuitable, rank};
use hydranet_overlay::{Overlay, Role};
use hydranet_plugin::Plugin;
use hydranet_topology::Invalid;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A role, as a spec names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoleName {
    /// Issues the commands.
    Operator,
    /// A command server.
    Server,
    /// Passes commands on.
    Relay,
    /// Is commanded.
    Peer,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Role {
        match name {
            RoleName::Operator => Role::Operator,
            RoleName::Server => Role::Server,
            RoleName::Relay => Role::Relay,
            RoleName::Peer => Role::Peer,
        }
    }
}

/// Who falls first within one role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Any of them, with equal chances.
    #[default]
    Random,
    /// The one with the highest degree; equals at random.
    Degree,
}

impl Within {
    fn in_words(self) -> &'static str {
        match self {
            Within::Random => "in random order",
            Within::Degree => "by falling degree",
        }
    }
}

/// Parameters of [`ByRole`].
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ByRoleParams {
    /// The roles in the order in which they fall; roles that are left out follow in the default order. The operator is
    /// last by default: servers can be seized, operators must first be identified.
    pub order: Vec<RoleName>,
    /// Who falls first within one role.
    pub within: Within,
}

const DEFAULT_ORDER: [RoleName; 4] = [RoleName::Server, RoleName::Relay, RoleName::Peer, RoleName::Operator];

impl Default for ByRoleParams {
    fn default() -> Self {
        ByRoleParams { order: DEFAULT_ORDER.to_vec(), within: Within::Random }
    }
}

/// Servers first, then relays, then peers.
#[derive(Debug)]
pub struct ByRole {
    /// The score of each role, indexed by `Role as usize`; a higher one falls earlier.
    score: [u32; 4],
    within: Within,
}

impl Strategy for ByRole {
    fn nodes(&self, overlay: &Overlay, task: &mut Task) -> Result<RemovalOrder, Unsuitable> {
        let rng = &mut task.rng;
        let csr = overlay.closure();
        let n = csr.nodes();
        let role = |v: u32| self.score[overlay.role(v) as usize];
        let order = RemovalOrder::nodes(match self.within {
            Within::Random => rank::by_falling_score(n, role, Ties::Random, rng),
            Within::Degree => {
                let mut order = rank::by_falling_score(n, |v| csr.degree(v), Ties::Random, rng);
                order.sort_by_key(|&v| std::cmp::Reverse(role(v))); // stable: the order within a role stays
                order
            }
        });
        // all are peers then, and what looks like knowledge of the command structure is chance, or the degree
        let notes = match overlay.roles() {
            Some(_) => Vec::new(),
            None => vec![format!("role: the network has no roles; its nodes fall {}", self.within.in_words())],
        };
        Ok(RemovalOrder { notes, ..order })
    }
}

impl Default for ByRole {
    fn default() -> Self {
        ByRole::new(ByRoleParams::default()).expect("no role stands twice in the default order")
    }
}

impl Plugin for ByRole {
    type Params = ByRoleParams;
    const NAME: &'static str = "role";
    const ABOUT: &'static str = "servers first, then relays, then peers: the command structure from the top down";
    const EXAMPLE: &'static str = "";

    fn new(params: ByRoleParams) -> Result<ByRole, Invalid> {
        let mut score = [0; 4];
        let mut left = 4;
        for name in params.order.iter().copied() {
            let slot = &mut score[Role::from(name) as usize];
            Invalid::unless(*slot == 0, "order", || format!("the role {} stands twice", Role::from(name)))?;
            (*slot, left) = (left, left - 1);
        }
        for name in DEFAULT_ORDER {
            let slot = &mut score[Role::from(name) as usize];
            if *slot == 0 {
                (*slot, left) = (left, left - 1);
            }
        }
        Ok(ByRole { score, within: params.within })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hydranet_overlay::Csr;
    use hydranet_topology::{Purpose, Trial, trial_rng};

    #[test]
    fn says_where_there_are_no_roles() {
        let task = || Task { rng: trial_rng(1, Trial::order_of(0, 0), Purpose::Order), target: 0.01 };
        let bare = Overlay::symmetric(Csr::empty(3));
        let notes = |overlay: &Overlay| ByRole::default().nodes(overlay, &mut task()).map(|order| order.notes);
        assert!(notes(&bare).expect("an order")[0].contains("no roles; its nodes fall in random order"));
        assert!(notes(&bare.with_roles(vec![Role::Peer; 3])).expect("an order").is_empty());
    }

    fn check(order: Vec<RoleName>, want: [Role; 4]) {
        let roles = vec![Role::Peer, Role::Relay, Role::Operator, Role::Server];
        let overlay = Overlay::symmetric(Csr::empty(4)).with_roles(roles);
        for within in [Within::Random, Within::Degree] {
            let plan = ByRole::new(ByRoleParams { order: order.clone(), within }).unwrap();
            let mut rng = Task::new(trial_rng(1, Trial::network(0), Purpose::Order));
            let crate::Items::Nodes(nodes) = plan.nodes(&overlay, &mut rng).unwrap().items else { unreachable!() };
            assert_eq!(nodes.iter().map(|&v| overlay.role(v)).collect::<Vec<_>>(), want);
        }
    }

    #[test]
    fn roles_fall_in_order() {
        use RoleName as R;
        check(vec![], [Role::Server, Role::Relay, Role::Peer, Role::Operator]);
        check(vec![R::Operator], [Role::Operator, Role::Server, Role::Relay, Role::Peer]);
        check(vec![R::Peer, R::Relay], [Role::Peer, Role::Relay, Role::Server, Role::Operator]);
        let twice = ByRole::new(ByRoleParams { order: vec![R::Peer, R::Peer], within: Within::Random });
        assert!(twice.unwrap_err().reason.contains("twice"));
    }
}
