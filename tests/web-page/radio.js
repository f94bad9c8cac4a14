// Stands in for navigator.bluetooth in a tab, before the page's own scripts: a device whose every answer comes from the
// project's own sensor, through window.clipAsk. As strict as Chromium: one operation at a time, objects of a link that
// is gone are of no use, values are told to who subscribed.
(() => {
  const wish = window.radioWish ?? {};
  const bytes = text => Uint8Array.from(atob(text ?? ''), one => one.charCodeAt(0));
  const base64 = view => btoa(String.fromCharCode(...new Uint8Array(view.buffer ?? view, view.byteOffset ?? 0,
    view.byteLength)));
  const full = uuid => (typeof uuid === 'number'
    ? `0000${uuid.toString(16).padStart(4, '0')}-0000-1000-8000-00805f9b34fb` : uuid);
  window.radioFaults = [];
  let running = 0;
  let links = 0;

  async function operate(link, request) {
    if (!device.gatt.connected || link !== links) {
      throw new DOMException('GATT Server is disconnected. (Re)connect first with `device.gatt.connect`.',
        'NetworkError');
    }
    if (running > 0) {
      window.radioFaults.push(`${request.ask} while another operation runs`);
      throw new DOMException('GATT operation already in progress.', 'NetworkError');
    }
    running++;
    try {
      if (wish.unpaired && request.ask === 'write') {
        throw new DOMException('GATT Error: Not paired.', 'NetworkError');
      }
      const answer = await window.clipAsk(request);
      if (answer.kind === 'failed') {
        throw new DOMException(answer.text, [5, 8, 15].includes(answer.attError) ? 'SecurityError' : 'NetworkError');
      }
      return answer;
    } finally {
      running--;
    }
  }

  class Characteristic extends EventTarget {
    constructor(link, service, uuid) {
      super();
      Object.assign(this, { link, service, uuid, isOn: false, value: null });
    }

    take(view) {
      this.value = view;
      this.dispatchEvent(new Event('characteristicvaluechanged'));
    }

    async readValue() {
      const told = await operate(this.link, { ask: 'read', service: this.service, characteristic: this.uuid });
      const view = new DataView(bytes(told.bytes).buffer);
      this.take(view); // as Chromium does
      return view;
    }

    async writeValueWithResponse(value) {
      await operate(this.link, { ask: 'write', service: this.service, characteristic: this.uuid,
        value: base64(value) });
    }

    async startNotifications() {
      this.isOn = true;
      await operate(this.link, { ask: 'subscribe', service: this.service, characteristic: this.uuid });
      return this;
    }
  }

  const device = new EventTarget();
  let characteristics = new Map();
  Object.assign(device, { id: 'clip', name: 'Clip 1', gatt: {
    connected: false,
    async connect() {
      if (!device.gatt.connected) {
        const answer = await window.clipAsk({ ask: 'connect' });
        if (answer.kind === 'failed') {
          throw new DOMException(answer.text, 'NetworkError');
        }
        device.gatt.connected = true;
        characteristics = new Map();
        links++;
      }
      return device.gatt;
    },
    disconnect() {
      if (device.gatt.connected) {
        window.clipAsk({ ask: 'disconnect' });
        lose();
      }
    },
    async getPrimaryService(uuid) {
      const link = links;
      const service = full(uuid);
      return { uuid: service, getCharacteristic: async one => {
        const key = `${service} ${full(one)}`;
        characteristics.set(key, characteristics.get(key) ?? new Characteristic(link, service, full(one)));
        return characteristics.get(key);
      } };
    },
  } });

  function lose() {
    device.gatt.connected = false;
    device.dispatchEvent(new Event('gattserverdisconnected', { bubbles: true }));
  }

  window.clipTells = news => {
    if (news.kind === 'lost') {
      device.gatt.connected && lose();
      return;
    }
    const one = characteristics.get(`${news.service} ${news.characteristic}`);
    if (device.gatt.connected && one?.isOn) {
      one.take(new DataView(bytes(news.bytes).buffer));
    }
  };
  window.radioAsked = [];
  Object.defineProperty(navigator, 'bluetooth', { configurable: true, value: {
    requestDevice: async options => {
      window.radioAsked.push(options);
      if (wish.isDismissed) {
        throw new DOMException('User cancelled the requestDevice() chooser.', 'NotFoundError');
      }
      return device;
    },
    ...(wish.forgets ? {} : { getDevices: async () => [device] }),
  } });
})();
