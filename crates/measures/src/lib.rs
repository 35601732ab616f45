#![doc = include_str!("../README.md")]

pub mod centrality;
pub mod clustering;
pub mod components;
pub mod induced;
pub mod measure;
pub mod paths;
#[cfg(test)]
mod reference;
pub mod spectrum;
pub mod strong;
#[cfg(test)]
mod testing;
