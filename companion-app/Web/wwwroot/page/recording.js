// A recording, read in this browser: the sensor's own engine over every sample of it.
import { strideCharts } from './charts.js';
import { engine } from './engine.js';
import { at, factList, handOut, make, measured, painted, put, sentence, table, tell } from './parts.js';
import { settings } from './settings.js';

const mostBytes = 256 * 1024 * 1024; // ours: hours of walking; more would not fit beside the engine
const rowsShown = 500;

/** @type {File|null} */
let last = null;

/** Prepares the view. */
export function prepare() {
  at('recording-file').addEventListener('change', () => take(at('recording-file').files[0]));
  at('recording-form').addEventListener('submit', event => {
    event.preventDefault();
    take(last ?? undefined);
  });
  const view = at('recording');
  for (const kind of ['dragenter', 'dragover']) {
    view.addEventListener(kind, event => {
      event.preventDefault();
      at('drop').classList.add('over');
    });
  }
  for (const kind of ['dragleave', 'drop']) {
    view.addEventListener(kind, () => at('drop').classList.remove('over'));
  }
  view.addEventListener('drop', event => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  });
}

/** @param {File|undefined} file */
async function take(file) {
  if (!file) {
    tell('recording-trouble', 'Choose a recording first.');
    return;
  }
  last = file;
  tell('recording-trouble');
  at('recording-result').replaceChildren();
  put(at('recording-busy'), `Reading ${file.name} …`);
  try {
    if (file.size > mostBytes) {
      throw new Error(`${file.name} is too large for a browser. Use backstep replay for it.`);
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const page = await engine();
    await painted(); // so that 'reading' is seen before the work
    const begun = performance.now();
    const result = page.replayRun(file.name, bytes, { mount: at('recording-mount').value.trim() || null,
      side: at('recording-side').value || null });
    show(file.name, result, (performance.now() - begun) / 1000);
    put(at('recording-busy'), `${file.name} is read: ${result.strides.length} strides.`);
  } catch (thrown) {
    put(at('recording-busy'), '');
    tell('recording-trouble', sentence(thrown));
  }
}

function show(name, { eventsCsv, figures, strides }, took) {
  const save = make('button', { type: 'button' }, 'Save one line a stride (CSV)');
  save.addEventListener('click', () => handOut(`${name.replace(/\.csv$/i, '')}-strides.csv`, eventsCsv, 'text/csv'));
  const place = at('recording-result');
  place.replaceChildren(make('h2', {}, name), make('p', {}, ...summary(figures)),
    ...(figures.notes ?? []).map(one => make('p.notice', {}, one)), factList(facts(figures)),
    make('p', {}, save), ...strideCharts(strides, settings().units), rows(eventsCsv),
    make('p.quiet', {}, `${figures.durationSeconds.toFixed(1)} s of motion in ${took.toFixed(2)} s: `
      + `${Math.round(figures.durationSeconds / took)} times as fast as it was walked.`));
  place.dataset.took = String(took);
  place.dataset.seconds = String(figures.durationSeconds);
}

const summary = figures => [
  figures.synthetic ? make('strong.simulated', {}, 'Synthetic') : '', figures.synthetic ? ' ' : '',
  `${figures.strides} strides: ${figures.direction.backward} backward, ${figures.direction.forward} forward, `
  + `${figures.direction.unknown} not known.`];

const facts = figures => [
  ['samples', String(figures.samples)], ['rate', measured(figures.rateHertz, 1, ' Hz')],
  ['cadence', measured(figures.cadenceStepsPerMinute, 1, ' /min')],
  ['toes, flat, heel', `${figures.landing.toe}, ${figures.landing.flat}, ${figures.landing.heel}`],
  ['foot strike', measured(figures.footStrikeDegreesMean, 1, '°')],
  ['tilt', measured(figures.tiltDegreesMean, 1, '°')],
  ['stride', measured(figures.strideSecondsMean, 2, ' s')], ['stance', measured(figures.stanceSecondsMean, 2, ' s')],
  ['swing', measured(figures.swingSecondsMean, 2, ' s')], ...speeds(figures),
  ['impact', measured(figures.impactGMean, 1, ' g')]];

const speeds = figures => (settings().units === 'us'
  ? [['stride length', measured(times(figures.strideMetersMedian, 1 / 0.3048), 2, ' ft')],
    ['belt', measured(times(figures.beltMetersPerSecondMedian, 3600 / 1609.344), 1, ' mph')]]
  : [['stride length', measured(figures.strideMetersMedian, 2, ' m')],
    ['belt', measured(times(figures.beltMetersPerSecondMedian, 3.6), 1, ' km/h')]]);

const times = (value, factor) => (value === null ? null : value * factor);

// The same lines as in the file, for who does not see the charts.
function rows(eventsCsv) {
  const lines = eventsCsv.trim().split(/\r?\n/).map(line => line.split(','));
  const shown = lines.slice(1, rowsShown + 1);
  return make('details', {}, make('summary', {}, 'Every stride'),
    table(shown.length < lines.length - 1 ? `The first ${rowsShown} strides` : 'Every stride', lines[0], shown));
}
