// A walk with the project's own sensor, in real time, through Web Bluetooth's interface: links are lost, the page is
// left in the middle, the browser's system has not paired.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bridge } from './bridge.mjs';
import { check, figure, handedOut, open, patience, picture, ready, view } from './checks.mjs';
import { backstep, startRoom } from './programs.mjs';

const radio = readFileSync(new URL('./radio.js', import.meta.url), 'utf8');
const written = 300; // ms; a stride is given to the store as it comes, and that has the disk to wait for
const long = 60000; // ms; walkers stand for 10 s before they walk

export async function walks(browser, page, programs) {
  const folder = mkdtempSync(join(tmpdir(), 'backstep-web-'));
  try {
    // In real time, mostly waited for: beside each other.
    const ran = await Promise.allSettled([twoLosses(browser, page, programs, folder),
      reloaded(browser, page, programs, folder), unpaired(browser, page, programs), withoutBluetooth(browser, page)]);
    for (const one of ran) {
      if (one.status === 'rejected') {
        check('a walk', false, String(one.reason?.stack ?? one.reason).split('\n').slice(0, 4).join(' | '));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function begin(browser, page, { gym }, words, wish = {}) {
  const room = await startRoom(gym, ['--scenario', 'backward', ...words]);
  let link;
  const tab = await open(browser, { address: page.address, hash: '#walk', prepare: async it => {
    link = await bridge(it, room.port);
    await it.evaluateOnNewDocument(() => {
      window.locked = 0;
      const lock = { released: false, release: async () => { window.locked--; } };
      const request = async () => { window.locked++; return lock; };
      Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    });
    await it.evaluateOnNewDocument(`window.radioWish = ${JSON.stringify(wish)};\n${radio}`);
  } });
  return { room, tab, link };
}

async function connect(tab) {
  await tab.click('#connect');
  await tab.waitForSelector('.stage', { timeout: patience });
}

const strides = tab => tab.evaluate(async () => {
  const { engine } = await import('./page/engine.js');
  return (await engine()).liveLook().strides;
});

const until = (tab, least) => tab.waitForFunction(async wanted => {
  const { engine } = await import('./page/engine.js');
  const look = (await engine()).liveLook();
  return look.linkState === 'connected' && look.strides >= wanted;
}, { timeout: long, polling: 250 }, least);

async function end(tab) {
  await tab.$$eval('.face button', all => all.find(one => one.textContent === 'End').click());
  await tab.waitForSelector('dialog[open]', { timeout: patience });
  await tab.click('dialog[open] button[value=yes]');
  await tab.waitForSelector('#walk-after:not([hidden])', { timeout: patience });
}

// All sessions that the page keeps, as files that `backstep import` takes.
async function exported(tab) {
  await view(tab, 'sessions');
  await tab.waitForSelector('#sessions-list a[href*="/"]', { timeout: patience });
  const files = [];
  for (const href of await tab.$$eval('#sessions-list a[href*="/"]', all => all.map(one => one.getAttribute('href')))) {
    await view(tab, href.slice(1));
    await tab.waitForFunction(() => document.querySelector('#session-shown [data-format=json]'), { timeout: patience });
    const bytes = await handedOut(tab, () => tab.click('#session-shown [data-format=json]'));
    files.push(JSON.parse(bytes.toString('utf8')));
  }
  return files;
}

const numbers = files => files.flatMap(one => one.strides.map(stride => stride.sequence)).sort((a, b) => a - b);

// From the first stride to the last, each once.
function unbroken(found) {
  const wrong = found.filter((one, i) => i > 0 && one !== found[i - 1] + 1);
  return found.length > 0 && found[0] === 1 && wrong.length === 0;
}

async function twoLosses(browser, page, programs, folder) {
  const truth = join(folder, 'truth.json');
  const { room, tab, link } = await begin(browser, page, programs, ['--truth', truth, '--seed', '3']);
  const asked = await connect(tab).then(() => tab.evaluate(() => window.radioAsked[0]));
  check('the chooser is asked for Backstep sensors alone', JSON.stringify(asked.filters).includes('a1e40000-'), asked);
  await until(tab, 5);
  await picture(tab, 'walk-390x844');
  check('the screen is kept on while somebody walks', await tab.evaluate(() => window.locked) === 1);
  for (const away of [3000, 7000]) {
    const before = await strides(tab);
    const out = link.cut(away);
    check('a lost link is told', await tab.waitForSelector('.stage[data-link=reconnecting] .strip:not([hidden])',
      { timeout: patience }).then(() => true, () => false));
    const why = await tab.evaluate(async () => (await (await import('./page/engine.js')).engine()).liveLook()
      .linkReason);
    check('and why, in a sentence of ours', !/Error:|Network:|Exception/.test(why), why);
    away > 5000 && await picture(tab, 'walk-lost-390x844');
    await out;
    await until(tab, before + 5);
  }
  await tab.keyboard.press('Space'); // marks this moment
  const seen = await strides(tab);
  await end(tab);
  await picture(tab, 'walk-after-390x844', { fullPage: true });
  check('and not after', await tab.evaluate(() => window.locked) === 0);
  const files = await exported(tab);
  await picture(tab, 'session-shown-390x844', { fullPage: true });
  await room.end();
  const [clip] = JSON.parse(readFileSync(truth, 'utf8')).clips;
  const found = numbers(files);
  check(`two lost links: every stride once (${found.length} of ${clip.lastStride} when the sensor was switched off)`,
    unbroken(found) && found.length >= seen && found.length <= clip.lastStride, found);
  check('a moment is marked', files.some(one => one.marks.some(mark => mark.kind === 'walker')), files[0].marks);
  const path = join(folder, 'walk.json');
  writeFileSync(path, JSON.stringify(files[0]));
  taken(programs, folder, path, files[0]);
  check('no two operations of Bluetooth run at once', (await tab.evaluate(() => window.radioFaults)).length === 0,
    await tab.evaluate(() => window.radioFaults));
  check('walk: no error in the console', tab.errors.length === 0, tab.errors);
  check('walk: no request leaves the page’s own address', tab.foreign.length === 0, tab.foreign);
  await tab.profile.close();
}

function taken({ companion }, folder, path, file) {
  backstep(companion, ['import', path, '--data', folder, '--walker', 'Page']);
  const { sessions } = JSON.parse(backstep(companion, ['sessions', '--data', folder, '--json']));
  const [one] = sessions;
  check('a session of the page is taken by backstep import', sessions.length === 1
    && one.totals.backwardStrides === file.totals.backwardStrides && file.totals.backwardStrides > 5, sessions);
}

async function reloaded(browser, page, programs, folder) {
  const truth = join(folder, 'reloaded.json');
  const { room, tab, link } = await begin(browser, page, programs, ['--truth', truth, '--seed', '4']);
  await connect(tab);
  await until(tab, 6);
  const before = await strides(tab);
  await new Promise(done => setTimeout(done, written));
  link.drop();
  await tab.reload();
  await ready(tab);
  const kept = await keptBefore(tab);
  check(`a reload in the middle of a walk loses nothing (${before} strides before, ${kept} kept)`, kept >= before);
  check('the walk goes on by itself where the browser knows the sensor', await tab.waitForSelector('.stage',
    { timeout: patience }).then(() => true, () => false));
  await until(tab, 5);
  const [walked, target, left] = await tab.evaluate(async () => {
    const look = await import('./page/engine.js').then(one => one.engine()).then(one => one.liveLook());
    return [look.walkedSeconds, look.targetSeconds, look.remainingSeconds];
  });
  check('and the time that was set goes on', target === 600 && walked > 5 && Math.abs(target - walked - left) < 0.2,
    [walked, target, left]);
  await end(tab);
  const files = await exported(tab);
  await room.end();
  const [clip] = JSON.parse(readFileSync(truth, 'utf8')).clips;
  const found = numbers(files);
  check(`a reload in the middle of a walk: every stride once (${found.length} of ${clip.lastStride})`,
    unbroken(found) && found.length > before, found);
  figure('sessions that a reload makes of one walk', files.length);
  await tab.profile.close();
}

const keptBefore = tab => tab.evaluate(async () => {
  const { engine } = await import('./page/engine.js');
  return (await engine()).sessions().reduce((sum, one) => sum + one.strides, 0);
});

async function unpaired(browser, page, programs) {
  const { room, tab, link } = await begin(browser, page, programs, [], { unpaired: true, forgets: true });
  await atOnce(tab);
  await connect(tab);
  await until(tab, 4);
  check('a sensor that is not paired is followed all the same', true);
  const told = await tab.$eval('.stage', one => one.innerText);
  check('and what that means is told', /pair/i.test(told), told);
  const before = await strides(tab);
  await new Promise(done => setTimeout(done, written));
  link.drop();
  await tab.reload();
  await ready(tab);
  const kept = await keptBefore(tab);
  check(`a reload loses nothing of a sensor that is not paired (${before} strides before, ${kept} kept)`,
    kept >= before);
  check('where the browser forgets the sensor, going on is a press', await tab.$eval('#interrupted', one =>
    one.checkVisibility()));
  await picture(tab, 'walk-interrupted-390x844');
  await tab.click('#go-on');
  await until(tab, 2);
  check('the walk goes on after it', true);
  await end(tab);
  await room.end();
  await tab.profile.close();
}

// C# asks for one thing after another; whoever asks for several at once gets them one after another.
async function atOnce(tab) {
  const answered = await tab.evaluate(async () => {
    const { choose, radio } = await import('./page/bluetooth.js');
    const { id } = await choose();
    const [service, session, settings] = [0, 2, 4].map(one => `a1e4000${one}-92c6-4528-906a-b8dcdd942dd0`);
    await radio.connect(id);
    const all = await Promise.allSettled([radio.read(id, service, session), radio.read(id, service, settings),
      radio.subscribe(id, service, session), radio.read(id, service, session)]);
    await radio.disconnect(id);
    return [all.map(one => one.status), window.radioFaults];
  });
  check('several operations at once are done one after another', answered[0].every(one => one === 'fulfilled')
    && answered[1].length === 0, answered);
}

async function withoutBluetooth(browser, page) {
  const tab = await open(browser, { address: page.address, hash: '#walk', prepare: it => it.evaluateOnNewDocument(
    () => Object.defineProperty(navigator, 'bluetooth', { value: undefined, configurable: true })) });
  check('without Web Bluetooth a sentence says so, and what does work', /Web Bluetooth.*demo/s.test(
    await tab.$eval('#no-bluetooth:not([hidden])', one => one.innerText))
    && await tab.$eval('#connect', one => one.disabled));
  await picture(tab, 'walk-without-bluetooth-390x844');
  await tab.profile.close();
}
