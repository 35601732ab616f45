//! Cases from the field: campaigns fitted to published observations.

pub mod figures;
