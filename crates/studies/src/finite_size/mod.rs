//! Thresholds against size: how an infinite network would fall.

pub mod figures;
