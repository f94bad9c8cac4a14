// Charts of strides, as drawings: a mark of its own shape for each way to land, axes in round numbers.
import { draw, make } from './parts.js';
import { markOf, shapeOf, wordOf } from './stage.js';

const width = 640;
const height = 240;
const left = 52;
const right = 28;
const top = 12;
const bottom = 36;

/**
 * Points over time.
 * @param {string} title what is shown, with its unit
 * @param {{x: number, y: number, mark: string}[]} points x in s
 * @param {{zero?: boolean, more?: string}} [options] zero: its line is drawn; more: a sentence below
 */
export function overTime(title, points, options = {}) {
  if (points.length === 0) {
    return '';
  }
  const xs = points.map(one => one.x);
  const ys = points.map(one => one.y).concat(options.zero ? [0] : []);
  const across = ticks(Math.min(...xs), Math.max(...xs));
  const up = ticks(Math.min(...ys), Math.max(...ys));
  const x = scale(across, left, width - right);
  const y = scale(up, height - bottom, top);
  const values = points.map(one => one.y);
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const digits = Math.max(...values.map(Math.abs)) < 10 ? 2 : 0;
  const said = `${title}: ${points.length} strides, from ${Math.min(...values).toFixed(digits)} to `
    + `${Math.max(...values).toFixed(digits)}, mean ${mean.toFixed(digits)}.`;
  const marks = [...new Set(points.map(one => one.mark))];
  return make('figure.chart', {},
    make('figcaption', {}, make('strong', {}, title), ...legend(marks)),
    draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': said },
      ...up.map(one => draw('g', { class: one === 0 && options.zero ? 'zero' : 'grid' },
        draw('path', { d: `M${left} ${y(one)}H${width - right}` }),
        text(left - 8, y(one) + 5, label(one, up), 'end'))),
      ...across.map(one => text(x(one), height - 10, `${label(one, across)} s`, 'middle')),
      ...points.map(one => shapeOf(one.mark,
        { transform: `translate(${x(one.x).toFixed(1)} ${y(one.y).toFixed(1)})` }))),
    options.more ? make('p.quiet', {}, options.more) : '');
}

/** The charts of a walk's strides. @param {any[]} strides @param {'metric'|'us'} units */
export function strideCharts(strides, units) {
  const points = (of, factor = 1) => strides.filter(one => of(one) !== null && of(one) !== undefined)
    .map(one => ({ x: one.contactSeconds, y: of(one) * factor, mark: markOf(one) }));
  const isUs = units === 'us';
  return [
    overTime('Foot strike angle, degrees', points(one => one.footStrikeAngleDegrees),
      { zero: true, more: 'Below zero the toes come down first.' }),
    overTime('Cadence, steps a minute', points(one => one.cadenceStepsPerMinute)),
    overTime(isUs ? 'Stride length, feet' : 'Stride length, metres',
      points(one => one.strideLengthMeters, isUs ? 1 / 0.3048 : 1)),
  ].filter(one => one !== '');
}

function legend(marks) {
  return marks.flatMap(mark => [' ', make('span.key', {},
    draw('svg', { class: 'marks', viewBox: '-5 -5 10 10', 'aria-hidden': 'true' }, shapeOf(mark)),
    ` ${wordOf(mark)}`)]);
}

function text(x, y, content, anchor) {
  return draw('text', { x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': anchor }, content);
}

// Round numbers from below the least to above the most; four to eight of them.
function ticks(from, to) {
  const span = to - from || Math.abs(to) || 1;
  const rough = span / 5;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(one => one * ten).find(one => one >= rough) ?? 10 * ten;
  const first = Math.floor(from / step);
  const last = Math.max(first + 1, Math.ceil(to / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

const scale = (marks, from, to) => value =>
  from + (value - marks[0]) / (marks[marks.length - 1] - marks[0]) * (to - from);

function label(value, marks) {
  const step = marks[1] - marks[0];
  return value.toFixed(step >= 1 ? 0 : Math.min(3, Math.ceil(-Math.log10(step) - 1e-9)));
}
