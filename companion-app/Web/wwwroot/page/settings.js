// What the walker has set, and the walk that is going on: so small that the browser's simplest store does.
const usual = { units: /^en-(US|LR)$/.test(navigator.language) ? 'us' : 'metric', minutes: 10, sound: true,
  demoSound: false };

/** @typedef {{units: 'metric'|'us', minutes: number, sound: boolean, demoSound: boolean}} Settings */
/** @typedef {{device: {id: string, name: string}, seenAt: number, minutes: number, walkedSeconds: number}} Walk */

/** @returns {Settings} */
export const settings = () => ({ ...usual, ...read('backstep.settings') });

/** @param {Partial<Settings>} changed */
export const set = changed => write('backstep.settings', { ...settings(), ...changed });

/** The walk that was going on when the page was left, or null. @returns {Walk|null} */
export const walk = () => read('backstep.walk');

/** @param {Walk|null} going null: it has ended */
export const setWalk = going => write('backstep.walk', going);

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null; // no store, or not ours
  }
}

function write(name, value) {
  try {
    if (value === null) {
      localStorage.removeItem(name);
    } else {
      localStorage.setItem(name, JSON.stringify(value));
    }
  } catch {
    // a browser that keeps nothing: what was set holds until the page is left
  }
}
