// Keeps the screen on while somebody walks. The system takes the lock away when the page is hidden: it is taken again.
let isWanted = false;
/** @type {any} */
let lock = null;

/** From now on, or no longer. @param {boolean} wanted */
export async function awake(wanted) {
  isWanted = wanted;
  if (!wanted) {
    await lock?.release().catch(() => {});
    lock = null;
    return;
  }
  await take();
}

async function take() {
  if (!isWanted || document.visibilityState !== 'visible' || (lock && !lock.released)) {
    return;
  }
  try {
    lock = await navigator.wakeLock?.request('screen') ?? null;
  } catch {
    lock = null; // a battery that saves refuses it; the walk goes on all the same
  }
}

document.addEventListener('visibilitychange', take);
