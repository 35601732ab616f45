//! Ctrl-C and SIGTERM: the first asks for an orderly end.
//!
//! A second Ctrl-C ends at once. A second SIGTERM does not: schedulers send one some time before the limit, and another at
//! the limit; what is finished until they kill is kept.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

struct Asked {
    /// Whoever asked.
    stop: Arc<AtomicBool>,
    /// SIGTERM was among them.
    terminate: Arc<AtomicBool>,
}

static ASKED: OnceLock<Asked> = OnceLock::new();

/// From now on a first Ctrl-C or SIGTERM sets the flag that this returns; a Ctrl-C after it ends the program with code 130.
pub(crate) fn catch() -> &'static AtomicBool {
    &ASKED.get_or_init(register).stop
}

/// Whether a scheduler asked (SIGTERM), and not somebody at a keyboard.
pub(crate) fn by_scheduler() -> bool {
    ASKED.get().is_some_and(|asked| asked.terminate.load(Ordering::Relaxed))
}

fn register() -> Asked {
    let asked = Asked { stop: Arc::default(), terminate: Arc::default() };
    // the order counts: the shutdown must not see what the same signal sets. Where a signal cannot be caught, it ends the
    // program as it always does, and finished blocks are kept
    let _ = flag::register_conditional_shutdown(SIGINT, 130, asked.stop.clone());
    let _ = flag::register(SIGINT, asked.stop.clone());
    let _ = flag::register(SIGTERM, asked.terminate.clone());
    let _ = flag::register(SIGTERM, asked.stop.clone());
    let stop = asked.stop.clone();
    std::thread::spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(100));
        }
        crate::output::note("\nfinishing the networks under way; Ctrl-C again to stop at once");
    });
    asked
}
