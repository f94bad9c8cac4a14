// The page: four views behind the part of the address after '#', and the engine that they share.
import * as demo from './demo.js';
import { engine } from './engine.js';
import { onTrouble } from './keep.js';
import { keepPage, takeWaiting } from './offline.js';
import { at, put, sentence, tell } from './parts.js';
import * as recording from './recording.js';
import * as sessions from './sessions.js';
import * as walk from './walk.js';

const views = ['walk', 'demo', 'recording', 'sessions'];
let isReady = false;
let shown = '';

addEventListener('hashchange', () => show(true));
begin();

async function begin() {
  if (await takeWaiting()) {
    return;
  }
  onTrouble(text => { walk.keepingTrouble(text); tell('trouble', text); });
  try {
    const page = await engine(share => put(at('loading'), share < 1
      ? `Loading the sensor's engine … ${Math.round(100 * share)} %` : 'Starting the sensor’s engine …'));
    walk.prepare(page);
    demo.prepare(page);
    recording.prepare();
    put(at('version'), `Backstep ${page.about.version}`);
    at('loading').hidden = true;
    isReady = true;
    if (await walk.resume()) {
      history.replaceState(null, '', '#walk');
    }
    await show(false);
    document.documentElement.dataset.ready = '';
    performance.mark('backstep.usable');
  } catch (thrown) {
    at('loading').hidden = true;
    tell('trouble', navigator.onLine ? `The sensor's engine did not start: ${sentence(thrown)} Load the page again.`
      : 'There is no network, and this page has not been kept on this device yet. Open it once with a network.');
  }
  keepPage(); // after the engine, so that it does not wait for what is kept
}

async function show(isMoved) {
  if (!isReady) {
    return;
  }
  const [name, key] = location.hash.slice(1).split('/');
  const view = views.includes(name) ? name : 'walk';
  if (walk.isWalking() && view !== 'walk') {
    history.replaceState(null, '', '#walk'); // a walk is ended before anything else is looked at
    return;
  }
  if (view !== 'demo') {
    demo.leave();
  }
  views.forEach(one => { at(one).hidden = one !== view; });
  document.querySelectorAll('nav a').forEach(one => {
    const isHere = one.getAttribute('href') === `#${view}`;
    isHere ? one.setAttribute('aria-current', 'page') : one.removeAttribute('aria-current');
  });
  if (view === 'sessions') {
    await sessions.show(key ? decodeURIComponent(key) : null).catch(thrown =>
      tell('sessions-trouble', sentence(thrown)));
  }
  if (isMoved && view !== shown && !key) {
    at(`${view}-title`).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  shown = view;
  document.title = { walk: 'Walk', demo: 'Demo', recording: 'Recording', sessions: 'Sessions' }[view] + ' · Backstep';
}
