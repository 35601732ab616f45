"use strict";
// The takedown explorer: draws what the kernel computed. S1 and reach come from the embedded curves; only the colours of
// components are worked out here.
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const make = (tag, attributes = {}) => {
    const node = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const shapes = {
    operator: (r) => `M0 ${-1.5 * r}L${0.45 * r} ${-0.5 * r}L${1.5 * r} ${-0.45 * r}L${0.7 * r} ${0.25 * r}L${0.95 * r} ${1.3 * r}L0 ${0.75 * r}L${-0.95 * r} ${1.3 * r}L${-0.7 * r} ${0.25 * r}L${-1.5 * r} ${-0.45 * r}L${-0.45 * r} ${-0.5 * r}z`,
    server: (r) => `M${-1.1 * r} ${-1.1 * r}H${1.1 * r}V${1.1 * r}H${-1.1 * r}z`,
    relay: (r) => `M0 ${-1.3 * r}L${1.2 * r} ${0.9 * r}H${-1.2 * r}z`,
    peer: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  };
  const sizes = { operator: 13, server: 12, relay: 10, peer: 8 };

  const start = (root) => {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const find = (name) => root.querySelector(`[data-part=${name}]`);
    const [pick, about, net, curve, slider, place, play] = ["pick", "about", "net", "curve", "slider", "place", "play"].map(find);
    const [s1, s1share, reach, reachshare, say, key] = ["s1", "s1-share", "reach", "reach-share", "say", "key"].map(find);
    const radios = [...root.querySelectorAll("input[type=radio]")];
    let network, order, lines, marks, timer = null;

    // component of every live node when the first q of the order are gone, as ranks by size
    const components = (q) => {
      const n = network.roles.length, gone = new Uint8Array(n), parent = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = 0; i < q; i++) gone[order.order[i]] = 1;
      const top = (v) => { while (parent[v] !== v) v = parent[v] = parent[parent[v]]; return v; };
      for (let i = 0; i < network.edges.length; i += 2) {
        const [a, b] = [network.edges[i], network.edges[i + 1]];
        if (!gone[a] && !gone[b]) parent[top(a)] = top(b);
      }
      const size = new Map();
      for (let v = 0; v < n; v++) if (!gone[v]) size.set(top(v), (size.get(top(v)) ?? 0) + 1);
      const ranked = [...size].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
      const rank = new Map(ranked.map((id, i) => [id, i]));
      return Array.from({ length: n }, (_, v) => gone[v] ? -1 : size.get(top(v)) === 1 ? -2 : rank.get(top(v)));
    };

    const chart = () => {
      const steps = order.largest.length - 1, n = network.roles.length;
      const [l, r, t, b] = [34, 316, 10, 150];
      const x = (q) => l + (r - l) * q / steps, y = (share) => b - (b - t) * share;
      // a value holds until the next removal
      const path = (list, whole) => list.map((v, q) => `${q ? `H${x(q).toFixed(1)}V` : `M${x(0)} `}${y(v / whole).toFixed(1)}`).join("");
      curve.replaceChildren(
        make("path", { class: "axis", d: `M${l} ${t}V${b}H${r}` }),
        make("path", { class: "line", stroke: "var(--k0)", d: path(order.largest, n) }),
        make("path", { class: "line", stroke: "var(--k1)", "stroke-dasharray": "6 7", d: path(order.reach, network.peers) }),
        make("line", { class: "now", y1: t, y2: b }),
        make("circle", { class: "at s1", r: 5, fill: "var(--k0)" }),
        make("circle", { class: "at reach", r: 5, fill: "var(--k1)" }),
      );
      for (const [text, px, py, anchor] of [["1", l - 6, t + 8, "end"], ["0", l - 6, b, "end"], ["0", l, b + 17, "middle"], [String(steps), r, b + 17, "end"], ["removed", (l + r) / 2, b + 17, "middle"]]) {
        const label = make("text", { x: px, y: py, "text-anchor": anchor });
        label.textContent = text;
        curve.append(label);
      }
      curve.mark = (q) => {
        const [line, a, c] = [".now", ".at.s1", ".at.reach"].map((name) => curve.querySelector(name));
        line.setAttribute("x1", x(q));
        line.setAttribute("x2", x(q));
        a.setAttribute("cx", x(q));
        a.setAttribute("cy", y(order.largest[q] / n));
        c.setAttribute("cx", x(q));
        c.setAttribute("cy", y(order.reach[q] / network.peers));
      };
    };

    const percent = (part, whole) => `${(100 * part / whole).toFixed(1)}\u00a0%`;
    const show = () => {
      const q = Number(slider.value), n = network.roles.length, steps = order.largest.length - 1;
      const rank = components(q);
      rank.forEach((k, v) => {
        marks[v].setAttribute("class", k === -1 ? (order.order[q - 1] === v ? "out last" : "out") : k === -2 ? "cx" : k > 3 ? "cx" : `c${k}`);
      });
      lines.forEach((line, i) => {
        const alive = rank[network.edges[2 * i]] !== -1 && rank[network.edges[2 * i + 1]] !== -1;
        line.setAttribute("class", alive ? "" : "gone");
      });
      s1.textContent = order.largest[q];
      s1share.textContent = `of ${n} nodes, ${percent(order.largest[q], n)}`;
      reach.textContent = order.reach[q];
      reachshare.textContent = `of ${network.peers} peers, ${percent(order.reach[q], network.peers)}`;
      place.textContent = `${q} of ${steps} removed`;
      slider.setAttribute("aria-valuetext", `${q} of ${steps} removed: largest component ${order.largest[q]} nodes, ${order.reach[q]} peers reached`);
      curve.mark(q);
    };
    const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; play.setAttribute("aria-pressed", "false"); };

    const strategy = () => {
      stop();
      const name = radios.find((radio) => radio.checked).value;
      order = network.strategies[name];
      slider.max = order.order.length;
      slider.value = Math.min(Number(slider.value), order.order.length);
      chart();
      show();
    };
    const architecture = () => {
      network = data.networks[Number(pick.value)];
      about.textContent = network.about;
      net.replaceChildren();
      net.setAttribute("aria-label", `Drawing of ${network.name}: ${network.roles.length} nodes, ${network.edges.length / 2} links`);
      lines = [];
      for (let i = 0; i < network.edges.length; i += 2) {
        const [a, b] = [network.edges[i], network.edges[i + 1]];
        const line = make("line", { x1: network.x[a], y1: network.y[a], x2: network.x[b], y2: network.y[b] });
        lines.push(line);
        net.append(line);
      }
      const names = data.roles;
      const many = lines.length > 900 ? 0.45 : lines.length > 400 ? 0.7 : 1;
      net.style.setProperty("--thin", many);
      marks = Array.from(network.roles, (role, v) => {
        const mark = make("path", { d: shapes[names[role]](sizes[names[role]]), transform: `translate(${network.x[v]} ${network.y[v]})` });
        return mark;
      });
      // important roles lie on top
      [...marks.keys()].sort((a, b) => network.roles[b] - network.roles[a] || a - b).forEach((v) => net.append(marks[v]));
      key.replaceChildren();
      const entry = (draw, text) => {
        const item = document.createElement("li"), icon = make("svg", { viewBox: "-16 -16 32 32", "aria-hidden": "true" });
        icon.append(draw);
        item.append(icon, text);
        key.append(item);
      };
      names.forEach((name, i) => {
        if (network.roles.includes(i)) entry(make("path", { d: shapes[name](10), fill: "var(--ki)" }), name);
      });
      entry(make("path", { d: shapes.peer(12), fill: "var(--k0)" }), "largest component");
      entry(make("path", { d: shapes.peer(12), fill: "var(--k4)" }), "second, third …");
      entry(make("path", { d: shapes.peer(12), fill: "var(--km)" }), "alone or small");
      entry(make("path", { d: shapes.peer(11), fill: "var(--kw)", stroke: "var(--kr)", "stroke-width": 3 }), "removed");
      slider.value = 0;
      strategy();
    };

    pick.addEventListener("change", architecture);
    radios.forEach((radio) => radio.addEventListener("change", strategy));
    slider.addEventListener("input", () => { stop(); show(); });
    play.addEventListener("click", () => {
      if (timer) { stop(); return; }
      if (Number(slider.value) >= Number(slider.max)) slider.value = 0;
      play.textContent = "Pause";
      play.setAttribute("aria-pressed", "true");
      timer = setInterval(() => {
        slider.value = Number(slider.value) + 1;
        show();
        if (Number(slider.value) >= Number(slider.max)) { stop(); say.textContent = `All of ${slider.max} removed.`; }
      }, 160);
    });
    for (const [name, step] of [["back", -1], ["forth", 1]]) {
      find(name).addEventListener("click", () => { stop(); slider.value = Number(slider.value) + step; show(); });
    }
    root.hidden = false;
    architecture();
  };
  for (const root of document.querySelectorAll(".explorer")) start(root);
})();
