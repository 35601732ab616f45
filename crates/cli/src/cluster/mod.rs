//! Past one machine: which shard a worker of a job array is, and what is handed to schedulers.
//!
//! Nothing here schedules or moves data. All shards write to one results folder on a shared file system, and the part files
//! there are the only truth about what is done: not the accounts of a scheduler.

pub(crate) mod array;
pub(crate) mod environment;
pub(crate) mod kubernetes;
pub(crate) mod slurm;
pub(crate) mod submission;
