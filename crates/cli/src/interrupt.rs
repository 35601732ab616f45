//! Ctrl-C and SIGTERM: the first asks for an orderly end, the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);

/// From now on a first Ctrl-C sets the flag that this returns; a second one ends the program with code 130.
pub(crate) fn catch() -> &'static AtomicBool {
    // only one handler can be set; a second call keeps the first
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        crate::output::note("\nfinishing the blocks under way; Ctrl-C again to stop at once");
    });
    &ASKED
}
