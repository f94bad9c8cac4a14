// What the page costs: bytes over the network, time until it can be used, for the first time and after.
import { readFileSync } from 'node:fs';
import { check, figure, open, ready, worker } from './checks.mjs';

export async function figures(browser, page) {
  const from = page.asked.length;
  const tab = await open(browser, { address: page.address });
  const asked = page.asked.slice(from);
  const usable = () => tab.evaluate(() => performance.getEntriesByName('backstep.usable')[0].startTime / 1000);
  const sum = some => some.reduce((all, one) => all + one.bytes, 0);
  figure('usable, cold, s', (await usable()).toFixed(2));
  figure('until then over the network, bytes (Brotli where the publish made it)', sum(asked));
  const missing = page.asked.filter(one => one.status === 404 && one.path !== '/favicon.ico');
  check('no file is asked for that is not there', missing.length === 0, missing.map(one => one.path));
  await tab.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
  figure('more, to be kept for a start without a network, bytes', sum(page.asked.slice(from)) - sum(asked));
  const warm = [];
  for (let i = 0; i < 3; i++) {
    await tab.reload();
    await ready(tab);
    warm.push(await usable());
  }
  figure('usable, warm, s (middle of three)', warm.sort((a, b) => a - b)[1].toFixed(2));
  figure('largest files, bytes', asked.sort((a, b) => b.bytes - a.bytes).slice(0, 6)
    .map(one => `${one.path.split('/').pop()} ${one.bytes}`).join(', '));
  await speed(tab);
  await tab.profile.close();
}

async function speed(tab) {
  const worked = await worker(tab);
  const name = '09_gaitmap_healthy_left.csv';
  const csv = readFileSync(new URL(`../Replay.Tests/Recordings/${name}`, import.meta.url), 'utf8');
  const replay = () => tab.evaluate(async text => {
    const it = await import('./page/engine.js').then(one => one.engine());
    return it.replayRun('walk.csv', new TextEncoder().encode(text), { mount: null, side: 'left' })
      .figures.durationSeconds;
  }, csv);
  const demo = seconds => tab.evaluate(async length => {
    const it = await import('./page/engine.js').then(one => one.engine());
    it.demoBegin({ scenario: 'backward', seed: 1, seconds: length, units: 'metric', targetMinutes: null, mode: null });
    it.demoPass(length);
    it.demoEnd();
    return length;
  }, seconds);
  for (const [what, run] of [[`a recording (${name}: reading, engine, JSON)`, replay],
    ['a demo of 120 s (walker, chip, the sensor’s whole program, radio, coach)', () => demo(120)]]) {
    let length = 0;
    const first = await worked(async () => { length = await run(); });
    await run();
    const third = await worked(run);
    figure(`${what}, times real time by the core’s work, at first and when warm`,
      `${Math.round(length / first)}, ${Math.round(length / third)}`);
  }
}
