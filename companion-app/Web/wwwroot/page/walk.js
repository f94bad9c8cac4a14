// A walk with a sensor: begin, follow, pause, end; and going on after the page was left in the middle.
import { canReach, choose, known, whyNot } from './bluetooth.js';
import { awake } from './awake.js';
import { engine } from './engine.js';
import { persist } from './keep.js';
import { ask, at, clock, factList, make, number, sentence, tell } from './parts.js';
import { set, setWalk, settings, walk } from './settings.js';
import { isHeard, sound, speak } from './speak.js';
import { Stage } from './stage.js';

const everyMilliseconds = 200; // the cue moves on five times a second
const goesOnWithin = 2 * 3600 * 1000; // ms; ours: longer than anybody walks backward
const sensorWaits = 120000; // ms of standing that the sensor's session outlasts (SessionTracker.EndMilliseconds)
const least = 0.05; // minutes; a target that was reached before the page was left is told at once

/** @type {{stage: Stage, timer: any, free: () => void, going: any, isEnding: boolean}|null} */
let now = null;
let isBeginning = false;
let trouble = '';

/** Whether somebody walks right now. */
export const isWalking = () => now !== null;

/** What the store has to say while somebody walks. @param {string} text */
export function keepingTrouble(text) {
  trouble = text;
}

/** Prepares the view. @param {{about: any}} page the engine */
export function prepare(page) {
  const form = at('walk-form');
  const had = settings();
  const most = page.about.mostMinutes ?? 15;
  at('walk-minutes').max = most;
  at('walk-minutes').value = Math.min(had.minutes, most);
  at('walk-minutes-hint').textContent = `${most} at most: nobody is advised to walk backward for longer.`;
  at('walk-sound').checked = had.sound;
  form.elements.namedItem('units').value = had.units;
  tell('no-bluetooth', whyNot());
  at('connect').disabled = !canReach();
  form.addEventListener('submit', event => {
    event.preventDefault();
    set({ minutes: Number(at('walk-minutes').value), sound: at('walk-sound').checked,
      units: form.elements.namedItem('units').value });
    start(choose, settings().minutes, 0);
  });
  at('go-on').addEventListener('click', () => goOn(true));
  at('leave-it').addEventListener('click', leave);
}

/** A walk that the page was left in: shown, and gone on with where the browser lets it be without being asked.
 * @returns {Promise<boolean>} whether there is one */
export async function resume() {
  const going = walk();
  if (!going || Date.now() - going.seenAt > goesOnWithin) {
    setWalk(null);
    return false;
  }
  const box = at('interrupted');
  box.querySelector('p').textContent = `Your walk with ${going.device.name} was interrupted after `
    + `${clock(going.walkedSeconds)}. What was walked until then is kept.`;
  box.hidden = false;
  if (canReach() && await known(going.device.id).catch(() => null)) {
    goOn(false);
  }
  return true;
}

function goOn(isPressed) {
  const going = walk();
  if (!going) {
    return leave();
  }
  const find = async () => await known(going.device.id) ?? (isPressed ? await choose() : null);
  // The sensor's own session goes on, and tells itself what was walked; one that has ended meanwhile does not.
  const isOver = Date.now() - going.seenAt > sensorWaits;
  return start(find, going.minutes, isOver ? going.walkedSeconds : 0);
}

function leave() {
  setWalk(null);
  at('interrupted').hidden = true;
}

async function start(find, minutes, walkedSeconds) {
  if (now || isBeginning) {
    return;
  }
  isBeginning = true;
  await begin(find, minutes, walkedSeconds).finally(() => { isBeginning = false; });
}

async function begin(find, minutes, walkedSeconds) {
  tell('walk-trouble');
  const { units, sound: wantsSound } = settings();
  // Both before anything is waited for: only a press lets a page ask for a sensor, and sound, and it counts for five
  // seconds.
  const finding = find();
  finding.catch(() => {}); // told below
  sound(wantsSound);
  const free = await alone();
  if (!free) {
    tell('walk-trouble', 'Another window of this browser is walking already. End that walk first.');
    return;
  }
  const isResumed = walk() !== null;
  let hasBegun = false;
  try {
    const device = await finding;
    if (!device) {
      return free();
    }
    const page = await engine();
    at('interrupted').hidden = true;
    at('walk-begin').hidden = true;
    at('walk-after').hidden = true;
    const going = { device, minutes, walkedSeconds, seenAt: Date.now() };
    const stage = new Stage(at('walk-stage'), { title: 'Walking', pause: () => page.livePause(),
      mark: () => page.liveMark(), mute: () => sound(!isHeard()), end: () => end(page) });
    now = { stage, free, going, timer: 0, isEnding: false };
    hasBegun = true;
    setWalk(going);
    awake(true);
    persist();
    stage.show(waiting(device), { isHeard: isHeard() });
    const begins = page.liveBegin({ device, units, targetMinutes: Math.max(least, minutes - walkedSeconds / 60),
      sound: true }); // told always; whether it is heard is the page's
    now.timer = setInterval(() => follow(page, walkedSeconds), everyMilliseconds);
    await begins;
  } catch (thrown) {
    if (now?.isEnding || (hasBegun && !now)) {
      return; // ended by the walker before the sensor answered
    }
    stop(free);
    if (!isResumed) {
      setWalk(null); // nothing was begun; one that was can still be gone on with
    }
    at('interrupted').hidden = walk() === null;
    at('walk-begin').hidden = false;
    tell('walk-trouble', thrown?.name === 'NotFoundError' ? 'No sensor was chosen.' : sentence(thrown));
    at('connect').focus();
  }
}

function follow(page, before) {
  if (!now) {
    return;
  }
  try {
    const look = page.liveLook();
    now.stage.show(look, { isHeard: isHeard(), trouble });
    speak(look);
    const walked = before + (look.walkedSeconds ?? 0);
    if (Math.floor(walked) !== Math.floor(now.going.walkedSeconds) || Date.now() - now.going.seenAt > 5000) {
      now.going.walkedSeconds = walked;
      now.going.seenAt = Date.now();
      setWalk(now.going);
    }
    if (look.state === 'ended') {
      finish(page);
    }
  } catch (thrown) {
    now.stage.show(waiting(now.going.device), { isHeard: isHeard(), trouble: sentence(thrown) });
  }
}

async function end(page) {
  if (await ask('End the walk?', 'It is kept as it is.', 'End it', 'Walk on')) {
    await finish(page);
  }
}

async function finish(page) {
  if (!now || now.isEnding) {
    return;
  }
  now.isEnding = true;
  clearInterval(now.timer);
  let key = null;
  try {
    key = (await page.liveEnd()).session;
  } catch (thrown) {
    tell('walk-trouble', sentence(thrown));
  }
  stop(now.free);
  setWalk(null);
  after(page, key);
}

function stop(free) {
  clearInterval(now?.timer);
  now?.stage.close();
  now = null;
  sound(false);
  awake(false);
  free();
}

function after(page, key) {
  const place = at('walk-after');
  const session = key === null ? null : page.sessions().find(one => one.key === key);
  const again = make('button.big', { type: 'button' }, 'Another walk');
  again.addEventListener('click', () => {
    place.hidden = true;
    at('walk-begin').hidden = false;
    at('walk-title').focus();
  });
  const title = make('h1', { tabindex: -1 }, session ? 'Well walked' : 'Nothing was walked');
  place.replaceChildren(title, session
    ? factList([['walked', clock(session.walkedSeconds)], ['strides', number(session.strides)],
      ['toes first', session.toeFirstPercent === null ? '–' : `${number(session.toeFirstPercent)} %`]])
    : make('p', {}, 'No stride came, so there is no session to keep.'),
  session ? make('p', {}, make('a.button', { href: `#sessions/${encodeURIComponent(key)}` }, 'Look at it, save it'))
    : '', again);
  place.hidden = false;
  title.focus();
}

const waiting = device => ({ state: 'connecting', source: device.name, simulated: false, linkState: 'connecting',
  linkReason: null, nextTryInSeconds: null, walkedSeconds: null, targetSeconds: null, remainingSeconds: null,
  cadenceStepsPerMinute: null, toeFirstPercent: null, strides: 0, beltSpeed: null, incline: null, rails: 'unknown',
  isRhythmSettled: false, batteryPercent: null, isQuiet: false, say: [], bell: false, feet: [], figures: [],
  cue: { tone: 'neutral', headline: 'WAIT', text: 'Connecting. Stand beside the belt until the sensor answers.' } });

/** Takes the only place from which a browser walks; null when another window has it.
 * @returns {Promise<(() => void)|null>} */
function alone() {
  if (!navigator.locks) {
    return Promise.resolve(() => {});
  }
  return new Promise(done => {
    navigator.locks.request('backstep.walk', { ifAvailable: true }, lock => {
      if (!lock) {
        done(null);
        return undefined;
      }
      return new Promise(free => done(() => free(undefined)));
    });
  });
}
