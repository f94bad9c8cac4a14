// What is seen while somebody walks: one cue, read from two metres, then time, toes, cadence, the last steps. Only what
// changed is touched. A cue's tone is told by its colour, by a word and by the shape of its sign.
import { at, clock, draw, make, number, put } from './parts.js';

/** A word and a sign for each tone: octagon, hourglass, arrow, triangle, tick, circle. */
const tones = {
  stop: { word: 'Safety', path: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 6v8M12 17v1.5' },
  warn: { word: 'Enough', path: 'M5 2h14M5 22h14M7 2v4l5 6 5-6V2M7 22v-4l5-6 5 6v4' },
  call: { word: 'Now', path: 'M3 9h9V4l9 8-9 8v-5H3z' },
  advise: { word: 'Change', path: 'M12 3l10 18H2zM12 10v5M12 17.5v.5' },
  praise: { word: 'Good', path: 'M3 13l6 6L21 5' },
  neutral: { word: '', path: 'M12 4a8 8 0 1 0 .01 0z' },
};

/** A shape and a word for each way a step lands, told apart without colour. */
const steps = {
  toe: { path: 'M0-4a4 4 0 1 0 .01 0z', word: 'toes first' },
  flat: { path: 'M-3.6-3.6h7.2v7.2h-7.2z', word: 'flat' },
  heel: { path: 'M0-4.4l4.4 8h-8.8z', word: 'heel first' },
  forward: { path: 'M-3-4l6 4-6 4 1.6-4z', word: 'forward' },
  unknown: { path: 'M0-1.6a1.6 1.6 0 1 0 .01 0z', word: 'not known' },
};
const shownSteps = 20;
const smallest = 40; // pixels; see stage.css

/** All ways to break words into lines. @param {string[]} words @returns {string[][]} */
const broken = words => (words.length < 2 ? [words] : broken(words.slice(1)).flatMap(([first, ...rest]) =>
  [[`${words[0]} ${first}`, ...rest], [words[0], first, ...rest]]));

/** How a step is marked. @param {{direction: string, landing: string}} step */
export const markOf = step => (step.direction === 'forward' ? 'forward'
  : step.direction === 'backward' && step.landing in steps ? step.landing : 'unknown');

/** The shape of a mark. @param {string} mark @param {Record<string, unknown>} attributes */
export const shapeOf = (mark, attributes = {}) => draw('path', { d: steps[mark].path, class: mark, ...attributes });

/** What a mark means. @param {string} mark @returns {string} */
export const wordOf = mark => steps[mark].word;

/** The view of a walk. */
export class Stage {
  #known = new Map();
  #parts = /** @type {Record<string, any>} */ ({});
  #place;
  #words = /** @type {string[]} */ ([]);

  /**
   * @param {HTMLElement} place
   * @param {{title: string, pause: () => void, mark: (() => void)|null, mute: () => void, end: () => void}} does
   */
  constructor(place, does) {
    this.#place = place;
    const p = this.#parts;
    p.title = make('h1.unseen', { tabindex: -1 }, does.title);
    p.dot = draw('svg', { class: 'dot', viewBox: '-6 -6 12 12', 'aria-hidden': 'true' },
      draw('circle', { r: 4.5 }), draw('path', { d: 'M-5-5L5 5' }));
    p.link = make('span.link');
    p.battery = make('span.battery');
    p.simulated = make('strong.simulated', { title: 'No person walks.' }, 'Simulated');
    p.strip = make('p.strip', { role: 'status' });
    p.sign = draw('path');
    p.word = make('span.word');
    p.headline = make('strong.headline');
    p.text = make('span.sentence');
    p.time = make('b');
    p.timeWord = make('span');
    p.walked = make('span.quiet');
    p.bar = make('i');
    p.toes = make('b');
    p.cadence = make('b');
    p.rows = make('div.rows');
    p.tags = make('p.tags');
    p.figures = make('dl.facts');
    p.pause = this.#button('Pause', 'p', does.pause);
    p.mark = does.mark ? this.#button('Mark', 'Space', does.mark) : '';
    p.mute = this.#button('Quiet', 'm', does.mute);
    p.end = this.#button('End', 's', does.end, 'stop');
    p.kind = make('p.kind', {},
      draw('svg', { class: 'sign', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, p.sign), p.word);
    p.cue = make('div.cue', {}, p.kind, p.headline, p.text);
    const numbers = make('div.numbers', {},
      make('div.time', {}, make('p', {}, p.time, p.timeWord), make('div.bar', { 'aria-hidden': 'true' }, p.bar),
        p.walked),
      make('p.figure.toes', {}, p.toes, make('span', {}, 'toes first')),
      make('p.figure', {}, p.cadence, make('span', {}, 'steps a minute')));
    // The face is a screen; what is below it is scrolled to.
    this.element = make('div.stage', {}, p.title, make('div.face', {},
      make('p.stage-top', {}, p.dot, p.link, p.simulated, p.battery), p.strip, p.cue, numbers, p.rows, p.tags,
      make('div.buttons', {}, p.pause, p.mark, p.mute, p.end)),
    make('details.more', {}, make('summary', {}, 'More figures'), p.figures));
    this.element.addEventListener('keydown', event => this.#key(event, does));
    new ResizeObserver(() => this.#fit()).observe(p.cue);
    place.replaceChildren(this.element);
    place.hidden = false;
    document.body.classList.add('walking');
    p.title.focus();
  }

  /** Takes it away. */
  close() {
    this.#place.replaceChildren();
    this.#place.hidden = true;
    document.body.classList.remove('walking');
    put(at('say'), '');
    put(at('say-now'), '');
  }

  /** Shows a look. @param {any} look as the engine tells it @param {{isHeard: boolean, trouble?: string}} beside */
  show(look, beside) {
    const p = this.#parts;
    this.#cue(look);
    this.#time(look);
    put(p.toes, look.isQuiet || look.toeFirstPercent === null ? '–' : `${Math.round(look.toeFirstPercent)}%`);
    put(p.cadence, number(look.cadenceStepsPerMinute));
    this.#link(look, beside.trouble);
    this.#steps(look);
    this.#tags(look);
    this.#figures(look.figures ?? []);
    put(p.pause.firstChild, look.state === 'paused' ? 'Go on' : 'Pause');
    put(p.mute.firstChild, beside.isHeard ? 'Quiet' : 'Sound');
  }

  #button(label, key, press, ...classes) {
    const button = make(['button', ...classes].join('.'), { type: 'button', 'aria-keyshortcuts': key },
      make('span', {}, label));
    button.addEventListener('click', press);
    return button;
  }

  // As in the companion's live view. They work while the focus is here, so that no letter means two things.
  #key(event, does) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
      return;
    }
    const onButton = event.target instanceof HTMLElement && event.target.closest('button, summary') !== null;
    const act = { p: does.pause, m: does.mute, s: does.end, ' ': onButton ? null : does.mark }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  }

  #cue(look) {
    const p = this.#parts;
    const cue = look.cue ?? { tone: 'neutral', headline: '', text: '' };
    const tone = tones[cue.tone] ? cue.tone : 'neutral';
    if (!this.#changes('cue', `${tone} ${cue.headline} ${cue.text}`)) {
      return;
    }
    this.element.dataset.tone = tone;
    p.cue.dataset.tone = tone;
    p.sign.setAttribute('d', tones[tone].path);
    put(p.word, tones[tone].word);
    this.#words = (cue.headline || '').split(' ').filter(Boolean);
    put(p.text, cue.text);
    this.#fit();
    const isUrgent = tone === 'stop' || tone === 'warn';
    put(at(isUrgent ? 'say-now' : 'say'), cue.text);
    put(at(isUrgent ? 'say' : 'say-now'), '');
  }

  // As large as there is room for beside the sentence: of all ways to break the lines the largest.
  #fit() {
    const { cue, kind, text, headline } = this.#parts;
    const edge = side => parseFloat(getComputedStyle(cue)[`padding${side}`]);
    const room = { width: cue.clientWidth - edge('Left') - edge('Right') - 4, height: cue.clientHeight - edge('Top')
      - edge('Bottom') - kind.offsetHeight - text.offsetHeight - 4 };
    let best = { size: 0, lines: [] };
    for (const lines of broken(this.#words)) {
      this.#set(lines, 100);
      const widest = Math.max(...[...headline.children].map(one => one.offsetWidth));
      const size = Math.min(240, 100 * room.width / widest, room.height / (lines.length + 0.1));
      best = size > best.size ? { size, lines } : best;
    }
    if (best.lines.length > 0) {
      this.#set(best.lines, Math.max(smallest, Math.floor(best.size)));
    }
  }

  #set(lines, size) {
    const { headline } = this.#parts;
    headline.style.setProperty('--size', `${size}px`);
    // A blank between lines, for who copies or hears it.
    headline.replaceChildren(...lines.flatMap(line => [make('span', {}, line), ' ']));
  }

  #time(look) {
    const p = this.#parts;
    const counts = look.remainingSeconds !== null && look.remainingSeconds !== undefined;
    // Rounded up: the last second is 1, and 0 is the end.
    put(p.time, clock(counts ? Math.ceil(look.remainingSeconds) : look.walkedSeconds));
    put(p.timeWord, counts ? 'left' : 'walked');
    put(p.walked, counts ? `${clock(look.walkedSeconds)} of ${clock(look.targetSeconds)} walked` : '');
    const share = counts && look.targetSeconds > 0 ? Math.min(1, look.walkedSeconds / look.targetSeconds) : 0;
    if (this.#changes('share', share.toFixed(3))) {
      p.bar.style.setProperty('--share', share.toFixed(3));
    }
  }

  #link(look, trouble) {
    const p = this.#parts;
    this.element.dataset.link = look.linkState;
    this.element.dataset.state = look.state;
    const word = { connected: 'connected', connecting: 'connecting' }[look.linkState] ?? 'no link';
    put(p.link, `${word} · ${look.source ?? ''}`);
    p.simulated.hidden = !look.simulated;
    put(p.battery, look.batteryPercent === null ? '' : `battery ${look.batteryPercent} %`);
    p.battery.classList.toggle('low', look.isBatteryLow === true);
    const next = look.nextTryInSeconds > 0 ? ` Next try in ${Math.ceil(look.nextTryInSeconds)} s.` : '';
    const lost = look.linkState === 'reconnecting' ? `The link is lost; the sensor counts on.${next}`
      : look.linkState === 'connecting' && look.linkReason ? `Not yet: ${look.linkReason}.${next}` : '';
    const wrong = [look.keepingTrouble, trouble, lost].filter(Boolean).join(' ');
    put(p.strip, wrong || look.notice || '');
    p.strip.classList.toggle('plainly', wrong === '');
    p.strip.hidden = p.strip.textContent === '';
  }

  #steps(look) {
    const p = this.#parts;
    const feet = look.isQuiet ? [] : look.feet ?? [];
    const rows = feet.map(foot => ({ side: foot.side, marks: foot.steps.slice(-shownSteps).map(markOf) }));
    if (!this.#changes('steps', JSON.stringify([look.isQuiet, rows]))) {
      return;
    }
    p.rows.replaceChildren(...rows.map(({ side, marks }) => {
      const counts = [...new Set(marks)].map(one => `${marks.filter(it => it === one).length} ${steps[one].word}`);
      const name = { left: 'left foot', right: 'right foot' }[side] ?? 'one foot';
      return make('div.row', {}, make('span.side', { 'aria-hidden': 'true' }, { left: 'L', right: 'R' }[side] ?? ''),
        draw('svg', { class: 'marks', viewBox: `0 0 ${10 * shownSteps} 10`, role: 'img',
          'aria-label': `Last steps, ${name}: ${counts.join(', ') || 'none yet'}` },
        ...marks.map((mark, i) => shapeOf(mark, { transform: `translate(${5 + 10 * i} 5)` }))));
    }));
    const seen = [...new Set(rows.flatMap(row => row.marks))];
    p.rows.append(look.isQuiet ? make('p.quiet', {}, 'Quiet: steps are counted, not shown.')
      : make('p.legend.quiet', { 'aria-hidden': 'true' }, ...Object.keys(steps).filter(one => seen.includes(one))
        .map(one => make('span.key', {}, draw('svg', { viewBox: '-5 -5 10 10' }, shapeOf(one)), ` ${wordOf(one)}`))));
  }

  #tags(look) {
    const said = [look.beltSpeed?.text ? `belt ${look.beltSpeed.text}` : '',
      look.rails === 'held' ? 'rails held' : look.rails === 'free' ? 'hands free' : '',
      look.isRhythmSettled ? 'rhythm even' : '',
      look.incline ? `incline ${look.incline}` : ''].filter(Boolean);
    put(this.#parts.tags, said.join(' · '));
  }

  #figures(figures) {
    if (this.#changes('figures', JSON.stringify(figures))) {
      this.#parts.figures.replaceChildren(...figures.map(one => make('div', {}, make('dt', {}, one.label),
        make('dd', {}, one.value === null ? '–' : `${one.value}${one.unit ? ` ${one.unit}` : ''}`))));
    }
  }

  #changes(what, value) {
    const isOther = this.#known.get(what) !== value;
    this.#known.set(what, value);
    return isOther;
  }
}
