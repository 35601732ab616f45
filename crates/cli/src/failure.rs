//! How a run ends when it does not end well.

use crate::output::note;
use miette::{Diagnostic, LabeledSpan, NamedSource, Severity, SourceCode};
use std::process::ExitCode;

/// What went wrong, by what the user should do about it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is wrong: exit code 2.
    BadInput(String),
    /// A spec is wrong, at a place that can be shown: exit code 2.
    BadSpec(hydranet_montecarlo::SpecError),
    /// The input is fine and something failed: exit code 1.
    Failed(String),
    /// There is more to do before this can be done: exit code 3.
    Incomplete(String),
    /// Ctrl-C: exit code 130. What is said is what was kept.
    Interrupted(String),
    /// SIGTERM, of a scheduler as a rule: exit code 75, a temporary failure. What is said is what was kept.
    Terminated(String),
    /// An exit code that says it all: what was printed is for a script.
    Quiet(u8),
    /// The reader of our output has gone: exit code 0, as a filter in a pipe should.
    OutputClosed,
}

impl Failure {
    /// Bad input, from anything that can be shown.
    pub(crate) fn bad(reason: impl std::fmt::Display) -> Failure {
        Failure::BadInput(reason.to_string())
    }

    /// Bad input, with what caused it.
    pub(crate) fn bad_error(error: &dyn std::error::Error) -> Failure {
        Failure::BadInput(chain(error))
    }

    /// A failure that is not the input's fault, with what caused it.
    pub(crate) fn failed_error(error: &dyn std::error::Error) -> Failure {
        Failure::Failed(chain(error))
    }

    /// Prints the message to standard error and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        let code = match &self {
            Failure::OutputClosed => return ExitCode::SUCCESS,
            Failure::Quiet(code) => return ExitCode::from(*code),
            Failure::BadInput(_) | Failure::BadSpec(_) => 2,
            Failure::Failed(_) => 1,
            Failure::Incomplete(_) => 3,
            Failure::Interrupted(_) => 130,
            Failure::Terminated(_) => 75,
        };
        match self {
            Failure::BadSpec(error) if error.span.is_some() => {
                let report = miette::Report::new(Snippet::new(error));
                note(&format!("{report:?}"));
            }
            Failure::BadSpec(error) => note(&format!("error: {error}")),
            Failure::Interrupted(kept) => note(&format!("interrupted: {kept}")),
            Failure::Terminated(kept) => note(&format!("terminated: {kept}")),
            Failure::BadInput(reason) | Failure::Failed(reason) | Failure::Incomplete(reason) => {
                note(&format!("error: {reason}"));
            }
            Failure::Quiet(_) | Failure::OutputClosed => {}
        }
        ExitCode::from(code)
    }
}

impl From<hydranet_montecarlo::SpecError> for Failure {
    fn from(error: hydranet_montecarlo::SpecError) -> Failure {
        Failure::BadSpec(error)
    }
}

/// A spec error as a picture of the place.
#[derive(Debug)]
struct Snippet {
    source: NamedSource<String>,
    reason: String,
    label: LabeledSpan,
}

impl Snippet {
    fn new(error: hydranet_montecarlo::SpecError) -> Snippet {
        let span = error.span.unwrap_or(0..0);
        Snippet {
            source: NamedSource::new(error.source_name, error.text),
            label: LabeledSpan::new(Some("here".into()), span.start, span.len().max(1)),
            reason: error.reason,
        }
    }
}

impl std::fmt::Display for Snippet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Snippet {}

impl Diagnostic for Snippet {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.label.clone())))
    }
}

/// An error with its causes on one line, each said once.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        cause = error.source();
    }
    text
}
