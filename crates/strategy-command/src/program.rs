//! Runs a command line with bytes on its standard input, a limit on its time and a limit on what it writes.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Bytes of standard error that are kept: the last ones, where the reason stands.
const KEPT: usize = 2000;
/// Lines of it that are shown.
const SHOWN: usize = 5;

/// A command line and how it is run.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) line: String,
    pub(crate) limit: Duration,
    pub(crate) directory: Option<PathBuf>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failed {
    #[error("the shell `sh` cannot be started: {0}")]
    NoShell(std::io::Error),
    #[error("{status}{stderr}")]
    Ended { status: String, stderr: String },
    #[error("not done after {seconds} s, and killed; give it longer with `timeout_seconds`{stderr}")]
    TimeOver { seconds: f64, stderr: String },
    #[error("it wrote more than {most} bytes, which no order of this network takes; write one id a line")]
    TooLong { most: u64 },
}

impl Program {
    /// What messages call it.
    pub(crate) fn shown(&self) -> String {
        let mut line: String = self.line.chars().take(80).collect::<String>().escape_debug().to_string();
        if self.line.chars().count() > 80 {
            line.push('…');
        }
        format!("command `{line}`")
    }

    /// What it writes to standard output, given this input and told these variables.
    pub(crate) fn run(&self, input: Vec<u8>, told: &[(&str, String)], most: u64) -> Result<Vec<u8>, Failed> {
        let start = Instant::now();
        let mut command = Command::new("sh");
        command.args(["-c", &self.line]).envs(told.iter().map(|(name, value)| (*name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some(folder) = &self.directory {
            command.current_dir(folder);
        }
        // a group of its own: what the shell has started ends with it
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut running = Running(command.spawn().map_err(Failed::NoShell)?);
        let child = &mut running.0;
        let mut stdin = child.stdin.take().expect("piped");
        // a program may leave its input unread: its end is then a broken pipe, and no failure
        std::thread::spawn(move || _ = stdin.write_all(&input));
        let stdout = reading(child.stdout.take().expect("piped"), usize::MAX, most);
        let stderr = reading(child.stderr.take().expect("piped"), KEPT, u64::MAX);
        let over = |stderr: &Receiver<Heard>| Failed::TimeOver {
            seconds: self.limit.as_secs_f64(),
            stderr: last_words(stderr.recv_timeout(Duration::from_millis(200)).ok()),
        };
        // standard output is closed when everybody who writes to it has ended
        let said = match stdout.recv_timeout(self.limit.saturating_sub(start.elapsed())) {
            Ok(said) => said,
            Err(RecvTimeoutError::Timeout) => {
                running.kill();
                return Err(over(&stderr));
            }
            Err(RecvTimeoutError::Disconnected) => Heard::default(),
        };
        if said.cut {
            running.kill();
            return Err(Failed::TooLong { most });
        }
        let Some(status) = running.ended(|| start.elapsed() < self.limit) else {
            running.kill();
            return Err(over(&stderr));
        };
        // whoever is left of its group would hold standard error open
        running.kill();
        if !status.success() {
            let stderr = last_words(stderr.recv_timeout(Duration::from_secs(1)).ok());
            return Err(Failed::Ended { status: in_words(status), stderr });
        }
        Ok(said.bytes)
    }
}

/// What was read of a pipe.
#[derive(Debug, Default)]
struct Heard {
    bytes: Vec<u8>,
    /// There was more than is allowed.
    cut: bool,
}

/// Reads a pipe to its end, on a thread of its own; keeps the last bytes, and stops at `most`.
fn reading(mut pipe: impl Read + Send + 'static, kept: usize, most: u64) -> Receiver<Heard> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let (mut read, mut all, mut buffer) = (Heard::default(), 0u64, vec![0; 1 << 16]);
        while let Ok(got @ 1..) = pipe.read(&mut buffer) {
            all += got as u64;
            if all > most {
                read.cut = true;
                break;
            }
            read.bytes.extend_from_slice(&buffer[..got]);
            if read.bytes.len() > kept {
                read.bytes.drain(..read.bytes.len() - kept);
            }
        }
        // the receiver may have given up
        _ = sender.send(read);
    });
    receiver
}

/// A child that does not outlive whoever waits for it.
struct Running(Child);

impl Running {
    /// How it ended; `None` if it did not while there was time.
    fn ended(&mut self, time: impl Fn() -> bool) -> Option<ExitStatus> {
        let mut pause = Duration::from_micros(200);
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if time() => std::thread::sleep(pause),
                Ok(None) | Err(_) => return None,
            }
            pause = (2 * pause).min(Duration::from_millis(20));
        }
    }

    /// Ends it, and all that it has started.
    fn kill(&mut self) {
        // the shell's own `kill` reaches the whole group, without unsafe code here; nobody may be left in it
        let line = format!("kill -s KILL -- -{}", self.0.id());
        let mut kill = Command::new("sh");
        _ = kill.args(["-c", &line]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            self.kill();
        }
    }
}

/// `exit code 3`, or by which signal it was ended.
fn in_words(status: ExitStatus) -> String {
    match status.code() {
        Some(127) => "exit code 127: there is no such program here".into(),
        Some(code) => format!("exit code {code}"),
        None => format!("it was ended by a signal ({status})"),
    }
}

/// The last lines of standard error, escaped, each on a line of its own.
fn last_words(stderr: Option<Heard>) -> String {
    let bytes = stderr.map(|read| read.bytes).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return String::new();
    }
    let last = &lines[lines.len().saturating_sub(SHOWN)..];
    let quoted: Vec<String> = last.iter().map(|line| format!("\n  | {}", line.escape_debug())).collect();
    format!("; the end of its standard error:{}", quoted.concat())
}
