"use strict";
// Theme, figure/data switch, values under the pointer, table filter. The page is whole without it.
(() => {
  const root = document.documentElement;
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  // theme: the system's, unless the reader chose; the choice holds for this file's folder where the browser keeps it
  const dark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const store = (value) => { try { return value ? localStorage.setItem("hydranet-theme", value) : localStorage.getItem("hydranet-theme"); } catch { return null; } };
  const known = store();
  if (known === "dark" || known === "light") root.dataset.theme = known;
  for (const button of document.querySelectorAll("button.theme")) {
    const show = () => { button.textContent = dark() ? "Light page" : "Dark page"; };
    button.hidden = false;
    show();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; store(root.dataset.theme); show(); });
  }

  // figure or data
  for (const figure of document.querySelectorAll("figure.chart-figure")) {
    const [plot, data] = [figure.querySelector(".plot"), figure.querySelector(".data")];
    const buttons = [...figure.querySelectorAll(".switch button")];
    if (!plot || !data || buttons.length !== 2) continue;
    const show = (what) => {
      plot.hidden = what === 1;
      data.hidden = what === 0;
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(i === what)));
    };
    figure.querySelector(".switch").hidden = false;
    buttons.forEach((button, i) => button.addEventListener("click", () => show(i)));
    show(0);
  }

  // values under the pointer, or at the arrow keys
  const UNITS = 20;
  const number = (v) => {
    if (v === null || v === undefined) return "–";
    const text = Math.abs(v) >= 1e6 || (v !== 0 && Math.abs(v) < 1e-4) ? v.toExponential(2) : String(Number(v.toPrecision(4)));
    return text.replace("-", "−");
  };
  const estimate = (value, lo, hi) => lo === null || lo === undefined || hi === null || hi === undefined ? number(value) : `${number(value)} [${number(lo)}, ${number(hi)}]`;
  const placeOf = (axis, v) => {
    const [log, lo, hi, start, end, zero] = axis;
    if (log && v <= 0) return zero;
    const share = log ? Math.log(v / lo) / Math.log(hi / lo) : (v - lo) / (hi - lo);
    return start + share * (end - start);
  };
  const inside = (frame, x, y, margin) => x >= frame[0] - margin && x <= frame[2] + margin && y >= frame[1] - margin && y <= frame[3] + margin;

  const hover = (plot, data) => {
    const charts = [...plot.querySelectorAll("svg.chart")];
    if (!charts.length) return;
    const tip = make("div", { class: "tip", "aria-live": "polite" });
    tip.hidden = true;
    plot.append(tip);
    const shown = () => charts.findIndex((chart) => getComputedStyle(chart).display !== "none");
    const layers = charts.map((chart) => chart.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "g")));
    const draw = (which, markup) => { layers.forEach((layer, i) => { layer.innerHTML = i === which ? markup : ""; }); };
    let at = null; // {panel, place} or {box}
    const hide = () => { at = null; tip.hidden = true; draw(-1, ""); };

    const put = (which, x, y) => {
      tip.hidden = false;
      const chart = charts[which].getBoundingClientRect(), card = plot.getBoundingClientRect();
      const scale = chart.width / (charts[which].viewBox.baseVal.width / UNITS);
      const [px, py] = [chart.left - card.left + x * scale, chart.top - card.top + y * scale];
      const size = tip.getBoundingClientRect();
      const left = px + 14 + size.width > card.width ? px - 14 - size.width : px + 14;
      tip.style.left = `${Math.max(2, Math.min(left, card.width - size.width - 2))}px`;
      tip.style.top = `${Math.max(2, Math.min(py - size.height / 2, card.height - size.height - 2))}px`;
    };
    const rows = (caption, list) => {
      const table = make("table", {}, make("caption", {}, caption));
      for (const [cls, label, value] of list) {
        const name = make("td", {}, label);
        if (cls) name.prepend(make("span", { class: `dot ${cls}` }));
        table.append(make("tr", {}, name, make("td", {}, value)));
      }
      tip.replaceChildren(table);
    };

    // curves: the x nearest to the place, and every curve's value there
    const curves = (which, panel, place, y) => {
      const { f, x: xa, y: ya } = data.g[which][panel], { t, s } = data.p[panel];
      const near = s.map((series) => {
        const xs = data.x[series.x];
        let best = 0;
        for (let i = 1; i < xs.length; i++) if (Math.abs(placeOf(xa, xs[i]) - place) < Math.abs(placeOf(xa, xs[best]) - place)) best = i;
        return xs.length ? [best, placeOf(xa, xs[best]), xs[best]] : null;
      });
      const seen = near.filter(Boolean);
      if (!seen.length) return hide();
      const [, line, x] = seen.reduce((a, b) => Math.abs(b[1] - place) < Math.abs(a[1] - place) ? b : a);
      const list = [];
      let spots = "";
      s.forEach((series, i) => {
        if (!near[i] || Math.abs(near[i][1] - line) > 2) return;
        const k = near[i][0], value = series.y[k];
        if (value === null) return;
        list.push([series.c, series.l || "value", estimate(value, series.lo?.[k], series.hi?.[k])]);
        const [cx, cy] = [near[i][1], placeOf(ya, value)];
        if (inside(f, cx, cy, 1)) spots += `<circle class="spot" cx="${cx * UNITS}" cy="${cy * UNITS}" r="70"/>`;
      });
      at = { which, panel, line };
      draw(which, `<line class="cross" x1="${line * UNITS}" x2="${line * UNITS}" y1="${f[1] * UNITS}" y2="${f[3] * UNITS}"/>${spots}`);
      rows(`${t ? `${t}; ` : ""}${data.xl}: ${number(x)}`, list);
      put(which, line, y ?? (f[1] + f[3]) / 2);
    };
    const box = (which, index) => {
      const [row, column, value, lo, hi] = data.b[index], f = data.g[which][index];
      at = { which, box: index };
      draw(which, `<rect class="spot" x="${f[0] * UNITS}" y="${f[1] * UNITS}" width="${(f[2] - f[0]) * UNITS}" height="${(f[3] - f[1]) * UNITS}"/>`);
      rows(data.yl ? `${row}; ${data.yl}` : row, [[null, column || "value", estimate(value, lo, hi)]]);
      put(which, (f[0] + f[2]) / 2, f[3]);
    };

    const point = (event) => {
      const which = shown();
      if (which < 0) return hide();
      const chart = charts[which], rect = chart.getBoundingClientRect();
      const scale = chart.viewBox.baseVal.width / UNITS / rect.width;
      const [x, y] = [(event.clientX - rect.left) * scale, (event.clientY - rect.top) * scale];
      if (data.k === "c") {
        const panel = data.g[which].findIndex((g) => inside(g.f, x, y, 4));
        return panel < 0 ? hide() : curves(which, panel, x, y);
      }
      const index = data.g[which].findIndex((f) => inside(f, x, y, 0));
      return index < 0 ? hide() : box(which, index);
    };
    plot.addEventListener("pointermove", point);
    plot.addEventListener("pointerdown", point);
    plot.addEventListener("pointerleave", hide);
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => {
      const which = shown();
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], jump = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") return hide();
      if ((!step && !jump) || which < 0) return undefined;
      event.preventDefault();
      if (data.k === "b") {
        const next = at ? at.box + (step ?? jump) : 0;
        return box(which, (next + data.b.length) % data.b.length);
      }
      const count = data.p.length;
      const panel = at ? (at.panel + (jump ?? 0) + count) % count : 0;
      const { x: xa } = data.g[which][panel];
      const places = [...new Set(data.p[panel].s.flatMap((series) => data.x[series.x]))].sort((a, b) => a - b).map((x) => placeOf(xa, x));
      if (!places.length) return undefined;
      if (!at || jump) return curves(which, panel, places[0]);
      const here = at.line;
      // a step is a point of the data, and at least one point of the drawing
      const next = step > 0 ? places.find((p) => p > here + 1) : places.findLast((p) => p < here - 1);
      return curves(which, panel, next ?? here);
    });
  };
  for (const plot of document.querySelectorAll(".plot[data-hover]")) {
    const source = document.getElementById(plot.dataset.hover);
    if (source) hover(plot, JSON.parse(source.textContent));
  }

  // rows that contain all the words
  for (const field of document.querySelectorAll(".filter")) {
    const [input, count] = [field.querySelector("input"), field.querySelector("output")];
    const lines = [...document.querySelectorAll(`#${field.dataset.table} tbody tr`)];
    const apply = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const line of lines) {
        const text = line.textContent.toLowerCase();
        line.hidden = !words.every((word) => text.includes(word));
        left += line.hidden ? 0 : 1;
      }
      count.textContent = `${left} of ${lines.length} rows`;
    };
    field.hidden = false;
    input.addEventListener("input", apply);
    apply();
  }
})();
