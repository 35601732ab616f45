//! Ways to set an organisation up: cell trees, value chains of roles, and the shapes between secrecy and efficiency.

mod cell_tree;
mod lindelauf;
mod secrecy;
mod value_chain;

pub use cell_tree::CellTree;
pub use lindelauf::{Shape, shape};
pub use secrecy::{Exposed, Secrecy, best_designs, secrecy};
pub use value_chain::{RolePlan, ValueChain};
