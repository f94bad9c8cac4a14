// A stream of server-sent events that heals. The browser connects again by itself after a cut; where it gives up (an
// answer that is none), or hears nothing for long, it is begun anew from the last event.
const silence = 8000; // ms; the server ticks each second

/** Follows an address; calls on.belt, on.room, on.tick with data, on.heard with each event, on.up when it stands,
 *  on.full and on.denied when it is refused. */
export function follow(address, on) {
  let source = null;
  let last = '';
  let heardAt = performance.now();

  const open = () => {
    source?.close();
    heardAt = performance.now();
    source = new EventSource(last ? `${address}?last=${encodeURIComponent(last)}` : address);
    source.onopen = () => on.up();
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) {
        why();
      }
    };
    for (const name of ['belt', 'room', 'tick']) {
      source.addEventListener(name, event => {
        heardAt = performance.now();
        last = event.lastEventId || last;
        on.heard();
        on[name](JSON.parse(event.data));
      });
    }
  };

  // Why the stream is refused: the browser does not say. Tried again at odd moments, so that not all come at once.
  const why = async () => {
    let wait = 2000 + 3000 * Math.random();
    try {
      const answer = await fetch(address, { method: 'HEAD' });
      if (answer.status === 503) {
        on.full();
        wait = 1000 * Number(answer.headers.get('Retry-After') ?? 10) * (1 + Math.random());
      } else if (answer.status === 401 || answer.status === 404) {
        on.denied();
        wait = 30000;
      }
    } catch {
      // no network: the page says so by its clock
    }
    setTimeout(open, wait);
  };

  setInterval(() => {
    if (source.readyState !== EventSource.CLOSED && performance.now() - heardAt > silence) {
      open();
    }
  }, 2000);
  addEventListener('online', open);
  open();
}
