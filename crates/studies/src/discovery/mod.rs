//! Discovery: what crawlers and sensors learn of a network, and what a takedown does that knows only that.

pub mod figures;
