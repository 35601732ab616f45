//! Broadcast under failure: who hears a command that live nodes hand on.

pub mod figures;
