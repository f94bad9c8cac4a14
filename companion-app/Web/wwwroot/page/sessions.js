// The sessions that this browser keeps: looked at, saved as files, deleted.
import { strideCharts } from './charts.js';
import { engine } from './engine.js';
import { flushed, isLasting } from './keep.js';
import { ask, at, clock, factList, handOut, make, measured, number, sentence, tell } from './parts.js';
import { settings } from './settings.js';

const formats = [['json', 'JSON, for backstep import', 'application/json'],
  ['fit', 'FIT, for a watch’s app', 'application/fit'], ['tcx', 'TCX', 'application/vnd.garmin.tcx+xml'],
  ['csv', 'Strides (CSV)', 'text/csv']];

/** Shows the list, and one of them. @param {string|null} key */
export async function show(key) {
  tell('sessions-trouble');
  const page = await engine();
  const list = page.sessions();
  at('sessions-list').replaceChildren(list.length === 0
    ? make('p', {}, 'None yet. ', make('a', { href: '#walk' }, 'Walk'), ' with a sensor, or look at a ',
      make('a', { href: '#demo' }, 'demo'), '.')
    : make('ul.list', {}, ...list.map(one => make('li', {}, entry(one, key)))));
  const shown = at('session-shown');
  const one = key === null ? null : list.find(it => it.key === key);
  shown.replaceChildren(...(one ? whole(page, one) : []));
  if (one) {
    shown.scrollIntoView({ block: 'start' });
    shown.focus({ preventScroll: true });
  } else if (key !== null) {
    tell('sessions-trouble', 'That session is not here any more.');
  }
  at('sessions-where').textContent = list.length === 0 ? '' : await isLasting()
    ? 'Kept in this browser, on this device alone.'
    : 'Kept in this browser, on this device alone. It may delete them when it needs room: save what you want to keep.';
}

function entry(one, key) {
  const isShown = one.key === key ? 'true' : null;
  return make('a', { href: `#sessions/${encodeURIComponent(one.key)}`, 'aria-current': isShown },
    make('strong', {}, when(one)), ' ', one.simulated ? make('span.simulated', {}, 'Simulated') : '',
    make('span', {}, `${clock(one.walkedSeconds)} walked, ${one.strides} strides, toes first `
      + `${one.toeFirstPercent === null ? '–' : `${number(one.toeFirstPercent)} %`}`),
    make('span.quiet', {}, one.source));
}

const when = one => (one.isStartUnknown ? 'Not after ' : '')
  + new Date(one.beganAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function whole(page, one) {
  const told = page.sessionShow(one.key);
  const remove = make('button.stop', { type: 'button' }, 'Delete');
  remove.addEventListener('click', async () => {
    if (await ask('Delete this session?', 'It cannot be brought back.', 'Delete', 'Keep')) {
      page.sessionForget(one.key);
      await flushed();
      location.hash = '#sessions';
    }
  });
  return [make('h2', {}, when(one), ' ', one.simulated ? make('strong.simulated', {}, 'Simulated') : ''),
    one.state === 'broken-off' ? make('p', {}, 'Broken off: it is here up to the last stride that was kept.') : '',
    factList(facts(told, one)),
    make('div.buttons', {}, ...formats.map(([format, label, type]) => save(page, one, format, label, type)), remove),
    ...strideCharts(told.strides, settings().units), ...marks(told.marks)];
}

function facts(told, one) {
  const { totals } = told;
  const isUs = settings().units === 'us';
  const meters = totals.distanceMeters;
  const belt = totals.beltMetersPerSecond;
  return [['walked', clock(one.walkedSeconds)], ['strides', String(one.strides)],
    ['toes first', one.toeFirstPercent === null ? '–' : `${number(one.toeFirstPercent)} %`],
    ['cadence', measured(totals.cadenceStepsPerMinute, 1, ' /min')],
    ['foot strike', measured(totals.footStrikeDegrees, 1, '°')],
    ['rails held', totals.railsHeldPercent === null ? '–' : `${number(totals.railsHeldPercent)} %`],
    ['rhythm even after', clock(totals.rhythmSettledAfterSeconds)],
    ['belt', belt === null ? '–' : isUs ? measured(belt * 3600 / 1609.344, 1, ' mph')
      : measured(belt * 3.6, 1, ' km/h')],
    ['incline', told.incline ?? '–'],
    ['distance', meters === null ? '–' : isUs ? `${number(meters / 0.3048)} ft` : `${number(meters)} m`]];
}

const marks = all => (all.length === 0 ? [] : [make('h3', {}, 'Marks'), make('ul', {}, ...all.map(one =>
  make('li', {}, `${clock(one.atSeconds)} ${one.kind.replace('-', ' ').replace('walker', 'marked by you')}`)))]);

function save(page, one, format, label, type) {
  const button = make('button', { type: 'button', 'data-format': format }, label);
  button.addEventListener('click', () => {
    try {
      const day = new Date(one.beganAt).toISOString().slice(0, 16).replace(/[:T]/g, '-');
      handOut(`backstep-${day}.${format}`, page.sessionExport(one.key, format), type);
    } catch (thrown) {
      tell('sessions-trouble', sentence(thrown));
    }
  });
  return button;
}
