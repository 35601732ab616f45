#![doc = include_str!("../README.md")]

pub mod broadcast;
pub mod directed;
pub mod directed_measure;
pub mod discovery;
pub mod interference;
pub mod iterative;
pub mod knowledge;
pub mod lookup;
pub mod out_reach;
#[cfg(test)]
mod testing;
