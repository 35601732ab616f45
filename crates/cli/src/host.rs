//! What `run.json` says about the machine and the build.

use hydranet_montecarlo::engine::HostRecord;

/// The machine and the build.
pub(crate) fn record(threads: usize) -> HostRecord {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok());
    HostRecord {
        commit: option_env!("HYDRANET_COMMIT").map(str::to_string),
        rustc: env!("HYDRANET_RUSTC").to_string(),
        host: host.map_or_else(|| "unknown".into(), |h| h.trim().to_string()),
        threads,
    }
}

/// The most memory that this process has had, in bytes; where the system tells (Linux).
pub(crate) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}
