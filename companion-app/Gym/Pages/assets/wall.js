// The wall, and a belt on a phone: draws what the stream of events tells. Only what changed is touched.
import { follow } from './stream.js';
import { BeltCard } from './belt.js';

const texts = JSON.parse(document.getElementById('texts').textContent);
const room = document.getElementById('belts');
const only = room.dataset.events; // a phone: its own belt
const cards = new Map();
const pending = new Map();
const staleAfter = 5000; // ms; as on the server (BoardOptions.Stale)
const few = 20; // belts, ours; as is the pause in ms
const pause = 500;
let numbers = null;
let queued = false;
let timer = 0;
let drawnAt = 0;
let heardAt = performance.now();
let trouble = '';

follow(only ?? '/events', { belt, room: set, tick, heard, denied: () => tell('wall.denied'),
  full: () => tell('wall.full'), up: () => tell('') });
setInterval(look, 500);
addEventListener('resize', arrange);
look();

function belt(view) {
  pending.set(view.number, view);
  later();
}

function set({ belts }) {
  numbers = belts;
  later();
}

// Several events come at once: they are drawn together, once a frame at most. Of many belts some change with each
// event, and a computer without a graphics card paints all that lies around them anew: twice a second is enough there,
// but for what is urgent.
function later() {
  const isUrgent = cards.size <= few || [...pending.values()].some(view => view.cue?.tone === 'safety'
    && cards.get(view.number)?.view?.cue?.tone !== 'safety');
  const wait = isUrgent ? 0 : drawnAt + pause - performance.now();
  if (!queued || (isUrgent && timer)) {
    clearTimeout(timer);
    queued = true;
    timer = wait > 0 ? setTimeout(frame, wait) : frame();
  }
}

function frame() {
  timer = 0;
  requestAnimationFrame(draw);
  return 0;
}

function draw() {
  [queued, drawnAt] = [false, performance.now()];
  for (const view of pending.values()) {
    card(view.number).show(view);
  }
  pending.clear();
  if (numbers && !only) {
    for (const [number, one] of cards) {
      if (!numbers.includes(number)) {
        one.element.remove();
        cards.delete(number);
      }
    }
  }
  arrange();
  summarise();
  look();
}

function card(number) {
  let one = cards.get(number);
  if (!one) {
    one = new BeltCard(number, texts);
    cards.set(number, one);
    const after = [...cards.keys()].filter(other => other > number).sort((a, b) => a - b)[0];
    room.insertBefore(one.element, after ? cards.get(after).element : null);
  }
  return one;
}

function tick({ silent }) {
  const now = performance.now();
  for (const [number, one] of cards) {
    one.newsAt = now - 1000 * (silent[number] ?? 0);
  }
}

function heard() {
  heardAt = performance.now();
}

// By this screen's own clock, so that a cut network greys the belts, too.
function look() {
  const now = performance.now();
  const silentFor = now - heardAt;
  for (const one of cards.values()) {
    one.age(Math.max(silentFor, now - one.newsAt), staleAfter);
  }
  if (silentFor > staleAfter && trouble === '') {
    tell('wall.cut');
  } else if (silentFor <= staleAfter && trouble === 'wall.cut') {
    tell('');
  }
  const clock = document.getElementById('clock');
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
  if (clock && clock.textContent !== time) {
    clock.textContent = time;
  }
}

function tell(key) {
  trouble = key;
  const place = document.getElementById('trouble');
  place.textContent = key ? texts[key] : '';
  place.hidden = !key;
}

function summarise() {
  const simulated = document.getElementById('simulated');
  if (simulated) {
    simulated.hidden = ![...cards.values()].some(one => one.view?.simulated);
    document.getElementById('none').hidden = numbers === null || numbers.length > 0;
  }
}

// As many columns as make a belt's part largest; drawn anew only when that is another number.
let columns = 0;
let counted = 0;
function arrange() {
  const count = cards.size;
  if (only || count === 0) {
    return;
  }
  const { innerWidth: width, innerHeight: height } = window;
  let best = 1;
  let size = 0;
  for (let i = 1; i <= count; i++) {
    const one = Math.min(width / i / 1.35, height * 0.94 / Math.ceil(count / i));
    if (one > size + 0.5) {
      [best, size] = [i, one];
    }
  }
  if (best !== columns || count !== counted) {
    [columns, counted] = [best, count];
    room.classList.toggle('dense', width > 640 && Math.ceil(count / best) > 4);
    room.style.setProperty('--columns', String(best));
  }
}
