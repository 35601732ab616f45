//! What is said of parameters that do not work.

use std::ops::Range;

/// A violated condition on one parameter, as a plug-in's constructor reports it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{param}`: {reason}")]
pub struct Invalid {
    /// The parameter's name; empty where the condition is not about a single one.
    pub param: &'static str,
    /// What is wrong with which value, and what is allowed. A lower-case fragment.
    pub reason: String,
}

impl Invalid {
    /// A refusal of parameter `param`.
    pub fn new(param: &'static str, reason: impl Into<String>) -> Invalid {
        Invalid { param, reason: reason.into() }
    }

    /// Refuses unless the condition holds.
    ///
    /// # Errors
    /// If `condition` is false, with the reason.
    pub fn unless(condition: bool, param: &'static str, reason: impl FnOnce() -> String) -> Result<(), Invalid> {
        if condition { Ok(()) } else { Err(Invalid::new(param, reason())) }
    }
}

/// Why parameters were refused, and where in the text they stood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("bad parameters for {kind} `{name}`: {reason}")]
pub struct BadParams {
    /// What was to be built: `topology`, `strategy`, …
    pub kind: &'static str,
    /// The plug-in's name.
    pub name: &'static str,
    /// What is wrong, with the value, and what is allowed.
    pub reason: String,
    /// Byte range in the text that the parameters were read from, if they were.
    pub span: Option<Range<usize>>,
}
