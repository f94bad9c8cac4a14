// Every recording, replayed in the page and by the companion: line by line the same.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, figure, fill, handedOut, open, patience, picture } from './checks.mjs';
import { backstep } from './programs.mjs';

export async function recordings(browser, page, { companion, root }) {
  const own = recordingsOf(join(root, 'tests/Replay.Tests/Recordings'));
  const names = own.map(one => one.name);
  // Those that may not be in the repository lie beside the checkout, or are left out.
  const beside = recordingsOf(join(root, '../shared/gait-data'), 'auto').filter(one => !names.includes(one.name));
  const out = mkdtempSync(join(tmpdir(), 'backstep-web-'));
  check('there are recordings', own.length >= 5, names);
  figure('recordings that lie beside the checkout, mounted by themselves', beside.length);
  const tab = await open(browser, { address: page.address, hash: '#recording' });
  try {
    for (const { name, folder, mount } of [...own, ...beside]) {
      const events = join(out, name);
      const told = JSON.parse(backstep(companion, ['replay', join(folder, name), '--events', events, '--json',
        ...(mount ? ['--mount', mount] : [])]));
      await fill(tab, 'recording-mount', mount);
      const mine = await read(tab, async () => (await tab.$('#recording-file')).uploadFile(join(folder, name)), name);
      const theirs = readFileSync(events, 'utf8');
      check(`${name}: line by line what backstep replay --events writes (${theirs.split('\n').length - 2} strides)`,
        mine === theirs, difference(mine, theirs));
      check(`${name}: its figures`, await tab.$eval('#recording-result', (one, text) => one.innerText.includes(text),
        `${told.strides} strides: ${told.direction.backward} backward, ${told.direction.forward} forward`));
      check(`${name}: charts`, await tab.$$eval('.chart > svg', all => all.length >= 2
        && all.every(one => one.querySelectorAll(':is(.toe, .flat, .heel, .forward, .unknown)').length > 5
          && one.getAttribute('aria-label').length > 20)));
      const [took, seconds] = await tab.$eval('#recording-result', one => [one.dataset.took, one.dataset.seconds]);
      figure(`replay ${name}, ${Number(seconds).toFixed(0)} s, times real time`, Math.round(seconds / took));
    }
    await picture(tab, 'recording', { fullPage: true });
    await dropped(tab, join(own[0].folder, own[0].name));
    await refused(tab);
    check('recordings: no error in the console', tab.errors.length === 0, tab.errors);
    check('recordings: no request leaves the page’s own address', tab.foreign.length === 0, tab.foreign);
  } finally {
    rmSync(out, { recursive: true });
    await tab.profile.close();
  }
}

function recordingsOf(folder, usualMount = '') {
  const names = existsSync(folder) ? readdirSync(folder).filter(one => /^\d+_.*\.csv$/.test(one)
    && !/_(events|lengths)\.csv$/.test(one)) : [];
  return names.map(name => {
    const mounted = join(folder, name.replace('.csv', '.mount'));
    return { name, folder, mount: existsSync(mounted) ? readFileSync(mounted, 'utf8').trim() : usualMount };
  });
}

async function read(tab, give, name) {
  await give();
  await tab.waitForFunction(one => document.getElementById('recording-busy').textContent.startsWith(`${one} is read`)
    || !document.getElementById('recording-trouble').hidden, { timeout: patience }, name);
  return (await handedOut(tab, () => tab.click('#recording-result button'))).toString('utf8');
}

async function dropped(tab, path) {
  await tab.evaluate(text => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
    document.getElementById('recording-title').dispatchEvent(new DragEvent('drop',
      { bubbles: true, cancelable: true, dataTransfer: carried }));
  }, readFileSync(path, 'utf8'));
  await tab.waitForFunction(() => document.getElementById('recording-busy').textContent.startsWith('dropped.csv is'),
    { timeout: patience });
  check('a file that is dropped is read', await tab.$eval('#recording-result h2', one => one.textContent)
    === 'dropped.csv');
}

async function refused(tab) {
  await tab.evaluate(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(['a,b\n1,2\n'], 'letter.csv'));
    document.getElementById('recording').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true,
      dataTransfer: carried }));
  });
  await tab.waitForSelector('#recording-trouble:not([hidden])', { timeout: patience });
  const said = await tab.$eval('#recording-trouble', one => one.textContent);
  check('a file that is no recording is refused in a sentence', /column|header|t_s/i.test(said)
    && !/Exception|   at /.test(said), said);
}

function difference(mine, theirs) {
  const [a, b] = [mine.split('\n'), theirs.split('\n')];
  const line = a.findIndex((one, i) => one !== b[i]);
  return line < 0 ? `${a.length} lines, not ${b.length}` : `line ${line + 1}: '${a[line]}', not '${b[line]}'`;
}
