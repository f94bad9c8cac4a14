// Web Bluetooth, and nothing above it: the C# side follows the sensor, comes back after a loss, asks for what it lacks.
// UUIDs: firmware/Protocol/README.md.
const backstep = 'a1e40000-92c6-4528-906a-b8dcdd942dd0';
const others = [0x1814, 0x1826, 0x180f, 0x180a]; // foot pod, treadmill, battery, device information
const connectPatience = 20000; // ms; on Android a connect waits for as long as the sensor is away

/** @typedef {{device: any, services: Map<string, any>, characteristics: Map<string, any>, last: Promise<any>,
 *   isWanted: boolean}} Link */

/** @type {Map<string, Link>} */
const links = new Map();

/** Whether this browser can reach a sensor. */
export const canReach = () => navigator.bluetooth !== undefined;

/** Why it cannot, and what works instead; empty where it can. @returns {string} */
export function whyNot() {
  if (canReach()) {
    return '';
  }
  return window.isSecureContext
    ? 'This browser has no Web Bluetooth, so it cannot follow a sensor: Chrome and Edge can (not on iPhone and iPad). '
      + 'The demo, recordings and your sessions work here, too.'
    : 'A browser follows a sensor only on a page that came over HTTPS, or from this computer itself. '
      + 'The demo, recordings and your sessions work here, too.';
}

/** Lets the walker pick a sensor; only in answer to a press. @returns {Promise<{id: string, name: string}>} */
export async function choose() {
  return added(await navigator.bluetooth.requestDevice({
    filters: [{ services: [backstep] }, { namePrefix: 'Backstep' }], optionalServices: [backstep, ...others],
  }));
}

/** A sensor that was picked before, where the browser remembers it; else null.
 * @param {string} id @returns {Promise<{id: string, name: string}|null>} */
export async function known(id) {
  if (links.has(id)) {
    return added(links.get(id)?.device);
  }
  const devices = await (navigator.bluetooth?.getDevices?.() ?? []);
  const found = [...devices].find(one => one.id === id);
  return found ? added(found) : null;
}

function added(device) {
  if (links.get(device.id)?.device !== device) {
    const link = { device, services: new Map(), characteristics: new Map(), last: Promise.resolve(), isWanted: false };
    links.set(device.id, link);
    device.addEventListener('gattserverdisconnected', () => gone(link));
  }
  return { id: device.id, name: device.name ?? 'Backstep' };
}

// What was discovered dies with the link.
function gone(link) {
  link.services.clear();
  link.characteristics.clear();
  if (link.isWanted) {
    link.isWanted = false;
    radio.lost(link.device.id, 'the sensor is out of reach');
  }
}

/** What C# imports; values and lost are set by whoever begins it. */
export const radio = {
  /** @type {(device: string, characteristic: string, bytes: Uint8Array) => void} */
  values: () => {},
  /** @type {(device: string, reason: string) => void} */
  lost: () => {},

  connect: id => inTurn(id, async link => {
    try {
      await within(connectPatience, link.device.gatt.connect());
      await characteristicOf(link, backstep, null);
    } catch (thrown) {
      link.device.gatt.disconnect(); // an attempt that goes on would hold the sensor
      throw thrown;
    }
    link.isWanted = true;
  }),

  disconnect: async id => {
    const link = links.get(id);
    if (link) {
      link.isWanted = false;
      link.device.gatt.disconnect();
    }
  },

  read: (id, service, characteristic) => inTurn(id, async link =>
    bytesOf(await (await characteristicOf(link, service, characteristic)).readValue())),

  write: (id, service, characteristic, bytes) => inTurn(id, async link => {
    // A view into the memory of WebAssembly may move while the browser still reads it.
    await (await characteristicOf(link, service, characteristic)).writeValueWithResponse(Uint8Array.from(bytes));
  }),

  subscribe: (id, service, characteristic) => inTurn(id, async link => {
    const found = await characteristicOf(link, service, characteristic);
    if (!found.isHeard) {
      found.isHeard = true;
      // A read tells its value here, too (Web Bluetooth): what is read and heard alike may come twice.
      found.addEventListener('characteristicvaluechanged', event =>
        radio.values(id, characteristic, bytesOf(event.target.value)));
    }
    await found.startNotifications();
  }),
};

// One after another: Chromium refuses an operation while another one runs on the same device.
function inTurn(id, operation) {
  const link = links.get(id);
  if (!link) {
    return Promise.reject(new Error('NotFound: the sensor has to be chosen again'));
  }
  const turn = link.last.then(() => operation(link)).catch(thrown => { throw inWords(thrown); });
  link.last = turn.catch(() => {});
  return turn;
}

async function characteristicOf(link, service, characteristic) {
  const name = String(service).toLowerCase();
  if (!link.services.has(name)) {
    link.services.set(name, await link.device.gatt.getPrimaryService(name));
  }
  if (characteristic === null) {
    return null;
  }
  const both = `${name} ${characteristic}`.toLowerCase();
  if (!link.characteristics.has(both)) {
    link.characteristics.set(both, await link.services.get(name).getCharacteristic(characteristic.toLowerCase()));
  }
  return link.characteristics.get(both);
}

const bytesOf = view => new Uint8Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));

function within(patience, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException(`no answer in ${patience / 1000} s`, 'NetworkError')), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// What C# tells apart. 'Not paired' and 'not authorized' are Chromium's words for ATT errors 0x05, 0x08 and 0x0F
// (services' names: bluetooth_error.cc); which of them it was it does not say.
function inWords(thrown) {
  const text = thrown?.message ?? String(thrown);
  const name = /not paired|not authori[sz]ed|authenticat/i.test(text) ? 'Security'
    : { NotFoundError: 'NotFound', SecurityError: 'Security', NotAllowedError: 'NotAllowed' }[thrown?.name]
      ?? 'Network';
  return new Error(/^(NotFound|Network|Security|NotAllowed):/.test(text) ? text : `${name}: ${text}`);
}
