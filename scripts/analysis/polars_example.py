"""The main figure of `centralized-vs-p2p` from its raw rows, with polars. Needs polars, scipy, matplotlib."""

import common
import polars as pl
from scipy import stats

folder, figure = common.arguments("polars")
path = folder / "curves.parquet"
cell = ["treatment", "topology", "removed"]
over = (
    pl.scan_parquet(path)
    .with_columns(reach=pl.col("reach") / pl.col("peers"))
    # several orders on one network are not independent: first the mean of each network, then over networks
    .group_by([*cell, "network"], maintain_order=True)
    .agg(pl.col("reach").mean())
    .group_by(cell, maintain_order=True)
    .agg(mean=pl.col("reach").mean(), std=pl.col("reach").std().fill_null(0), networks=pl.len())
    .collect()
)
cells = {}
for (treatment, topology), part in over.group_by(["treatment", "topology"], maintain_order=True):
    part = part.sort("removed")
    half = [stats.t.ppf(0.975, max(n - 1, 1)) * s / n**0.5 for s, n in zip(part["std"], part["networks"])]
    cells[treatment, topology] = part["removed"].to_list(), part["mean"].to_list(), half
common.compare(cells, folder)
common.draw(cells, figure, common.columns(pl.read_parquet_metadata(path))["reach"])
