#!/usr/bin/env python3
"""The shards of an experiment under Dask: where there is no job array, or a Dask cluster runs already.

    pip install dask distributed
    scripts/dask-example.py SPEC DIR [SHARDS] [PROGRAM]

Every task is one `hydranet run --shard i/N`; all write to one results folder, which the workers must share. Part files make the
tasks idempotent: a task that is run twice, or whose worker was killed, does no harm. On a cluster, put the class for your
scheduler in the place of LocalCluster: dask_jobqueue has SLURMCluster, PBSCluster, SGECluster and LSFCluster.
"""

import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed


def shard(program: str, spec: str, results: str, index: int, count: int) -> str:
    """Runs one shard; what it printed, or an error that makes Dask try again."""
    command = [program, "run", spec, "--out", results, "--shard", f"{index}/{count}", "--threads", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}: {done.stderr.strip()}")
    return done.stdout.splitlines()[0]


def main() -> int:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    spec, results = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    program = sys.argv[4] if len(sys.argv) > 4 else "hydranet"
    with LocalCluster(host="127.0.0.1", dashboard_address=None, threads_per_worker=1) as cluster, Client(cluster) as client:
        tasks = [client.submit(shard, program, spec, results, i, count, pure=False, retries=3) for i in range(count)]
        for task in as_completed(tasks):
            print(task.result(), flush=True)
    return subprocess.run([program, "merge", results], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
