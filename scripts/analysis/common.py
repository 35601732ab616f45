"""What the three Python examples share: where the rows are, what the columns mean, how the figure looks.

The examples read the raw rows (Parquet) of `centralized-vs-p2p` and redraw its main figure: command reach against the
number of seized nodes. Raw rows are not in the repository; this makes them:

    cargo run --release --bin centralized-vs-p2p
"""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # draws to files, with or without a screen
import matplotlib.pyplot as plt


def arguments(name):
    """Folder of the results and file of the figure: `NAME.py [FOLDER [FIGURE]]`."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "results/centralized-vs-p2p")
    figure = Path(sys.argv[2] if len(sys.argv) > 2 else f"{name}.png")
    if not (folder / "curves.parquet").exists():
        sys.exit(f"{folder}: no raw rows here (curves.parquet); make them: cargo run --release --bin centralized-vs-p2p")
    return folder, figure


def columns(metadata):
    """Unit and meaning of each column, from a Parquet file's key-value metadata (keys and values may be bytes)."""
    text = {(k.decode() if isinstance(k, bytes) else k): v for k, v in metadata.items()}["hydranet.columns"]
    return {c["name"]: (c["unit"], c["meaning"]) for c in json.loads(text)}


def draw(cells, figure, meaning):
    """One panel a treatment, one curve a topology.

    `cells` gives (treatment, topology) to lists of removals, mean and half the width of the 95 % interval.
    """
    treatments = list(dict.fromkeys(treatment for treatment, _ in cells))
    topologies = list(dict.fromkeys(topology for _, topology in cells))
    page, axes = plt.subplots(2, 2, figsize=(7.2, 5.4), sharex=True, sharey=True, layout="constrained")
    for axis, treatment in zip(axes.flat, treatments):
        for topology in topologies:
            q, mean, half = cells[treatment, topology]
            (line,) = axis.plot(q, mean, drawstyle="steps-post", lw=1.2, label=topology)
            low, high = [m - h for m, h in zip(mean, half)], [m + h for m, h in zip(mean, half)]
            axis.fill_between(q, low, high, step="post", color=line.get_color(), alpha=0.18, lw=0)
        axis.set(title=treatment, xscale="symlog", ylim=(0, 1.02), xlim=(0, None))
    for axis in axes[1]:
        axis.set_xlabel("nodes seized, q")
    page.supylabel("command reach, share of peers")
    page.legend(*axes.flat[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    page.savefig(figure, dpi=150)
    print(f"reach: {meaning}")
    print(f"{len(cells)} cells drawn: {figure}")


def compare(cells, folder):
    """How far the means are from those in bands.csv, which the program computed from the same rows."""
    import csv

    worst, compared = 0.0, 0
    with open(folder / "bands.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            q, mean, _ = cells.get((row["treatment"], row["topology"]), ([], [], []))
            if row["measure"] == "reach" and float(row["removals"]) in q:
                compared += 1
                worst = max(worst, abs(mean[q.index(float(row["removals"]))] - float(row["mean"])))
    print(f"largest difference from the means in bands.csv: {worst:.1e} ({compared} places)")
    if worst > 1e-6 or not compared:  # bands.csv has seven digits
        sys.exit("the means differ from those of the program")
