// What the page itself has no use for (tests/web-bench): every decoder's verdict on many hostile payloads, held against
// .NET's, and the engine alone. BACKSTEP_WEB_PAYLOADS says how many.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, figure, open, worker } from './checks.mjs';
import { verdicts } from './programs.mjs';
import { serve } from './server.mjs';

const payloads = Number(process.env.BACKSTEP_WEB_PAYLOADS ?? 100000);
const atOnce = 20000; // a call is answered within a browser's patience
const seed = 1;
const walkSeconds = 600;

export async function bench(browser, folder, { benchmarks, root }) {
  const served = await serve([folder]);
  const tab = await open(browser, { address: served.address, isReady: false });
  await tab.evaluate(async () => {
    const { dotnet } = await import('./_framework/dotnet.js');
    const { getAssemblyExports, getConfig } = await dotnet.create();
    window.bench = (await getAssemblyExports(getConfig().mainAssemblyName)).Backstep.WebBench.Bench;
  });
  const worked = await worker(tab);
  await decoders(tab, worked, benchmarks, root);
  await engine(tab, worked);
  await tab.profile.close();
  served.close();
}

async function decoders(tab, worked, benchmarks, root) {
  const page = readFileSync(join(root, 'firmware/Protocol/README.md'), 'utf8');
  const frames = [...page.matchAll(/^```example \w+\n([^\n]+)/gm)].map(one => one[1].replace(/ /g, '')).join('\n');
  const place = mkdtempSync(join(tmpdir(), 'backstep-frames-'));
  writeFileSync(join(place, 'frames'), frames);
  const wanted = verdicts(benchmarks, seed, payloads, join(place, 'frames'));
  rmSync(place, { recursive: true });
  let digest = 'cbf29ce484222325'; // where FNV-1a begins
  const seconds = await worked(async () => {
    for (let from = 0; from < payloads; from += atOnce) {
      digest = await tab.evaluate((...call) => window.bench.Verdicts(...call), seed, from,
        Math.min(atOnce, payloads - from), frames, digest);
    }
  });
  check(`every decoder's verdict on ${payloads} payloads is that of .NET`, digest === wanted, `${digest}, ${wanted}`);
  figure('payloads through all decoders, a second of a core', Math.round(payloads / seconds));
}

async function engine(tab, worked) {
  await tab.evaluate(seconds => window.bench.Walk(seconds), walkSeconds);
  const times = [];
  for (let i = 0; i < 3; i++) {
    let strides = 0;
    const seconds = await worked(async () => { strides = await tab.evaluate(() => window.bench.RunEngine()); });
    times.push(Math.round(walkSeconds / seconds));
    // 90 steps a minute with two feet: an engine that has stopped working is fast, too.
    check(`the engine finds the strides of ${walkSeconds} s`, strides > 330 && strides < 660, strides);
  }
  figure('the engine alone, times real time by the core’s work, three times', times.join(', '));
}
