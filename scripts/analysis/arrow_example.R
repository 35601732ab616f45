# The main figure of `centralized-vs-p2p` from its raw rows, with R. Needs the package arrow, or nanoparquet, which is smaller.
# Raw rows are not in the repository; this makes them: cargo run --release --bin centralized-vs-p2p
#   Rscript scripts/analysis/arrow_example.R [FOLDER [FIGURE]]
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) > 0) arguments[1] else "results/centralized-vs-p2p"
figure <- if (length(arguments) > 1) arguments[2] else "arrow.png"
path <- file.path(folder, "curves.parquet")
if (!file.exists(path)) {
  stop(folder, ": no raw rows here (curves.parquet); make them: cargo run --release --bin centralized-vs-p2p")
}
if (requireNamespace("arrow", quietly = TRUE)) {
  curves <- as.data.frame(arrow::read_parquet(path))
} else {
  curves <- as.data.frame(nanoparquet::read_parquet(path))
}
curves$share <- as.numeric(curves$reach) / as.numeric(curves$peers)
curves$removed <- as.numeric(curves$removed)

# several orders on one network are not independent: first the mean of each network, then over networks
networks <- aggregate(share ~ treatment + topology + removed + network, curves, mean)
over <- aggregate(share ~ treatment + topology + removed, networks, function(x) {
  half <- if (length(x) > 1) qt(0.975, length(x) - 1) * sd(x) / sqrt(length(x)) else 0
  c(mean = mean(x), half = half)
})
over <- cbind(over[c("treatment", "topology", "removed")], as.data.frame(over$share))

# how far the means are from those in bands.csv, which the program computed from the same rows
bands <- read.csv(file.path(folder, "bands.csv"))
both <- merge(over, bands[bands$measure == "reach", ],
  by.x = c("treatment", "topology", "removed"), by.y = c("treatment", "topology", "removals"))
worst <- max(abs(both$mean.x - both$mean.y))
cat(sprintf("largest difference from the means in bands.csv: %.1e (%d rows)\n", worst, nrow(both)))
stopifnot(nrow(both) > 0, worst < 1e-6) # bands.csv has seven digits

treatments <- unique(curves$treatment)
topologies <- unique(curves$topology)
colors <- setNames(palette.colors(8, "Okabe-Ito")[-5][seq_along(topologies)], topologies) # its yellow is too light
png(figure, width = 1080, height = 900, res = 150)
par(mfrow = c(2, 2), mar = c(3.2, 3.2, 1.6, 0.6), mgp = c(1.9, 0.6, 0), las = 1, cex = 0.7)
for (treatment in treatments) {
  plot(NULL, xlim = c(0, log10(1 + max(over$removed))), ylim = c(0, 1), xaxt = "n",
    xlab = "nodes seized, q", ylab = "command reach, share of peers", main = treatment)
  axis(1, at = log10(1 + c(0, 1, 10, 100, 1000)), labels = c("0", "1", "10", "100", "1000"))
  for (topology in topologies) {
    part <- over[over$treatment == treatment & over$topology == topology, ]
    part <- part[order(part$removed), ]
    x <- log10(1 + part$removed)
    polygon(c(x, rev(x)), c(part$mean - part$half, rev(part$mean + part$half)),
      col = adjustcolor(colors[topology], 0.2), border = NA)
    lines(x, part$mean, type = "s", col = colors[topology], lwd = 1.4)
  }
  if (treatment == treatments[1]) legend("bottomleft", topologies, col = colors, lwd = 1.4, bty = "n")
}
invisible(dev.off())
cat(sprintf("%d cells drawn: %s\n", length(treatments) * length(topologies), figure))
