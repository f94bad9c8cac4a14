// The demo against its own truth, and against the companion's own demo.
import { check, figure, fill, open, patience, picture, view } from './checks.mjs';
import { backstep } from './programs.mjs';

const walks = [['backward', 1, 60], ['heel-first', 2, 60], ['mixed', 1, 90], ['too-fast', 3, 120]];

// What `backstep demo --json` tells of the radio and of the chip is not the page's: there is none.
const alike = ['scenario', 'seed', 'simulated', 'strides', 'direction', 'landing', 'directionAgainstTruth',
  'landingAgainstTruth'];

export async function demo(browser, page, { companion }) {
  const tab = await open(browser, { address: page.address, hash: '#demo' });
  for (const [scenario, seed, seconds] of walks) {
    const told = await tab.evaluate(async options => {
      const { engine } = await import('./page/engine.js');
      const it = await engine();
      it.demoBegin({ ...options, units: 'metric', targetMinutes: null, mode: null });
      for (let passed = 0; passed < options.seconds; passed += 1) {
        it.demoPass(1);
      }
      return it.demoEnd().truth;
    }, { scenario, seed, seconds });
    const theirs = JSON.parse(backstep(companion, ['demo', '--scenario', scenario, '--seed', String(seed),
      '--seconds', String(seconds), '--fast', '--json']));
    const name = `demo ${scenario}, seed ${seed}, ${seconds} s`;
    const others = alike.filter(key => JSON.stringify(told[key]) !== JSON.stringify(theirs[key]));
    check(`${name}: the same numbers as backstep demo`, others.length === 0,
      others.map(key => `${key}: ${JSON.stringify(told[key])}, not ${JSON.stringify(theirs[key])}`).join('; '));
    check(`${name}: no stride missing, none invented`, told.strides.true > 10 && told.strides.missing === 0
      && told.strides.invented === 0, told.strides);
    const rated = told.directionAgainstTruth;
    check(`${name}: no direction told wrong`, rated.wrong === 0 && rated.right > 10, rated);
  }

  await heard(tab);
  await fill(tab, 'demo-scenario', 'backward');
  await fill(tab, 'demo-seconds', 120);
  await fill(tab, 'demo-speed', 0);
  await tab.click('#demo-start');
  await tab.waitForSelector('#demo-stage .stage', { timeout: patience });
  check('the demo says that nobody walks', await tab.$eval('.stage .simulated', one => one.checkVisibility()));
  await tab.waitForSelector('#demo-after:not([hidden])', { timeout: patience });
  const [direction] = await tab.$$eval('#demo-after tbody tr', rows => rows.map(row => row.innerText.split('\t')));
  check('the demo is held against the truth on the page', direction[0] === 'direction' && Number(direction[1]) > 60
    && direction[2] === '0', direction);
  const took = Number(await tab.$eval('#demo-after', one => one.dataset.took));
  figure('demo, 120 s of walk at once, times real time', Math.round(120 / took));
  await picture(tab, 'demo-after', { fullPage: true });

  await view(tab, 'demo');
  await tab.click('#demo-after .big');
  await fill(tab, 'demo-speed', 1);
  await tab.click('#demo-start');
  await tab.waitForSelector('#demo-stage .stage', { timeout: patience });
  await view(tab, 'sessions');
  check('a demo that is left ends', await tab.waitForFunction(() => document.querySelector('.stage') === null,
    { timeout: patience }).then(() => true, () => false));
  check('demo: no error in the console', tab.errors.length === 0, tab.errors);
  check('demo: no request leaves the page’s own address', tab.foreign.length === 0, tab.foreign);
  await tab.profile.close();
}

// What would be said aloud: a belt that is too fast, and a voice that is listened to here.
async function heard(tab) {
  await tab.evaluate(() => {
    window.said = [];
    window.buzzed = [];
    speechSynthesis.speak = words => { window.said.push(words.text); };
    navigator.vibrate = pattern => { window.buzzed.push(pattern); };
  });
  await fill(tab, 'demo-scenario', 'too-fast');
  await fill(tab, 'demo-seconds', 120);
  await fill(tab, 'demo-speed', 0);
  await tab.click('#demo-sound');
  await tab.click('#demo-start');
  await tab.waitForSelector('#demo-after:not([hidden])', { timeout: patience });
  const [said, buzzed] = await tab.evaluate(() => [window.said, window.buzzed]);
  check('a belt that is too fast is said aloud, and felt', said.some(one => /Slow the belt down/.test(one))
    && buzzed.some(one => one.length === 5), [said, buzzed]);
  await tab.click('#demo-after .big');
  await tab.click('#demo-sound');
}
