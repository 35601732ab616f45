#![doc = include_str!("../README.md")]

mod by_treatment;
mod cells;

pub mod broadcast;
pub mod campaign;
pub mod discovery;
pub mod field_case;
pub mod finite_size;
pub mod lookup;
pub mod takedown;
