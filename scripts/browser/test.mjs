// Reports in a real headless Chromium: pages load from disk without errors or requests, the explorer shows the kernel's own
// numbers, tables match the CSV files, nothing overflows at 390 px, dark mode and keyboard work.
//   scripts/browser-test [--program target/debug/hydranet] [--shots DIR]
// Needs node 18 and Debian's chromium (or $CHROMIUM). Prints `N passed, N failed`.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Browser } from "./chromium.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const option = (name, otherwise) => { const i = process.argv.indexOf(name); return i < 0 ? otherwise : process.argv[i + 1]; };
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const program = option("--program", [join(target, "release/hydranet"), join(target, "debug/hydranet")].find(existsSync));
if (!program || !existsSync(program)) {
  console.error("error: no program to test; build it with `cargo build -p hydranet-cli`, or name it with --program");
  process.exit(2);
}
const shots = option("--shots", null);
const folder = mkdtempSync(join(tmpdir(), "hydranet-report-"));
const hydranet = (...args) => execFileSync(resolve(program), args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

let [passed, failed] = [0, 0];
const same = (what, found, expected) => {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a === b) { passed += 1; return; }
  failed += 1;
  console.log(`FAILED ${what}: found ${a}, expected ${b}`);
};
const holds = (what, truth, detail = "") => { if (truth) { passed += 1; } else { failed += 1; console.log(`FAILED ${what} ${detail}`); } };

const csv = (path) => {
  // quoted fields hold commas and doubled quotes, never line ends
  const split = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => m[1] === undefined ? m[2] : m[1].replaceAll('""', '"'));
  const [head, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n").map(split);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};
const close = (shown, exact) => shown === exact || Math.abs(Number(shown.replace("−", "-")) - Number(exact)) <= 1e-4 * Math.abs(Number(exact)) + 1e-12;
const at = (...parts) => pathToFileURL(join(folder, ...parts)).href;
const picture = async (page, name, how) => { if (shots) { mkdirSync(shots, { recursive: true }); writeFileSync(join(shots, `${name}.png`), await page.shot(how)); } };

// what a page must be, whichever it is
const sound = async (name, page) => {
  same(`${name}: errors`, page.problems, []);
  same(`${name}: requests`, page.requests.filter((url) => !url.startsWith("data:") && !url.startsWith("file:")), []);
  same(`${name}: files it opens`, page.requests.filter((url) => url.startsWith("file:")).length, 1);
};
const narrow = (page) => page.evaluate(`(() => {
  const wide = document.documentElement.scrollWidth;
  const out = [...document.querySelectorAll("body *")].filter((e) => {
    const r = e.getBoundingClientRect();
    return r.width && r.right > innerWidth + 1 && !e.closest(".scroll, pre, .no-narrow, .sr, svg, .skip, .claims thead");
  });
  return [wide, out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120))];
})()`);
const contrast = (page) => page.evaluate(`(() => {
  const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = (e) => { for (let n = e; n; n = n.parentElement) { const c = getComputedStyle(n).backgroundColor; if (!/, 0\\)$|transparent/.test(c)) return c; } return "rgb(255,255,255)"; };
  return [...document.querySelectorAll("h1,h2,h3,p,td,th,a,button,caption,dd,dt,figcaption,.chart:not(.paper) text")].filter((e) => e.getClientRects().length && e.textContent.trim()).map((e) => {
    const ink = getComputedStyle(e), [a, b] = [light(e.closest("svg") ? ink.fill : ink.color), light(paper(e.closest("svg") ? e.closest(".plot, .thumb") : e))];
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.tagName + " " + e.textContent.trim().slice(0, 30)];
  }).sort((a, b) => a[0] - b[0])[0];
})()`);

const experiments = async (browser) => {
  for (const name of ["centralized-vs-p2p", "helps-but-does-not-cure"]) {
    const page = await browser.page(at("results", name, "report.html"));
    await sound(name, page);
    same(`${name}: title`, await page.evaluate("document.querySelector('h1').textContent"), JSON.parse(readFileSync(join(folder, "results", name, "run.json"))).title);
    // every row of the summary, to the digits shown
    const rows = csv(join(folder, "results", name, "summary.csv"));
    const table = await page.evaluate("[...document.querySelectorAll('#all-rows tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))");
    const heads = await page.evaluate("[...document.querySelectorAll('#all-rows thead th')].map((c) => c.textContent)");
    same(`${name}: rows of the summary`, table.length, Math.min(rows.length, 600));
    const wrong = table.flatMap((cells, i) => heads.map((head, k) => [head, cells[k], rows[i][head]])).filter(([, shown, exact]) => !close(shown, exact));
    same(`${name}: cells of the summary`, wrong, []);
    // every figure has its files and its data table
    const figures = await page.evaluate("[...document.querySelectorAll('figure.chart-figure')].map((f) => [...f.querySelectorAll('.tools a')].map((a) => a.getAttribute('href')))");
    const missing = figures.flat().filter((path) => !existsSync(join(folder, "results", name, path)));
    holds(`${name}: figures`, figures.length > 4 && figures.every((links) => links.length === 3), JSON.stringify(figures));
    same(`${name}: linked files that are missing`, missing, []);
    await page.close();
  }
};

const switches = async (browser) => {
  const page = await browser.page(at("results", "centralized-vs-p2p", "report.html"));
  const shown = (part) => page.evaluate(`!document.querySelector("#fig-seizures ${part}").hidden`);
  same("figure first", [await shown(".plot"), await shown(".data")], [true, false]);
  await page.click("#fig-seizures .switch button:last-child");
  same("then its data", [await shown(".plot"), await shown(".data")], [false, true]);
  const cells = await page.evaluate("[...document.querySelectorAll('#fig-seizures-data tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))");
  const plotted = csv(join(folder, "results/centralized-vs-p2p/figures/seizures.csv"));
  const known = (row) => plotted.some((p) => [p.panel, p.series, p.x, p.y].every((exact, i) => close(row[i], exact)));
  holds("rows of the data table are rows of the CSV", cells.length > 50 && cells.length <= 120 && cells.every(known), String(cells.length));
  await page.click("#fig-seizures .switch button:first-child");

  // values under the pointer are those of the CSV
  const tip = () => page.evaluate("(() => { const t = document.querySelector('#fig-seizures .tip'); return t.hidden ? null : [t.querySelector('caption').textContent, ...[...t.querySelectorAll('tr')].map((r) => r.textContent)]; })()");
  same("no values without a pointer", await tip(), null);
  const place = await page.evaluate("(() => { const p = document.querySelector('#fig-seizures .plot'); p.scrollIntoView({ block: 'center' }); const r = p.querySelector('svg.wide').getBoundingClientRect(); return [r.x + r.width * 0.75, r.y + r.height * 0.2]; })()");
  await page.move(...place);
  const lines = await tip();
  holds("values under the pointer", lines?.length === 1 + new Set(plotted.map((p) => p.series)).size && lines[0].startsWith("degree; nodes seized, q: "), JSON.stringify(lines));
  const x = Number(lines?.[0].split(": ").pop());
  for (const series of ["beacon", "super-peers"]) {
    const value = Number(lines?.find((line) => line.startsWith(series) && !line.startsWith("beacon fleet"))?.slice(series.length).split(" ")[0]);
    const exact = plotted.filter((p) => p.panel === "degree" && p.series === series).reduce((a, b) => Math.abs(b.x - x) < Math.abs(a.x - x) ? b : a);
    holds(`value of ${series}`, Math.abs(value - Number(exact.y)) <= 6e-4, `${value} at ${x}, ${JSON.stringify(exact)}`);
  }
  await picture(page, "hover");
  await page.move(2, 2);
  same("values go with the pointer", await tip(), null);
  // the same at the keyboard
  await page.evaluate("document.querySelector('#fig-seizures .plot').focus()");
  await page.key("ArrowRight");
  const first = await tip();
  await page.key("ArrowRight");
  const second = await tip();
  holds("values at the arrow keys", first?.[0].endsWith("q: 0") && second?.[0] !== first?.[0], JSON.stringify([first?.[0], second?.[0]]));
  await page.key("ArrowDown");
  holds("the next panel", (await tip())?.[0].startsWith("degree; "), JSON.stringify(await tip()));
  await page.key("Escape");
  same("Escape hides values", await tip(), null);
  // the filter of the summary
  await page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
  await page.evaluate("(() => { const i = document.querySelector('#words'); i.value = 'beacon role r_cmd'; i.dispatchEvent(new Event('input')); })()");
  const left = await page.evaluate("[...document.querySelectorAll('#all-rows tbody tr')].filter((r) => !r.hidden).map((r) => r.cells[0].textContent + '/' + r.cells[2].textContent)");
  const rows = csv(join(folder, "results/centralized-vs-p2p/summary.csv")).filter((row) => ["beacon", "role", "r_cmd"].every((word) => Object.values(row).join(" ").includes(word)));
  same("rows that are left", left, rows.map((row) => `${row.topology}/${row.metric}`));
  holds("some rows are left", left.length >= 2);
  // spec and command
  const toml = await page.evaluate("decodeURIComponent(document.querySelector('a[download]').href.split(',').slice(1).join(','))");
  writeFileSync(join(folder, "again.toml"), toml);
  const again = hydranet("run", "again.toml", "--networks", "1", "--orders", "1", "--no-figures", "--out", "again");
  holds("the spec on the page runs", again.includes("beacon fleet") && existsSync(join(folder, "again/summary.csv")));
  await sound("after all that", page);
  await page.close();
};

const explorer = async (browser) => {
  const page = await browser.page(at("results", "index.html"));
  await sound("index", page);
  const ask = (part) => page.evaluate(`document.querySelector("[data-part=${part}]").textContent`);
  const set = (q) => page.evaluate(`(() => { const s = document.querySelector("[data-part=slider]"); s.value = ${q}; s.dispatchEvent(new Event("input")); })()`);
  const names = await page.evaluate("[...document.querySelectorAll('[data-part=pick] option')].map((o) => o.textContent)");
  const commands = await page.evaluate("document.querySelector('.explorer + details code').textContent.trim().split('\\n')");
  same("a command for every network", commands.length, names.length);
  for (const [index, strategy] of [[0, "role"], [1, "degree"], [3, "adaptive-degree"], [4, "betweenness"], [6, "random"], [10, "degree"], [11, "adaptive-degree"]]) {
    // what the program itself says of the same network and order
    const words = commands[index].match(/'[^']*'|\S+/g).map((word) => word.replace(/^'|'$/g, "")).slice(1);
    words[words.indexOf("--strategy") + 1] = strategy;
    hydranet(...words, "--order-out", "order.txt");
    const curve = csv(join(folder, "curve.csv"));
    await page.evaluate(`(() => { const p = document.querySelector("[data-part=pick]"); p.value = ${index}; p.dispatchEvent(new Event("change")); const r = document.querySelector('input[value="${strategy}"]'); r.checked = true; r.dispatchEvent(new Event("change", { bubbles: true })); })()`);
    const wrong = [];
    for (const q of [0, 1, 2, 5, 13, 40, 70, curve.length - 1]) {
      await set(q);
      const shown = [await ask("s1"), await ask("reach")], expected = [curve[q].largest, curve[q].reach];
      if (JSON.stringify(shown) !== JSON.stringify(expected)) wrong.push([q, shown, expected]);
      // and the drawing agrees: nodes in the colour of the largest component, nodes gone
      const [largest, gone] = await page.evaluate("[document.querySelectorAll('.net path.c0').length, document.querySelectorAll('.net path.out').length]");
      if (gone !== q || (Number(curve[q].largest) > 1 && largest !== Number(curve[q].largest))) wrong.push([q, "drawn", largest, gone]);
    }
    same(`${names[index]}, ${strategy}: the kernel's numbers`, wrong, []);
    same(`${names[index]}: steps`, Number(await page.evaluate("document.querySelector('[data-part=slider]').max")), curve.length - 1);
  }
  // a beacon dies at once, a mesh holds
  await page.evaluate("(() => { const p = document.querySelector('[data-part=pick]'); p.value = 0; p.dispatchEvent(new Event('change')); const r = document.querySelector('input[value=role]'); r.checked = true; r.dispatchEvent(new Event('change', { bubbles: true })); })()");
  same("the beacon lives", [await ask("s1"), await ask("reach")], ["120", "119"]);
  await page.evaluate("document.querySelector('[data-part=slider]').focus()");
  await page.key("ArrowRight");
  same("one seizure by the keyboard", [await ask("s1"), await ask("reach"), await ask("place")], ["1", "0", "1 of 120 removed"]);
  const focus = await page.evaluate("(() => { const s = getComputedStyle(document.activeElement); return [document.activeElement.dataset.part, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; })()");
  same("the focus is seen", focus, ["slider", true]);
  await page.click("[data-part=forth]");
  same("the button takes one more", await ask("place"), "2 of 120 removed");
  await page.click("[data-part=play]");
  await page.evaluate("new Promise((r) => setTimeout(r, 700))");
  await page.click("[data-part=play]");
  const played = Number((await ask("place")).split(" ")[0]);
  holds("play moves on and stops", played >= 4 && played <= 8 && (await ask("play")) === "Play", String(played));
  await set(3);
  await picture(page, "index");
  const links = await page.evaluate("[...document.querySelectorAll('.card h3 a')].map((a) => a.getAttribute('href'))");
  const folders = readdirSync(join(folder, "results")).filter((name) => existsSync(join(folder, "results", name, "run.json")));
  same("a card for every experiment", links, folders.map((name) => `${name}/report.html`));
  same("every card leads somewhere", links.filter((path) => !existsSync(join(folder, "results", path))), []);
  await page.close();

  // tab order: everything that can be operated can be reached
  const fresh = await browser.page(at("results", "index.html"));
  const order = [];
  for (let i = 0; i < 10; i++) {
    await fresh.key("Tab");
    order.push(await fresh.evaluate("(() => { const e = document.activeElement; return e.dataset.part || e.name || e.className || e.textContent; })()"));
  }
  same("the tab key reaches the controls in order", order, ["skip", "theme", "Takedown explorer", "Experiments", "pick", "strategy", "play", "back", "forth", "slider"]);
  await fresh.close();
  hydranet("report", "--explorer", "explorer.html");
  const alone = await browser.page(at("explorer.html"));
  await sound("explorer alone", alone);
  same("explorer alone: networks", await alone.evaluate("document.querySelectorAll('[data-part=pick] option').length"), names.length);
  await alone.close();
};

const looks = async (browser) => {
  const pages = ["results/index.html", ...["centralized-vs-p2p", "helps-but-does-not-cure", "percolation-at-scale", "dht-static-resilience"].map((name) => `results/${name}/report.html`)];
  for (const path of pages) {
    const name = path.split("/").at(-2);
    const phone = await browser.page(at(path), { width: 390, height: 844, touch: true, scale: 2 });
    await phone.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })");
    same(`${name}: nothing overflows at 390 px`, await narrow(phone), [390, []]);
    const small = await phone.evaluate(`[...document.querySelectorAll(".plot .chart")].filter((c) => c.getClientRects().length).flatMap((c) => {
      const scale = c.getBoundingClientRect().width / c.viewBox.baseVal.width;
      // exponents and indices are smaller by their nature
      return [...c.querySelectorAll("text")].map((t) => Number(t.getAttribute("font-size"))).filter((size) => size >= 140).map((size) => size * scale);
    }).reduce((a, b) => Math.min(a, b), 99)`);
    holds(`${name}: labels of figures can be read at 390 px`, small >= 8, `${small} px`);
    await picture(phone, `${name}-390`, { full: true });
    await phone.close();

    const dark = await browser.page(at(path), { dark: true });
    const paper = () => dark.evaluate("getComputedStyle(document.body).backgroundColor");
    same(`${name}: dark where the system is`, await paper(), "rgb(16, 18, 22)");
    const [least, where] = await contrast(dark);
    holds(`${name}: contrast in the dark`, least >= 4.5, `${least} at ${where}`);
    await picture(dark, `${name}-dark`, { full: true });
    await dark.click("button.theme");
    same(`${name}: the switch makes it light`, [await paper(), await dark.evaluate("document.querySelector('button.theme').textContent")], ["rgb(250, 249, 246)", "Dark page"]);
    const [bright, there] = await contrast(dark);
    holds(`${name}: contrast in the light`, bright >= 4.5, `${bright} at ${there}`);
    await picture(dark, `${name}-light`, { full: true });
    await dark.click("button.theme");
    await dark.close();
  }
};

const started = Date.now();
try {
  // small runs of the experiments themselves: the repository keeps no page and no curve
  for (const [name, networks] of [["centralized-vs-p2p", 3], ["helps-but-does-not-cure", 2], ["percolation-at-scale", 1], ["dht-static-resilience", 2], ["error-and-attack-tolerance", 2]]) {
    const spec = readFileSync(join(root, "experiments/specs", `${name}.toml`), "utf8");
    // thresholds at sizes that take seconds
    writeFileSync(join(folder, `${name}.toml`), spec.replace(/^sizes = .*$/m, "sizes = [1000, 2000, 4000, 8000]").replace(/^fit_from = .*$/m, "fit_from = 1000"));
    hydranet("run", `${name}.toml`, "--networks", String(networks));
  }
  hydranet("report", "results");
  for (const name of readdirSync(join(folder, "results"))) {
    const path = join(folder, "results", name, "report.html");
    if (existsSync(path)) holds(`${name}: a page below 3 MB`, statSync(path).size < 3e6, String(statSync(path).size));
  }
  holds("an index below 3 MB", statSync(join(folder, "results/index.html")).size < 3e6);
  const browser = await Browser.start();
  try {
    for (const part of [experiments, switches, explorer, looks]) {
      try { await part(browser); } catch (error) { failed += 1; console.log(`FAILED ${part.name}: ${error.stack}`); }
    }
  } finally {
    await browser.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`browser: ${passed} passed, ${failed} failed (${((Date.now() - started) / 1000).toFixed(1)} s)`);
process.exit(failed ? 1 : 0);
