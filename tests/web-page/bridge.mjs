// Between the page and a simulated clip: lines of JSON over a socket (companion-app/Rehearsal/Room/RoomLines.cs). A
// link is a connection; cutting it is what a sensor out of reach looks like from both ends.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const clip = 'sim-001';

/** Lets a tab reach the clip. @param {any} tab @param {number} port */
export async function bridge(tab, port) {
  let link = null;
  let isBlocked = false;
  let last = 0;

  const up = () => new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => done(one));
    const one = { socket, asked: new Map(), heard: new Map() };
    socket.on('error', fail);
    socket.on('close', () => {
      one.asked.forEach(answer => answer({ kind: 'failed', text: 'the link is gone' }));
      if (link === one) {
        link = null;
        tell({ kind: 'lost' });
      }
    });
    createInterface({ input: socket }).on('line', line => {
      const answer = JSON.parse(line);
      if (answer.kind === 'lost') {
        socket.destroy();
      } else if (answer.kind === 'value') {
        const [service, characteristic] = one.heard.get(answer.id) ?? [];
        tell({ kind: 'value', service, characteristic, bytes: answer.bytes ?? '' });
      } else {
        one.asked.get(answer.id)?.(answer);
        one.asked.delete(answer.id);
      }
    });
  });

  // One after another, in the order in which they came.
  let told = Promise.resolve();
  const tell = news => {
    told = told.then(() => tab.evaluate(one => window.clipTells?.(one), news)).catch(() => {});
  };

  const ask = async ({ ask: what, service, characteristic, value }) => {
    if (what === 'connect') {
      if (isBlocked) {
        return { kind: 'failed', text: 'Bluetooth Device is no longer in range.' };
      }
      link = await up();
    } else if (what === 'disconnect') {
      const old = link;
      link = null;
      old?.socket.destroy();
      return { kind: 'done' };
    }
    if (!link) {
      return { kind: 'failed', text: 'GATT Server is disconnected.' };
    }
    const one = link;
    const id = ++last;
    if (what === 'subscribe') {
      one.heard.set(id, [service, characteristic]);
    }
    const answer = new Promise(done => one.asked.set(id, done));
    one.socket.write(`${JSON.stringify({ id, ask: what, address: clip, service, characteristic, value })}\n`);
    return answer;
  };

  await tab.exposeFunction('clipAsk', ask);
  return {
    /** Out of reach for so long. @param {number} milliseconds */
    cut: async milliseconds => {
      isBlocked = true;
      link?.socket.destroy();
      await new Promise(done => setTimeout(done, milliseconds));
      isBlocked = false;
    },
    /** The page is gone: so is its link. */
    drop: () => {
      const old = link;
      link = null;
      old?.socket.destroy();
    },
    isUp: () => link !== null,
  };
}
