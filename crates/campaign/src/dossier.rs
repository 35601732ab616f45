//! What is known of the operator at one moment. How it grows is the matter of [`crate::evidence`].

/// What is known of the operator.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dossier {
    /// Log-likelihood ratio, nats.
    pub(crate) nats: f64,
    /// Second of identification.
    pub(crate) identified: Option<u32>,
    /// Second of the arrest, if it comes to that.
    pub(crate) arrest_at: Option<u32>,
}

impl Dossier {
    /// What another dossier says of the same operator.
    pub(crate) fn share(&mut self, other: &Dossier) {
        if self.identified.is_none() {
            (self.identified, self.arrest_at) = (other.identified, other.arrest_at);
        }
    }

    /// Whether the operator is in custody.
    pub(crate) fn arrested(&self, now: u32) -> bool {
        self.arrest_at.is_some_and(|at| at <= now)
    }
}
