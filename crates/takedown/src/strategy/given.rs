//! Strategies that look at no links: chance, what is known of the nodes, or an order that is given.

mod order_file;
mod provider;
mod random;
mod role;

pub use order_file::{OrderFile, OrderFileParams};
pub use provider::{Hosts, Provider, ProviderParams};
pub use random::{Random, RandomParams};
pub use role::{ByRole, ByRoleParams, RoleName, Within};
