// Chromium's own Web Bluetooth, on a peripheral that DevTools emulates: chooser, connect, discovery, reads. It cannot
// notify (Chromium 156), so no walk comes of it: for that see walk.mjs.
import { check, launch, open, patience } from './checks.mjs';

const address = '09:09:09:09:09:09';
const uuid = number => `a1e4000${number}-92c6-4528-906a-b8dcdd942dd0`;

export async function emulation(page, { chromium }) {
  const browser = await launch(chromium, ['--enable-features=WebBluetooth']);
  try {
    // On the browser's session: the page's own answers that there is no such thing.
    const cdp = await browser.target().createCDPSession();
    await cdp.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true });
    await cdp.send('BluetoothEmulation.simulatePreconnectedPeripheral', { address, name: 'Backstep',
      manufacturerData: [], knownServiceUuids: [uuid(0)] });
    const asked = [];
    cdp.on('BluetoothEmulation.gattOperationReceived', ({ type }) => {
      asked.push(type);
      cdp.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: 0 }).catch(() => {});
    });
    cdp.on('BluetoothEmulation.characteristicOperationReceived', ({ characteristicId, type }) => {
      asked.push(`characteristic ${type}`);
      cdp.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, code: 0,
        ...(type === 'read' ? { data: Buffer.alloc(20).toString('base64') } : {}) }).catch(() => {});
    });
    const { serviceId } = await cdp.send('BluetoothEmulation.addService', { address, serviceUuid: uuid(0) });
    for (const [number, properties] of [[1, { notify: true }], [2, { read: true, notify: true }],
      [3, { write: true, indicate: true }], [4, { read: true, write: true }], [6, { notify: true }]]) {
      const { characteristicId } = await cdp.send('BluetoothEmulation.addCharacteristic',
        { serviceId, characteristicUuid: uuid(number), properties });
      if (properties.notify || properties.indicate) { // without its switch Chromium takes it for one that cannot
        await cdp.send('BluetoothEmulation.addDescriptor',
          { characteristicId, descriptorUuid: '00002902-0000-1000-8000-00805f9b34fb' });
      }
    }
    // Tabs of the browser's own profile: the emulated adapter is the browser's.
    const tab = await open(browser, { address: page.address, hash: '#walk', profile: browser.defaultBrowserContext() });
    const own = await tab.createCDPSession();
    await own.send('DeviceAccess.enable');
    own.once('DeviceAccess.deviceRequestPrompted', ({ id, devices }) =>
      own.send('DeviceAccess.selectPrompt', { id, deviceId: devices[0].id }).catch(() => {}));
    await tab.click('#connect');
    await tab.waitForSelector('.stage', { timeout: patience });
    check('Chromium’s own chooser finds the sensor by its service', true);
    const saw = async what => {
      for (let i = 0; i < 100 && !asked.includes(what); i++) {
        await new Promise(done => setTimeout(done, 100));
      }
      return asked.includes(what);
    };
    check('Chromium connects', await saw('connection'), asked);
    check('Chromium discovers', await saw('discovery'), asked);
    check('Chromium reads or subscribes', await saw('characteristic read')
      || await saw('characteristic subscribe-to-notifications'),
    [asked, await tab.$eval('#walk', one => one.innerText)]);
  } finally {
    await browser.close();
  }
}
