// A simulated walk: as fast as is wished, then held against what the walker truly did.
import { engine } from './engine.js';
import { at, clock, make, painted, put, sentence, table, tell } from './parts.js';
import { set, settings } from './settings.js';
import { isHeard, sound, speak } from './speak.js';
import { Stage } from './stage.js';

const fastest = 5; // virtual seconds at a time, so that the page stays answerable
const longestFrame = 0.25; // s; a page that was hidden does not catch up

/** @type {{stage: Stage, isPaused: boolean, isOver: boolean}|null} */
let now = null;

/** Prepares the view. @param {any} page the engine */
export function prepare(page) {
  const choice = at('demo-scenario');
  choice.replaceChildren(...page.about.scenarios.map(one => make('option', { value: one.name }, one.name)));
  const tellAbout = () => put(at('demo-about'),
    page.about.scenarios.find(one => one.name === choice.value)?.about ?? '');
  choice.addEventListener('change', tellAbout);
  tellAbout();
  at('demo-sound').checked = settings().demoSound;
  at('demo-form').addEventListener('submit', event => {
    event.preventDefault();
    set({ demoSound: at('demo-sound').checked });
    start();
  });
}

/** Ends a demo that runs; what it found so far is shown. */
export function leave() {
  if (now) {
    now.isOver = true;
  }
}

async function start() {
  if (now) {
    return;
  }
  tell('demo-trouble');
  sound(at('demo-sound').checked);
  const wish = { scenario: at('demo-scenario').value, seed: Number(at('demo-seed').value),
    seconds: Number(at('demo-seconds').value), speed: Number(at('demo-speed').value) };
  try {
    const page = await engine();
    const look = page.demoBegin({ scenario: wish.scenario, seed: wish.seed, seconds: wish.seconds,
      units: settings().units, targetMinutes: null, mode: null });
    at('demo-begin').hidden = true;
    at('demo-after').hidden = true;
    now = { isPaused: false, isOver: false, stage: new Stage(at('demo-stage'), { title: 'A simulated walk',
      pause: () => { now && (now.isPaused = !now.isPaused); }, mark: null, mute: () => sound(!isHeard()),
      end: leave }) };
    now.stage.show(look, { isHeard: isHeard() });
    const took = await run(page, wish, look);
    const { session, truth } = page.demoEnd();
    close();
    after(truth, session, wish, took);
  } catch (thrown) {
    close();
    at('demo-begin').hidden = false;
    tell('demo-trouble', sentence(thrown));
  }
}

function close() {
  now?.stage.close();
  now = null;
  sound(false);
}

/** @returns {Promise<number>} s that the engine itself took */
async function run(page, wish, first) {
  let look = first;
  let passed = 0;
  let worked = 0;
  let before = performance.now();
  while (now && !now.isOver && passed < wish.seconds) {
    await painted();
    const here = performance.now();
    const real = Math.min(longestFrame, (here - before) / 1000);
    before = here;
    if (now.isPaused) {
      now.stage.show({ ...look, state: 'paused' }, { isHeard: isHeard() });
      continue;
    }
    const step = Math.min(wish.seconds - passed, wish.speed === 0 ? fastest : real * wish.speed);
    look = page.demoPass(step);
    worked += performance.now() - here;
    passed += step;
    now.stage.show(look, { isHeard: isHeard() });
    speak(look);
  }
  return worked / 1000;
}

function after(truth, session, wish, took) {
  const place = at('demo-after');
  const again = make('button.big', { type: 'button' }, 'Another demo');
  again.addEventListener('click', () => {
    place.hidden = true;
    at('demo-begin').hidden = false;
    at('demo-title').focus();
  });
  const title = make('h1', { tabindex: -1 }, 'Held against the truth');
  const { strides, directionAgainstTruth: direction, landingAgainstTruth: landing, cadence } = truth;
  place.replaceChildren(title,
    make('p', {}, make('strong.simulated', {}, 'Simulated'), ` No person walked. ${clock(truth.seconds)} of `
      + `‘${truth.scenario}’, seed ${truth.seed}. The same numbers as `,
    make('code', {}, `backstep demo --scenario ${truth.scenario} --seed ${truth.seed} --seconds ${wish.seconds}`), '.'),
    table('What the sensor told, and what was so', ['', 'right', 'wrong', 'not known'], [
      ['direction', ...[direction.right, direction.wrong, direction.unknown].map(String)],
      ['landing', ...[landing.right, landing.wrong, landing.unknown].map(String)]]),
    table('Strides', ['true', 'arrived', 'missing', 'invented', 'later, from the log'],
      [[strides.true, strides.arrived, strides.missing, strides.invented, strides.replayed].map(String)]),
    make('p', {}, `Cadence ${cadence.mean?.toFixed(1) ?? '–'} steps a minute, truly `
      + `${cadence.trueMean?.toFixed(1) ?? '–'}.`),
    make('p.quiet', {}, took > 0 ? `Computed in ${took.toFixed(2)} s here: `
      + `${Math.round(truth.seconds / took)} times as fast as it would be walked.` : ''),
    session === null ? '' : make('p', {}, make('a.button', { href: `#sessions/${encodeURIComponent(session)}` },
      'Look at the session')), again);
  place.dataset.took = String(took);
  place.hidden = false;
  title.focus();
}
