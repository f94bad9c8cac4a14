// Looks at the gym's pages in Chromium, as people do who walk, and with other eyes.
// A line of JSON for each look, or one for the whole.
// usage: node look.mjs CHROMIUM look SHOTS|- ADDRESS LOOKS NAME PATH...   axe-core, width, cut text
//        node look.mjs CHROMIUM keys SHOTS|- ADDRESS PATH                 a walk on a phone by keyboard alone
//        node look.mjs CHROMIUM cut  SHOTS|- ADDRESS                      the network goes and comes back
//        node look.mjs CHROMIUM cost SHOTS|- ADDRESS SECONDS              what the wall costs the main thread
//        node look.mjs CHROMIUM full SHOTS|- ADDRESS                      no stream is free
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const [chromium, what, shots, address, ...rest] = process.argv.slice(2);
const axe = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const patience = 30000;

// Root wants no sandbox; the pages are our own.
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await puppeteer.launch({ executablePath: chromium, args: [...root, '--disable-gpu'] });
try {
  await { look, keys, cut, cost, full }[what](...rest);
} finally {
  await browser.close();
}

async function open(path, width = 1920, height = 1080, at = address) {
  const tab = await browser.newPage();
  await tab.setViewport({ width, height });
  tab.errors = [];
  tab.on('pageerror', error => tab.errors.push(String(error)));
  tab.on('console', line => line.type() === 'error' && tab.errors.push(line.text()));
  await tab.goto(at + path);
  return tab;
}

async function look(looks, name, ...paths) {
  for (const path of paths) {
    const tab = await open(path);
    if (path === '/') {
      // Long enough for rows of marks, and for the belt that falls silent.
      await tab.waitForFunction(() => document.querySelectorAll('.marks .T').length > 10
        && (document.querySelectorAll('.belt').length < 5 || document.querySelector('.stale')), { timeout: patience });
    }
    for (const one of looks.split(',')) {
      const [size, scheme] = one.split('-');
      const [width, height] = size.split('x').map(Number);
      await tab.setViewport({ width, height });
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' }]);
      const label = `${path.split('/').slice(1, 3).join('-') || 'wall'}-${name}-${one}`;
      if (shots !== '-') {
        await tab.screenshot({ path: join(shots, `${label}.png`), fullPage: width < 1000 });
      }
      tell({ page: path, look: one, ...await measure(tab), errors: tab.errors });
    }
    await tab.close();
  }
}

async function measure(tab) {
  // By evaluation in an own world: the page's own policy lets no script of others in.
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  const tooWide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  const cutOff = await tab.evaluate(() => [...document.querySelectorAll(
    '.belt:not(.free) :is(.number, .time, .state, .figures dd, .figures div:not(.plain) dt, .cue *, .tags span)')]
    .filter(one => one.textContent && one.getClientRects().length > 0)
    .filter(one => {
      const inner = one.getBoundingClientRect();
      const outer = one.closest('.cue, .facts-place, .in').getBoundingClientRect();
      return inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1 || inner.top < outer.top - 1
        || one.matches('.cue *') && one.scrollWidth > one.clientWidth + 1;
    }).map(one => `${one.className || one.tagName} '${one.textContent}'`).slice(0, 5));
  return {
    tooWide: Math.max(0, tooWide), cutOff,
    violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`),
  };
}

async function keys(path) {
  const tab = await open(path, 390, 844);
  const press = async label => {
    for (let i = 0; i < 30; i++) {
      await tab.keyboard.press('Tab');
      const text = await tab.evaluate(() => document.activeElement.textContent.trim());
      if (text === label) {
        await Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);
        return;
      }
    }
    throw new Error(`'${label}' is not reached by Tab`);
  };
  await press('Start');
  await tab.waitForSelector('.belt .number');
  await press('Pause');
  await press('Stop');
  tell({ code: await tab.$eval('.code', one => one.textContent) });
}

// A cable between browser and server that can be pulled: nothing is closed, nothing comes through.
async function cable() {
  const { hostname, port } = new URL(address);
  const pairs = new Set();
  let isPulled = false;
  const server = createServer(near => {
    const far = connect(Number(port), hostname);
    pairs.add(near).add(far);
    for (const [from, to] of [[near, far], [far, near]]) {
      from.on('data', bytes => isPulled || to.write(bytes));
      from.on('error', () => {});
      from.on('close', () => { pairs.delete(from); to.destroy(); });
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    pull: () => { isPulled = true; },
    plug: () => { isPulled = false; },
    end: () => { server.close(); pairs.forEach(one => one.destroy()); },
  };
}

async function cut() {
  const wire = await cable();
  const tab = await open('/', 1920, 1080, wire.address);
  await tab.evaluate(() => { window.same = true; });
  await tab.waitForFunction(() => document.querySelectorAll('.belt').length === 12, { timeout: patience });
  // One belt falls silent: 12 s after the start of the room its clip says nothing more.
  await tab.evaluate(() => {
    const belt = document.getElementById('belt-5').closest('.belt');
    let newest = performance.now(); // its time goes on with each message of its clip
    const watch = (what, then) => new MutationObserver(then).observe(what,
      { subtree: true, childList: true, characterData: true, attributes: true });
    watch(belt.querySelector('.time'), () => { newest = performance.now(); });
    watch(belt, () => {
      if (belt.classList.contains('stale')) {
        window.greyAfter ??= performance.now() - newest;
      }
    });
  });
  await tab.waitForFunction(() => window.greyAfter !== undefined, { timeout: patience });
  const silent = await tab.evaluate(() => window.greyAfter / 1000);
  const stale = () => document.querySelectorAll('.belt.stale').length;
  wire.pull();
  const cutAt = Date.now();
  await tab.waitForFunction(`(${stale})() >= 11`, { timeout: patience, polling: 100 });
  const grey = (Date.now() - cutAt) / 1000;
  if (shots !== '-') {
    await tab.screenshot({ path: join(shots, 'wall-cut.png') });
  }
  await tab.setOfflineMode(true); // new connections fail at once now, as on a computer that sees no cable
  await new Promise(done => setTimeout(done, 6000)); // long enough for the page to try again in vain
  wire.plug();
  await tab.setOfflineMode(false);
  const backAt = Date.now();
  await tab.waitForFunction(`(${stale})() <= 1 && document.getElementById('trouble').hidden`,
    { timeout: patience, polling: 100 });
  tell({ silentBeltGreyAfterSeconds: silent, allGreyAfterSeconds: grey,
    backAfterSeconds: (Date.now() - backAt) / 1000, reloaded: await tab.evaluate(() => window.same !== true) });
  wire.end();
}

async function cost(seconds) {
  const tab = await open('/');
  await tab.waitForFunction(() => document.querySelectorAll('.belt').length === 60, { timeout: patience });
  const cdp = await tab.createCDPSession();
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' }); // time on a core, not time that passed
  const all = await browser.target().createCDPSession();
  const now = async () => ({
    at: performance.now() / 1000,
    ...Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value])),
    ...Object.fromEntries((await all.send('SystemInfo.getProcessInfo')).processInfo
      .sort((a, b) => a.cpuTime - b.cpuTime).map(({ type, cpuTime }) => [type, cpuTime])),
  });
  await new Promise(done => setTimeout(done, 3000));
  const before = await now();
  await new Promise(done => setTimeout(done, 1000 * Number(seconds)));
  const after = await now();
  const share = name => (after[name] - before[name]) / (after.at - before.at);
  tell({ seconds: after.at - before.at, taskShare: share('TaskDuration'), scriptShare: share('ScriptDuration'),
    layoutShare: share('LayoutDuration'), styleShare: share('RecalcStyleDuration'),
    layoutsPerSecond: share('LayoutCount'), rendererShare: share('renderer'), gpuShare: share('GPU'),
    heapMegabytes: after.JSHeapUsedSize / 1e6 });
}

async function full() {
  const tab = await open('/');
  await tab.waitForFunction(() => !document.getElementById('trouble').hidden, { timeout: patience });
  tell({ trouble: await tab.$eval('#trouble', one => one.textContent) });
}

function tell(told) {
  console.log(JSON.stringify(told));
}
