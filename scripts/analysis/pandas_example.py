"""The main figure of `centralized-vs-p2p` from its raw rows, with pandas. Needs pandas, pyarrow, scipy, matplotlib."""

import common
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from scipy import stats

folder, figure = common.arguments("pandas")
path = folder / "curves.parquet"
curves = pd.read_parquet(path, columns=["topology", "treatment", "network", "removed", "reach", "peers"])
curves["reach"] = curves.reach / curves.peers

# several orders on one network are not independent: first the mean of each network, then over networks
cell = ["treatment", "topology", "removed"]
networks = curves.groupby([*cell, "network"], sort=False).reach.mean()
over = networks.groupby(cell, sort=False).agg(["mean", "std", "count"]).sort_index()
over["half"] = stats.t.ppf(0.975, np.maximum(over["count"] - 1, 1)) * over["std"].fillna(0) / np.sqrt(over["count"])

cells = {}
for treatment, topology in curves[["treatment", "topology"]].drop_duplicates().itertuples(index=False):
    part = over.loc[treatment, topology]
    cells[treatment, topology] = part.index.tolist(), part["mean"].tolist(), part["half"].tolist()
common.compare(cells, folder)
common.draw(cells, figure, common.columns(pq.read_metadata(path).metadata)["reach"])
