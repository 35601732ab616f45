//! What `run.json` says about the machine and the build.

use hydranet_montecarlo::experiment::HostRecord;

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
