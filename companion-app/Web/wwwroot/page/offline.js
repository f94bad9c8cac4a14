// The page without a network: a service worker keeps all of it. A new version is told, and taken when the page is
// opened the next time; never under somebody who walks.
import { tell } from './parts.js';

const news = 'A new version is here. It is taken when you open this page the next time.';

/** Takes a version that has been waiting, before anything has begun; the page is loaded anew then.
 * @returns {Promise<boolean>} whether it is */
export async function takeWaiting() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (!registration?.waiting || await somebodyWalks()) {
    return false;
  }
  const taken = new Promise(done => {
    navigator.serviceWorker.addEventListener('controllerchange', () => done(true), { once: true });
    setTimeout(() => done(false), 3000); // it does not answer: today's version does as well
  });
  registration.waiting.postMessage('take');
  if (await taken) {
    location.reload();
    return true;
  }
  return false;
}

/** Keeps the page for a start without a network. */
export async function keepPage() {
  try {
    const registration = await navigator.serviceWorker?.register('service-worker.js', { updateViaCache: 'none' });
    if (!registration) {
      return;
    }
    const watch = worker => worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) {
        tell('update', news);
      }
    });
    watch(registration.installing);
    registration.addEventListener('updatefound', () => watch(registration.installing));
    if (registration.waiting && navigator.serviceWorker.controller) {
      tell('update', news);
    }
  } catch {
    // no service worker here (a private window, http): the page works while there is a network
  }
}

// Another window's walk goes on with the version that it began with.
async function somebodyWalks() {
  const { held = [] } = await navigator.locks?.query() ?? {};
  return held.some(one => one.name === 'backstep.walk');
}
