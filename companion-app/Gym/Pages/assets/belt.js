// One belt: an element that is made once, and texts in it that are changed where they differ.
const oldest = 5001; // ms: as old at least is what the server calls stale
const round = 2 * Math.PI * 45; // of the ring, in its own units
const shapes = { // told apart without colour: circle, square, triangle, arrow, dot
  T: 'M0-4a4 4 0 1 0 .01 0z',
  F: 'M-3.6-3.6h7.2v7.2h-7.2z',
  H: 'M0-4.4l4.4 8h-8.8z',
  W: 'M-3-4l6 4-6 4 1.6-4z',
  U: 'M0-1.4a1.4 1.4 0 1 0 .01 0z',
};
const svg = 'http://www.w3.org/2000/svg';

function make(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) {
    element.className = name;
  }
  element.append(...children);
  return element;
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A belt's part of the screen. */
export class BeltCard {
  #texts;
  #known = new Map();
  #parts = {};
  #marks = [];

  constructor(number, texts) {
    this.#texts = texts;
    this.number = number;
    this.newsAt = performance.now();
    this.view = null;
    this.stale = 0; // seconds without news; 0: it has news
    const p = this.#parts;
    p.number = make('span', 'number', String(number));
    p.nickname = make('bdi', 'nickname');
    p.state = make('span', 'state');
    p.left = draw('circle', { class: 'left', cx: 50, cy: 50, r: 45, 'stroke-dasharray': round });
    p.clock = make('span', '');
    p.word = make('small', '');
    p.toes = make('dd', '');
    p.cadence = make('dd', '');
    p.speed = make('dd', '');
    p.rails = make('span', '');
    p.rhythm = make('span', '');
    p.battery = make('span', 'low');
    p.headline = make('strong', '');
    p.text = make('span', '');
    p.cue = make('p', 'cue', p.headline, p.text);
    p.marks = draw('svg', { class: 'marks', viewBox: '0 0 200 10', role: 'img', preserveAspectRatio: 'xMinYMid meet' });
    for (let i = 0; i < 20; i++) {
      this.#marks.push(draw('path', { transform: `translate(${5 + 10 * i} 5)`, d: '' }));
    }
    p.marks.append(...this.#marks);
    const figure = (value, key, name) => make('div', name, make('dt', '', texts[key]), value);
    const heading = make('h2', 'name', p.number, p.nickname, p.state);
    heading.id = `belt-${number}`;
    this.element = make('section', 'belt', make('div', 'in', heading,
      make('div', 'ring', draw('svg', { viewBox: '0 0 100 100', 'aria-hidden': 'true' },
        draw('circle', { cx: 50, cy: 50, r: 45 }), p.left), make('span', 'time', p.clock, p.word)),
      make('div', 'facts-place', make('dl', 'figures', figure(p.toes, 'toes', 'main'), figure(p.cadence, 'cadence', ''),
        figure(p.speed, 'speed', 'plain')), make('div', 'tags', p.rails, p.rhythm, p.battery)),
      p.marks, p.cue));
    this.element.setAttribute('aria-labelledby', heading.id);
    p.number.setAttribute('aria-label', texts.belt.replace('{0}', number));
  }

  /** Shows a belt's state. */
  show(view) {
    this.view = view;
    this.newsAt = view.stale ? Math.min(this.newsAt, performance.now() - oldest) : this.newsAt;
    const t = this.#texts;
    const p = this.#parts;
    this.#put(p.nickname, view.nickname ?? '');
    this.#time(view);
    this.#put(p.toes, view.toeFirstPercent === null ? '–' : `${view.toeFirstPercent} %`);
    this.#put(p.cadence, view.cadenceStepsPerMinute === null ? '–' : String(view.cadenceStepsPerMinute));
    this.#put(p.speed, view.beltSpeed ?? '');
    this.#put(p.rails, view.rails === 'unknown' ? '' : t[`rails.${view.rails}`]);
    this.#put(p.rhythm, view.rhythmSettled ? t['rhythm.settled'] : '');
    this.#put(p.battery, view.batteryLow ? `${t['battery.low']} ${view.batteryPercent} %` : '');
    this.#show(view.marks);
    this.#state();
  }

  /** Says how old its news are, in ms. */
  age(old, staleAfter) {
    const seconds = old > staleAfter && this.view && this.view.state !== 'free' ? Math.floor(old / 1000) : 0;
    if (seconds !== this.stale) {
      this.stale = seconds;
      this.#state();
    }
  }

  #state() {
    const { view } = this;
    const p = this.#parts;
    const t = this.#texts;
    const isOver = view.remainingSeconds === 0;
    const link = view.link === 'lost' || view.link === 'waiting' ? t[`link.${view.link}`] : '';
    // What is otherwise than usual; all else the ring and the cue show.
    this.#put(p.state, this.stale ? '' : link || (view.state === 'free' ? t['state.free'] : ''));
    const cue = this.stale ? { tone: 'neutral', headline: t.stale, text: t['stale.for'].replace('{0}', this.stale) }
      : view.cue ?? { tone: 'neutral', headline: t[`state.${view.state}`] ?? '', text: t[`say.${view.state}`] ?? '' };
    this.#class('belt', view.state === 'free' ? 'free' : '', this.stale ? 'stale' : '', isOver ? 'over' : '',
      cue.tone === 'safety' ? 'alarm' : '');
    this.#put(p.headline, cue.headline);
    this.#put(p.text, cue.text);
    if (this.#changes(p.cue, cue.tone)) {
      p.cue.dataset.tone = cue.tone;
    }
    this.#say(cue);
  }

  #time(view) {
    const p = this.#parts;
    const left = view.remainingSeconds;
    const share = left === null || view.limitSeconds === 0 ? 0 : Math.min(1, left / view.limitSeconds);
    const walks = view.state === 'active' || view.state === 'paused';
    const counts = walks && left !== null && left > 0;
    this.#put(p.clock, view.walkedSeconds === null ? '–' : clock(counts ? left : view.walkedSeconds));
    this.#put(p.word, view.walkedSeconds === null ? '' : this.#texts[counts ? 'left' : 'walked']);
    const offset = (round * (1 - (walks ? share : 0))).toFixed(1);
    if (this.#changes(p.left, offset)) {
      p.left.setAttribute('stroke-dashoffset', offset);
    }
  }

  #show(marks) {
    if (!this.#changes(this.#marks, marks)) {
      return;
    }
    const begin = 20 - marks.length;
    this.#marks.forEach((path, i) => {
      const letter = { '>': 'W', '?': 'U' }[marks[i - begin]] ?? marks[i - begin] ?? '';
      if (this.#changes(path, letter)) {
        path.setAttribute('class', letter);
        path.setAttribute('d', shapes[letter] ?? '');
      }
    });
    const counts = [...new Set(marks)].map(one => `${marks.split(one).length - 1} ${this.#texts[`mark.${one}`]}`);
    this.#parts.marks.setAttribute('aria-label', `${this.#texts.marks}: ${counts.join(', ') || '–'}`);
  }

  // Only what is for safety is spoken, once, politely: sixty belts would never be silent otherwise.
  #say(cue) {
    const said = !this.stale && (cue.tone === 'safety' || cue.tone === 'enough') ? cue.headline : '';
    if (this.#changes('said', said) && said) {
      document.getElementById('say').textContent
        = `${this.#texts.belt.replace('{0}', this.number)}: ${cue.headline}. ${cue.text}`;
    }
  }

  #class(...names) {
    const name = names.filter(Boolean).join(' ');
    if (this.#changes(this.element, name)) {
      this.element.className = name;
    }
  }

  #put(element, text) {
    if (this.#changes(element, text)) {
      element.textContent = text;
    }
  }

  #changes(what, value) {
    const isOther = this.#known.get(what) !== value;
    this.#known.set(what, value);
    return isOther;
  }
}
