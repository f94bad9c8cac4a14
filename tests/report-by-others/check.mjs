// Looks at HTML pages with axe-core in Chromium.
// usage: node check.mjs CHROMIUM SHOTS|- LOOKS PAGE...
// LOOKS: widths with light or dark, as 390-dark,1280-light. A line of JSON for each look at a page: page, width,
// scheme, violations, and by how much the page is wider than the screen. With SHOTS, a folder, each look is kept there
// as a picture.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const [chromium, shots, looks, ...pages] = process.argv.slice(2);
const axe = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

// Root wants no sandbox; the pages are our own.
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await puppeteer.launch({ executablePath: chromium, args: [...root, '--disable-gpu'] });
try {
  const tab = await browser.newPage();
  for (const page of pages) {
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(axe);
    for (const [width, scheme] of looks.split(',').map(look => look.split('-'))) {
      console.log(JSON.stringify(await look(tab, page, Number(width), scheme)));
    }
  }
} finally {
  await browser.close();
}

async function look(tab, path, width, scheme) {
  await tab.setViewport({ width, height: 900 });
  await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const { violations } = await tab.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  const tooWide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (shots !== '-') {
    const picture = join(shots, `${basename(path, '.html')}-${width}-${scheme}.png`);
    await tab.screenshot({ path: picture, fullPage: true });
  }

  return {
    page: basename(path), width, scheme, tooWide: Math.max(0, tooWide),
    violations: violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html.slice(0, 200)}`),
  };
}
