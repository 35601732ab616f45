//! Lookups under failure: whether nodes still find each other.

pub mod figures;
