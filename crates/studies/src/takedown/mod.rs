//! Takedowns of one network at a time: what is left, against what was removed.

pub mod figures;
