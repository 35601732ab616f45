// A headless Chromium, driven by the DevTools protocol over a pipe: nothing to install but the browser.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAMS = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome"].filter(Boolean);

export class Browser {
  static async start() {
    for (const program of PROGRAMS) {
      try {
        return await new Browser().launch(program);
      } catch (error) {
        if (error.code !== "ENOENT") throw error;
      }
    }
    throw new Error(`no Chromium among ${PROGRAMS.join(", ")}; install Debian's \`chromium\`, or name one in $CHROMIUM`);
  }

  async launch(program) {
    this.profile = mkdtempSync(join(tmpdir(), "hydranet-browser-"));
    const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb", `--user-data-dir=${this.profile}`, "--remote-debugging-pipe", "about:blank"];
    this.process = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    await new Promise((resolve, reject) => { this.process.once("spawn", resolve); this.process.once("error", reject); });
    this.calls = new Map();
    this.listeners = new Set();
    this.last = 0;
    let rest = "";
    this.process.stdio[4].on("data", (chunk) => {
      const parts = (rest + chunk.toString()).split("\0");
      rest = parts.pop();
      for (const text of parts) this.take(JSON.parse(text));
    });
    return this;
  }

  take(message) {
    const call = this.calls.get(message.id);
    if (!call) { for (const listen of this.listeners) listen(message); return; }
    this.calls.delete(message.id);
    if (message.error) call.reject(new Error(`${call.method}: ${message.error.message}`));
    else call.resolve(message.result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.last;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => {
      this.calls.set(id, { resolve, reject, method });
      setTimeout(() => { if (this.calls.delete(id)) reject(new Error(`${method}: no answer in 20 s`)); }, 20000).unref();
    });
  }

  async page(url, size = {}) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId, targetId);
    await page.open(url, size);
    return page;
  }

  async stop() {
    await this.send("Browser.close").catch(() => {});
    await new Promise((resolve) => { if (this.process.exitCode !== null) resolve(); else this.process.once("exit", resolve); });
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Page {
  constructor(browser, session, target) {
    Object.assign(this, { browser, session, target, requests: [], problems: [] });
  }

  send(method, params) { return this.browser.send(method, params, this.session); }

  async open(url, { width = 1200, height = 900, dark = false, touch = false, scale = 1 }) {
    let loaded;
    const load = new Promise((resolve) => { loaded = resolve; });
    this.browser.listeners.add(({ method, params, sessionId }) => {
      if (sessionId !== this.session) return;
      if (method === "Page.loadEventFired") loaded();
      if (method === "Network.requestWillBeSent") this.requests.push(params.request.url);
      if (method === "Runtime.exceptionThrown") this.problems.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      if (method === "Runtime.consoleAPICalled" && params.type === "error") this.problems.push(`console: ${params.args.map((a) => a.value ?? a.description).join(" ")}`);
      if (method === "Log.entryAdded" && params.entry.level === "error") this.problems.push(`log: ${params.entry.text}`);
    });
    for (const domain of ["Page", "Runtime", "Network", "Log"]) await this.send(`${domain}.enable`);
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: scale, mobile: touch });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }, { name: "prefers-reduced-motion", value: "reduce" }] });
    await this.send("Page.navigate", { url });
    await load;
    await this.evaluate("document.fonts.ready.then(() => true)");
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async key(key, code = key, text = undefined) {
    const codes = { Tab: 9, Enter: 13, Escape: 27, " ": 32, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Home: 36, End: 35 };
    const common = { key, code, windowsVirtualKeyCode: codes[key] };
    await this.send("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", text, ...common });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...common });
  }

  async move(x, y) { await this.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y }); }

  async click(selector) {
    const { x, y } = await this.evaluate(`(() => { const e = document.querySelector(${JSON.stringify(selector)}); e.scrollIntoView({ block: "center" }); const r = e.getBoundingClientRect(); return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; })()`);
    for (const type of ["mousePressed", "mouseReleased"]) await this.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
  }

  async shot({ full = false, clip = undefined } = {}) {
    const { data } = await this.send("Page.captureScreenshot", { format: "png", captureBeyondViewport: full || Boolean(clip), clip });
    return Buffer.from(data, "base64");
  }

  async close() { await this.browser.send("Target.closeTarget", { targetId: this.target }); }
}
