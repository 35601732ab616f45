//! What is known of the operator at one moment. How it grows is the matter of [`crate::evidence`].

/// What is known of the operator, and held against a suspect who is not.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dossier {
    /// Log-likelihood ratio, nats.
    pub(crate) nats: f64,
    /// Second of identification.
    pub(crate) identified: Option<u32>,
    /// Second of the arrest, if it comes to that.
    pub(crate) arrest_at: Option<u32>,
    /// Log-likelihood ratio of the suspect, nats.
    pub(crate) suspect: f64,
    /// Second at which the suspect was named.
    pub(crate) misidentified: Option<u32>,
}

impl Dossier {
    /// Whether the operator is in custody.
    pub(crate) fn arrested(&self, now: u32) -> bool {
        self.arrest_at.is_some_and(|at| at <= now)
    }
}

/// A dossier, and observations that nobody has looked at yet.
#[derive(Debug, Clone, Default)]
pub(crate) struct File {
    pub(crate) dossier: Dossier,
    pub(crate) waiting: f64,
}
