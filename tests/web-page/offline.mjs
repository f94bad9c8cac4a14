// Without a network after the first visit; another version is told, and taken at the next start.
import { createHash } from 'node:crypto';
import { check, fill, open, patience, ready } from './checks.mjs';

export async function offline(browser, page) {
  const tab = await open(browser, { address: page.address });
  await kept(tab);
  page.down(true);
  await tab.reload();
  await ready(tab);
  check('the page starts without a network', await tab.$eval('#version', one => one.textContent.length > 8));
  await tab.evaluate(() => { location.hash = 'demo'; });
  await tab.waitForSelector('#demo:not([hidden])', { timeout: patience });
  await fill(tab, 'demo-speed', 0);
  await tab.click('#demo-start');
  await tab.waitForSelector('#demo-after:not([hidden])', { timeout: patience });
  check('a demo runs without a network', true);
  const other = await tab.profile.newPage();
  await other.goto(`${page.address}?from=home#sessions`);
  await ready(other);
  check('the page opens anew without a network, whatever stands behind its address', true);
  await other.close();
  page.down(false);
  await newVersion(tab, page);
  await tab.profile.close();
}

const kept = tab => tab.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated'
  && navigator.serviceWorker.controller !== null, { timeout: patience });

// As a publish would: a changed file, its hash in the list, another worker.
async function newVersion(tab, page) {
  page.change('/look.css', text => `${text}\nbody { --version: two; }\n`);
  const css = await fetch(`${page.address}look.css`).then(one => one.text());
  const hash = `sha256-${createHash('sha256').update(css).digest('base64')}`;
  page.change('/service-worker-assets.js', text => text.replace(/"version": "[^"]*"/, '"version": "two"')
    .replace(/("hash": ")[^"]*(",\s*"url": "look\.css")/, (_, before, after) => before + hash + after));
  page.change('/service-worker.js', text => `${text}\n/* two */\n`);
  const version = () => getComputedStyle(document.body).getPropertyValue('--version').trim();
  await tab.reload();
  await ready(tab);
  check('a new version is told', await tab.waitForSelector('#update:not([hidden])', { timeout: patience })
    .then(() => true, () => false));
  check('a new version is not taken under a page that is open', await tab.evaluate(version) === '',
    await tab.evaluate(version));

  // Somebody walks in this window, and opens another one.
  await tab.evaluate(() => { navigator.locks.request('backstep.walk', () => new Promise(() => {})); });
  const other = await tab.profile.newPage();
  await other.goto(page.address);
  await ready(other);
  check('a new version is not taken while somebody walks', await other.evaluate(version) === '',
    await other.evaluate(version));
  await other.close();

  await tab.reload();
  await tab.waitForFunction(`(${version})() === 'two'`, { timeout: patience }).catch(() => {});
  await ready(tab);
  check('a new version is taken at the next start', await tab.evaluate(version) === 'two', await tab.evaluate(version));
  check('one version is kept, not two', (await tab.evaluate(() => caches.keys())).length === 1);
}
