// What every view is made of: elements, texts that are changed where they differ, files that are handed out.
const svg = 'http://www.w3.org/2000/svg';

/** The element of an id. @param {string} id @returns {any} */
export const at = id => document.getElementById(id);

/**
 * Makes an element.
 * @param {string} tag its name, and its class after a dot: 'p.quiet'
 * @param {Record<string, unknown>} [attributes] null and false are left out
 * @param {...(Node|string)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }
  return filled(element, attributes, children);
}

/** The same for a drawing. @param {string} tag @param {Record<string, unknown>} attributes @returns {any} */
export function draw(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(svg, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children);
  return element;
}

/** Puts a text where it is another. @param {any} element @param {string} text */
export function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Shows a notice with a text, or hides it for an empty one. @param {string} id @param {string} [text] */
export function tell(id, text = '') {
  put(at(id), text);
  at(id).hidden = text === '';
}

/** Minutes and seconds. @param {number|null|undefined} seconds @returns {string} */
export function clock(seconds) {
  if (seconds === null || seconds === undefined) {
    return '–';
  }
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A number with so many digits, a dash for none. @param {number|null|undefined} value @param {number} [digits] */
export function number(value, digits = 0) {
  return value === null || value === undefined ? '–' : value.toFixed(digits);
}

/** A number with its unit, a dash alone for none. @param {number|null|undefined} value @param {number} digits
 * @param {string} unit */
export const measured = (value, digits, unit) => (value === null || value === undefined ? '–'
  : value.toFixed(digits) + unit);

/** Facts as a list. @param {[string, string][]} facts names and what stands beside them */
export function factList(facts) {
  return make('dl.facts', {}, ...facts.map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, value))));
}

/** A table. @param {string} caption @param {string[]} heads @param {(string|Node)[][]} rows */
export function table(caption, heads, rows) {
  return make('div.scrolls', { role: 'region', 'aria-label': caption, tabindex: 0 }, make('table', {},
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, ...heads.map(head))),
    make('tbody', {}, ...rows.map(row => make('tr', {}, ...row.map(cell => make('td', {}, cell)))))));
}

const head = name => (name === '' ? make('td') : make('th', { scope: 'col' }, name));

/** Hands out a file. @param {string} name @param {BlobPart} content @param {string} type */
export function handOut(name, content, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = make('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000); // the browser may still be reading it
}

/** Asks yes or no. @param {string} title @param {string} text @param {string} yes @param {string} no
 * @returns {Promise<boolean>} */
export function ask(title, text, yes, no) {
  const dialog = at('ask');
  put(at('ask-title'), title);
  put(at('ask-text'), text);
  const [first, second] = dialog.querySelectorAll('button');
  put(first, yes);
  put(second, no);
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'),
    { once: true }));
}

/** Lets the browser paint before what comes next. @returns {Promise<void>} */
export const painted = () => new Promise(done => {
  const late = setTimeout(done, 100); // a hidden page paints nothing
  requestAnimationFrame(() => setTimeout(() => { clearTimeout(late); done(); }));
});

/** A sentence out of whatever was thrown. @param {unknown} thrown @returns {string} */
export function sentence(thrown) {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const line = text.split('\n')[0].replace(/^([A-Z]\w*\.)+\w+: /, '').trim();
  return line === '' ? 'Something went wrong.' : line[0].toUpperCase() + line.slice(1);
}
