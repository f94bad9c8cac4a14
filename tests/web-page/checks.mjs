// What is checked, one a line, and how the browser is driven.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

export const patience = 30000; // ms; a busy machine is no fault
let good = 0;
let bad = 0;

/** @param {string} name @param {boolean} isSo @param {unknown} [otherwise] what was found instead */
export function check(name, isSo, otherwise = '') {
  isSo ? good++ : bad++;
  const found = typeof otherwise === 'string' ? otherwise : JSON.stringify(otherwise);
  console.log(isSo ? `ok      ${name}` : `FAILED  ${name}${found ? `: ${found.slice(0, 600)}` : ''}`);
}

/** Runs some checks; what they throw is one that failed. @param {string} name @param {() => Promise<void>} run */
export async function group(name, run) {
  console.log(`== ${name}`);
  try {
    await run();
  } catch (thrown) {
    check(name, false, String(thrown?.stack ?? thrown).split('\n').slice(0, 4).join(' | '));
  }
}

/** A figure, told and not judged. */
export const figure = (name, value) => console.log(`figure  ${name}: ${value}`);

/** Closes: 'succeeded: N', 'failed: N', and the exit code. */
export function close() {
  console.log(`succeeded: ${good}\nfailed: ${bad}`);
  return bad === 0 && good > 0 ? 0 : 1;
}

/** @param {string} chromium @param {string[]} [more] switches */
export function launch(chromium, more = []) {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // root wants none; the pages are our own
  return puppeteer.launch({ executablePath: chromium, protocolTimeout: 120000,
    args: [...root, '--disable-gpu', '--autoplay-policy=no-user-gesture-required', ...more] });
}

/**
 * A tab in a profile of its own, with what it asked for and what went wrong in it.
 * @param {any} browser @param {{address: string, width?: number, height?: number, prepare?: (tab: any) => any,
 *   hash?: string, profile?: any, isReady?: boolean}} how
 */
export async function open(browser, how) {
  const profile = how.profile ?? await browser.createBrowserContext();
  const tab = await profile.newPage();
  tab.profile = profile;
  tab.errors = [];
  tab.foreign = [];
  tab.on('pageerror', error => tab.errors.push(String(error)));
  tab.on('console', line => line.type() === 'error' && tab.errors.push(line.text()));
  tab.on('request', one => !one.url().startsWith(how.address) && !/^(blob|data):/.test(one.url())
    && tab.foreign.push(one.url()));
  await tab.setViewport({ width: how.width ?? 390, height: how.height ?? 844 });
  await how.prepare?.(tab);
  await tab.goto(how.address + (how.hash ?? ''));
  if (how.isReady !== false) {
    await ready(tab);
  }
  return tab;
}

/**
 * Seconds that the page's thread worked on something; not those that passed: others may use this machine, too.
 * @returns {Promise<(run: () => Promise<unknown>) => Promise<number>>}
 */
export async function worker(tab) {
  const cdp = await tab.createCDPSession();
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const now = async () => (await cdp.send('Performance.getMetrics')).metrics
    .find(one => one.name === 'TaskDuration').value;
  return async run => {
    const begun = await now();
    await run();
    return await now() - begun;
  };
}

/** Waits until the engine has begun. */
export const ready = tab => tab.waitForFunction(() => document.documentElement.dataset.ready !== undefined,
  { timeout: patience });

/** Goes to a view. */
export async function view(tab, name) {
  await tab.evaluate(hash => { location.hash = hash; }, name);
  await tab.waitForSelector(`#${name.split('/')[0]}:not([hidden])`, { timeout: patience });
}

/** Takes a picture where they are wanted. */
export async function picture(tab, name, options = {}) {
  const folder = process.env.BACKSTEP_WEB_PICTURES;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    await tab.screenshot({ path: join(folder, `${name}.png`), ...options });
  }
}

/** What the page hands out next as a file, as bytes. @param {any} tab @param {() => Promise<unknown>} press */
export async function handedOut(tab, press) {
  await tab.evaluate(() => {
    window.handed = new Promise(done => {
      const make = URL.createObjectURL;
      URL.createObjectURL = blob => {
        URL.createObjectURL = make;
        blob.arrayBuffer().then(bytes => done([...new Uint8Array(bytes)]));
        return make.call(URL, blob);
      };
    });
  });
  await press();
  return Buffer.from(await tab.evaluate(() => window.handed));
}

/** Chooses what a form's field holds. */
export const fill = (tab, id, value) => tab.$eval(`#${id}`, (one, text) => {
  one.value = text;
  one.dispatchEvent(new Event('change', { bubbles: true }));
}, String(value));
