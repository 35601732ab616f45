//! A progress bar with the time left on a terminal; a plain line now and then elsewhere.

use hydranet_montecarlo::Block;
use hydranet_montecarlo::runner::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Lines in a log file come this often.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// Shows how far a run is.
pub(crate) struct Bar {
    state: Mutex<State>,
    terminal: bool,
}

struct State {
    bar: ProgressBar,
    started: Instant,
    last_line: Instant,
    done: u64,
    found: u64,
    all: u64,
}

impl Bar {
    pub(crate) fn new() -> Bar {
        let now = Instant::now();
        let state = State { bar: ProgressBar::hidden(), started: now, last_line: now, done: 0, found: 0, all: 0 };
        Bar { state: Mutex::new(state), terminal: std::io::stderr().is_terminal() }
    }

    fn with(&self, f: impl FnOnce(&mut State)) {
        f(&mut self.state.lock().expect("no thread panics with the lock"));
    }
}

impl Progress for Bar {
    fn start(&self, blocks: usize, found: usize) {
        self.with(|s| {
            (s.all, s.found, s.done) = (blocks as u64, found as u64, 0);
            s.started = Instant::now();
            s.last_line = s.started;
            if found > 0 {
                crate::output::note(&format!(
                    "{found} of {blocks} blocks are here from an earlier run of the same spec and code \
                     (--fresh computes them again)"
                ));
            }
            if self.terminal {
                s.bar = ProgressBar::with_draw_target(Some((blocks - found) as u64), ProgressDrawTarget::stderr());
                s.bar.set_style(
                    ProgressStyle::with_template("{bar:40} {pos}/{len} blocks  {elapsed} gone, {eta} left")
                        .expect("a template of our own")
                        .progress_chars("━╸─"),
                );
                s.bar.enable_steady_tick(Duration::from_millis(200));
            }
        });
    }

    fn finished(&self, _: Block) {
        self.with(|s| {
            s.done += 1;
            s.bar.inc(1);
            if !self.terminal && s.last_line.elapsed() >= LINE_EVERY {
                s.last_line = Instant::now();
                let gone = s.started.elapsed().as_secs_f64();
                let left = gone / s.done as f64 * (s.all - s.found - s.done) as f64;
                crate::output::note(&format!(
                    "{}/{} blocks, {gone:.0} s gone, about {left:.0} s left",
                    s.found + s.done,
                    s.all
                ));
            }
        });
    }

    fn end(&self) {
        self.with(|s| s.bar.finish_and_clear());
    }
}
