// Drives Chromium through a walk with its own Web Bluetooth; one JSON a line of what is seen. SIGUSR2 connects where no
// walk goes on, and ends the one that does.
// usage: node web.mjs ADDRESS SENSOR FILE
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [address, name, file] = process.argv.slice(2);
const puppeteer = createRequire(process.env.BACKSTEP_WEB_TESTS)('puppeteer-core');
const patience = 240000; // ms; the machine is emulated
const tell = event => console.log(JSON.stringify(event));
let pressed = () => {};
process.on('SIGUSR2', () => pressed());
const press = () => new Promise(done => { pressed = () => done(true); });

const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', protocolTimeout: patience,
  timeout: patience, userDataDir: '/run/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-zygote',
    '--mute-audio', '--disable-site-isolation-trials', '--enable-features=WebBluetooth'] });
const tab = await browser.newPage();
tab.setDefaultTimeout(patience);
tab.on('console', line => tell({ event: 'console', type: line.type(), text: line.text() }));
tab.on('pageerror', error => tell({ event: 'error', text: String(error) }));
await tab.goto(address, { timeout: patience });
await tab.waitForFunction(() => document.documentElement.dataset.ready !== undefined, { polling: 500 });
await tab.click('#walk-sound'); // a voice and a bell are processes that nobody hears here
const cdp = await tab.createCDPSession();
await cdp.send('DeviceAccess.enable');
let answered = '';
cdp.on('DeviceAccess.deviceRequestPrompted', ({ id, devices }) => {
  const device = devices.find(one => one.name === name);
  if (device && id !== answered) { // it is told again as more is known of the device
    answered = id;
    cdp.send('DeviceAccess.selectPrompt', { id, deviceId: device.id })
      .then(() => tell({ event: 'chosen', device: device.name }));
  }
});

const look = () => tab.evaluate(async () => {
  const { engine } = await import('./page/engine.js');
  const { linkState, linkReason, strides, notice, state } = (await engine()).liveLook();
  return { link: linkState, why: linkReason, strides, notice, state,
    wrong: document.getElementById('walk-trouble').textContent };
});
let next = press();
tell({ event: 'ready', version: await browser.version(),
  available: await tab.evaluate(() => navigator.bluetooth?.getAvailability()) });
let now = { state: 'idle' };
for (;;) {
  const isPressed = await Promise.race([next, new Promise(done => setTimeout(() => done(false), 2000))]);
  if (isPressed && now.state !== 'idle') {
    break;
  }
  if (isPressed) {
    next = press();
    await tab.click('#connect');
  }
  now = await look();
  tell({ event: 'look', ...now });
}
await tab.$$eval('.face button', all => all.find(one => one.textContent === 'End').click());
await tab.waitForSelector('dialog[open]');
await tab.click('dialog[open] button[value=yes]');
await tab.waitForSelector('#walk-after:not([hidden])');
writeFileSync(file, await tab.evaluate(async () => {
  const { engine } = await import('./page/engine.js');
  const page = await engine();
  return new TextDecoder().decode(page.sessionExport(page.sessions()[0].key, 'json'));
}));
tell({ event: 'saved' });
await browser.close();
