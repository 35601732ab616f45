"""Makes the fixtures of this directory: `pip install networkx igraph scipy`, then `python make.py`."""
import gzip
import igraph
import networkx as nx
import scipy.io

karate = nx.karate_club_graph()
nx.write_edgelist(karate, "networkx-karate.edgelist")
with open("networkx-karate.edgelist", "rb") as text, open("networkx-karate.edgelist.gz", "wb") as out:
    # two gzip members, as `cat a.gz b.gz` makes them
    whole = text.read()
    out.write(gzip.compress(whole[:500], mtime=0) + gzip.compress(whole[500:], mtime=0))
nx.write_weighted_edgelist(karate, "networkx-karate-weights.csv", delimiter=",")
nx.write_graphml(karate, "networkx-karate.graphml")

tiers = nx.DiGraph(name="tiers & <layers>")
tiers.add_node("boss", role="operator", source=True, provider="home", routable=False, layer=0, cost=100.0)
tiers.add_node('c&c "one"', role="server", source=False, provider="bullet <proof>", routable=True, layer=1, cost=10.5)
tiers.add_node("bot 1", role="peer", source=False, provider="isp", routable=False, layer=2, cost=1.0)
tiers.add_node("bot 2", role="peer", source=False, provider="isp", routable=True, layer=2, cost=1.0)
tiers.add_edges_from([("boss", 'c&c "one"'), ('c&c "one"', "bot 1"), ('c&c "one"', "bot 2"), ("bot 1", "bot 2")], rate=2)
nx.write_graphml(tiers, "networkx-tiers.graphml")

ring = igraph.Graph.Ring(5)
ring.add_vertices(1)
ring.vs["name"] = ["v", "w", "x", "y", "z", "alone"]
ring.vs["Layer"] = [0, 1, 1, 2, 2, 3]
ring.vs["routable"] = [True, False, True, True, False, True]
ring.vs["role"] = ["server"] + ["peer"] * 5
ring.es["weight"] = [0.5] * 5
ring.write_graphml("igraph-ring.graphml")
ring.write_edgelist("igraph-ring.txt")
ring.write_ncol("igraph-ring-names.txt", names="name", weights="weight")
igraph.Graph(n=3, edges=[(0, 1), (1, 0), (2, 2)], directed=True).write_graphml("igraph-directed.graphml")

scipy.io.mmwrite("scipy-karate.mtx", nx.to_scipy_sparse_array(karate, weight=None), field="integer")
