// The page as people see it: on a phone, a tablet and a desk, light and dark, and with other eyes (axe-core).
import { readFileSync } from 'node:fs';
import { check, fill, open, patience, picture, view } from './checks.mjs';

const axe = readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const sizes = [[320, 640], [390, 844], [768, 1024], [1440, 900]];
const lying = [[844, 390], [667, 375]];
// Which walk brings a cue of which tone, with the time that is set for it.
const cues = [['stop', 'too-fast', 180, 10], ['warn', 'backward', 120, 1], ['advise', 'heel-first', 60, 10],
  ['praise', 'rails', 240, 10], ['neutral', 'backward', 30, 10]];

export async function looks(browser, page) {
  const tab = await open(browser, { address: page.address });
  await keepOne(tab);
  for (const scheme of ['light', 'dark']) {
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme },
      { name: 'prefers-reduced-motion', value: 'reduce' }]);
    for (const [width, height] of sizes) {
      await tab.setViewport({ width, height });
      for (const hash of ['walk', 'demo', 'recording', 'sessions', 'sessions/1']) {
        await go(tab, hash);
        await judge(tab, `${hash.replace('/1', ' shown')}, ${width} px, ${scheme}`);
        await picture(tab, `view-${hash.replace('/', '-')}-${width}-${scheme}`, { fullPage: true });
      }
    }
  }
  await stages(tab);
  const moving = await tab.evaluate(() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => /animation|transition|scroll-behavior: smooth/.test(rule.cssText)).length
    + document.getAnimations().length);
  check('nothing moves, whoever asked for less motion or not', moving === 0, String(moving));
  check('looks: no error in the console', tab.errors.length === 0, tab.errors);
  await tab.profile.close();
}

// A demo that is kept, and a recording that is read, so that every view has something in it.
async function keepOne(tab) {
  await view(tab, 'demo');
  await fill(tab, 'demo-seconds', 60);
  await fill(tab, 'demo-speed', 0);
  await tab.click('#demo-start');
  await tab.waitForSelector('#demo-after:not([hidden])', { timeout: patience });
}

async function go(tab, hash) {
  if (hash !== 'sessions/1') {
    await view(tab, hash);
    return;
  }
  await view(tab, 'sessions');
  const first = await tab.$('#sessions-list a');
  if (first) {
    await first.click();
    await tab.waitForSelector('#session-shown h2', { timeout: patience });
  }
}

async function stages(tab) {
  await view(tab, 'demo');
  for (const [tone, scenario, seconds, minutes] of cues) {
    const found = await tab.evaluate(async (...args) => {
      const [wanted, name, most, target] = args;
      const { engine } = await import('./page/engine.js');
      const { Stage } = await import('./page/stage.js');
      const it = await engine();
      window.looked?.close();
      let look = it.demoBegin({ scenario: name, seed: 1, seconds: most, units: 'metric', targetMinutes: target,
        mode: null });
      for (let passed = 0; passed < most && !(look.cue?.tone === wanted && passed > 15); passed++) {
        look = it.demoPass(1);
      }
      it.demoEnd();
      document.getElementById('demo-begin').hidden = true;
      document.getElementById('demo-after').hidden = true;
      window.looked = new Stage(document.getElementById('demo-stage'), { title: 'Walking', pause: () => {},
        mark: () => {}, mute: () => {}, end: () => {} });
      window.looked.show({ ...look, batteryPercent: look.batteryPercent ?? 80 }, { isHeard: true });
      return look.cue?.tone;
    }, tone, scenario, seconds, minutes);
    check(`a cue of the tone '${tone}' comes up in '${scenario}'`, found === tone, String(found));
    const [now, soon] = await tab.evaluate(() => ['say-now', 'say'].map(id => document.getElementById(id).textContent));
    check(`a screen reader hears it ${['stop', 'warn'].includes(tone) ? 'at once' : 'politely'}`,
      ['stop', 'warn'].includes(tone) ? now.length > 5 && soon === '' : soon.length > 5 && now === '', [now, soon]);
    for (const scheme of ['light', 'dark']) {
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const [width, height] of [...sizes, [390, 664], ...lying]) {
        await tab.setViewport({ width, height });
        await judge(tab, `cue ${tone}, ${width} x ${height}, ${scheme}`, true);
        await picture(tab, `cue-${tone}-${width}x${height}-${scheme}`);
      }
    }
  }
  await tab.evaluate(() => window.looked.close());
}

async function judge(tab, name, isStage = false) {
  // By evaluation, not as a script of the page: its policy lets no other in.
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  const tooWide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const cut = isStage ? await tab.evaluate(cutOff) : [];
  const faults = [...violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`),
    ...(tooWide > 0 ? [`${tooWide} pixels wider than the screen`] : []), ...cut];
  check(`${name}: nobody is kept out, all fits`, faults.length === 0, faults.join(' | '));
}

// What is not wholly seen of a walk's first screen, and figures and cues whose letters are too small for two metres.
function cutOff() {
  const seen = [...document.querySelectorAll('.face .cue > *, .face .headline span, .face .numbers b, .face button, '
    + '.face .marks')].filter(one => one.checkVisibility());
  const outside = seen.filter(one => {
    const inner = one.getBoundingClientRect();
    const outer = (one.closest('.cue') ?? document.querySelector('.face')).getBoundingClientRect();
    return inner.width > 0 && (inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1
      || inner.top < outer.top - 1 || inner.left < outer.left - 1);
  });
  const small = [['.headline span', 40], ['.sentence', 21], ['.numbers b', 44]].flatMap(([which, least]) =>
    [...document.querySelectorAll(`.face ${which}`)].filter(one => one.checkVisibility()
      && parseFloat(getComputedStyle(one).fontSize) < least));
  const face = document.querySelector('.face').getBoundingClientRect();
  return [...outside.map(one => `cut off: ${one.className.baseVal ?? one.className} '${one.textContent}'`),
    ...small.map(one => `too small: '${one.textContent}' ${getComputedStyle(one).fontSize}`),
    ...(face.bottom > innerHeight + 1 && innerHeight > 512 ? ['the buttons are below the screen'] : [])];
}
