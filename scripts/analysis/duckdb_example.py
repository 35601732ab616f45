"""The main figure of `centralized-vs-p2p` from its raw rows, with SQL in DuckDB. Needs duckdb, scipy, matplotlib."""

import common
import duckdb
from scipy import stats

folder, figure = common.arguments("duckdb")
path = folder / "curves.parquet"
rows = duckdb.execute(
    """
    with networks as (  -- several orders on one network are not independent: first the mean of each network
        select treatment, topology, removed, network, avg(reach / peers) as reach, min(file_row_number) as place
        from read_parquet(?, file_row_number = true)
        group by all
    )
    select treatment, topology, removed, avg(reach), coalesce(stddev_samp(reach), 0), count(*)
    from networks
    group by treatment, topology, removed
    order by min(min(place)) over (partition by treatment, topology), removed
    """,
    [str(path)],
).fetchall()
cells = {}
for treatment, topology, removed, mean, std, n in rows:
    q, means, halves = cells.setdefault((treatment, topology), ([], [], []))
    q.append(removed)
    means.append(mean)
    halves.append(stats.t.ppf(0.975, max(n - 1, 1)) * std / n**0.5)
metadata = duckdb.execute("select decode(key), decode(value) from parquet_kv_metadata(?)", [str(path)]).fetchall()
common.compare(cells, folder)
common.draw(cells, figure, common.columns(dict(metadata))["reach"])
