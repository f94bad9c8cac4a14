// Sessions in the browser's own store: only ever added to, in order, and on the disk before the next is taken.
const name = 'backstep';
const store = 'chunks';

/** @type {Promise<IDBDatabase>|null} */
let opened = null;
/** @type {({key: string, at: number, text: string}|{forget: string})[]} */
let waiting = [];
let isWriting = false;
let complain = _text => {};
/** @type {(() => void)[]} */
let settled = [];

/** Whom to tell that nothing can be kept; an empty text when it can again. @param {(text: string) => void} tell */
export function onTrouble(tell) {
  complain = tell;
}

function open() {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(store, { keyPath: 'order', autoIncrement: true }).createIndex('key', 'key');
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); opened = null; };
      request.result.onclose = () => { opened = null; };
      done(request.result);
    };
    request.onerror = () => fail(request.error);
  });
  opened.catch(() => { opened = null; });
  return opened;
}

/** Keeps a text with a session; in order, without being waited for. @param {string} key @param {string} text */
export function append(key, text) {
  waiting.push({ key, at: Date.now(), text });
  write();
}

/** Forgets all of a session. @param {string} key */
export function forget(key) {
  waiting.push({ forget: key });
  write();
}

/** All that is kept, in order. @returns {Promise<{key: string, at: number, text: string}[]>} */
export async function everything() {
  try {
    const db = await open();
    return await answer(db.transaction(store).objectStore(store).getAll());
  } catch {
    complain('This browser keeps nothing for this page (a private window?): export a session before you leave.');
    return [];
  }
}

/** Completes when all that was given has been written. @returns {Promise<void>} */
export const flushed = () => (isWriting || waiting.length > 0
  ? new Promise(done => { settled.push(done); }) : Promise.resolve());

/** Asks the browser not to throw sessions away when it needs room; some ask the walker. */
export const persist = () => navigator.storage?.persist?.().catch(() => false);

/** Whether it will not. @returns {Promise<boolean>} */
export const isLasting = async () => await navigator.storage?.persisted?.() ?? false;

async function write() {
  if (isWriting) {
    return;
  }
  isWriting = true;
  for (let wait = 500; waiting.length > 0;) {
    const some = waiting;
    waiting = [];
    try {
      const db = await open();
      const change = db.transaction(store, 'readwrite', { durability: 'strict' });
      some.forEach(one => ('forget' in one ? remove(change.objectStore(store), one.forget)
        : change.objectStore(store).add(one)));
      await finished(change);
      wait = 500;
      complain('');
    } catch (thrown) {
      waiting = [...some, ...waiting]; // nothing of it was written: a transaction is whole or not at all
      complain(thrown?.name === 'QuotaExceededError'
        ? 'The browser has no room left: what comes now is not kept. Export and delete a session.'
        : 'The browser does not keep what comes now; it is tried again. Keep this page open.');
      await new Promise(done => setTimeout(done, wait));
      wait = Math.min(2 * wait, 8000);
    }
  }
  isWriting = false;
  settled.splice(0).forEach(done => done());
}

function remove(chunks, key) {
  chunks.index('key').openKeyCursor(IDBKeyRange.only(key)).onsuccess = event => {
    const cursor = event.target.result;
    if (cursor) {
      chunks.delete(cursor.primaryKey);
      cursor.continue();
    }
  };
}

const answer = request => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

const finished = change => new Promise((done, fail) => {
  change.oncomplete = () => done(undefined);
  change.onerror = () => fail(change.error);
  change.onabort = () => fail(change.error);
});
