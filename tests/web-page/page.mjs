// The page in the system's Chromium. One check a line, 'succeeded: N' and 'failed: N' at the end.
// usage: node page.mjs CHROMIUM FOLDER BENCH COMPANION.dll GYM.dll BENCHMARKS.dll [GROUP...]
// BACKSTEP_WEB_PICTURES names a folder for pictures.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bench } from './bench.mjs';
import { close, group, launch } from './checks.mjs';
import { demo } from './demo.mjs';
import { emulation } from './emulation.mjs';
import { figures } from './figures.mjs';
import { keys } from './keys.mjs';
import { looks } from './looks.mjs';
import { offline } from './offline.mjs';
import { recordings } from './recordings.mjs';
import { serve } from './server.mjs';
import { walks } from './walk.mjs';

const [chromium, folder, benchFolder, companion, gym, benchmarks, ...wanted] = process.argv.slice(2);
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const programs = { chromium, companion, gym, benchmarks, root };
const groups = {
  figures: (browser, page) => figures(browser, page),
  bench: (browser) => bench(browser, benchFolder, programs),
  demo: (browser, page) => demo(browser, page, programs),
  recordings: (browser, page) => recordings(browser, page, programs),
  keys: (browser, page) => keys(browser, page),
  looks: (browser, page) => looks(browser, page),
  walk: (browser, page) => walks(browser, page, programs),
  emulation: (_, page) => emulation(page, programs),
  offline: (browser, page) => offline(browser, page), // last: it changes what the server says
};
const page = await serve(folder.split(':'));
const browser = await launch(chromium);
try {
  for (const name of wanted.length > 0 ? wanted : Object.keys(groups)) {
    await group(name, () => groups[name](browser, page));
  }
} finally {
  await browser.close();
  page.close();
}
process.exitCode = close();
