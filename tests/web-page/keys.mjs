// All of it by keyboard alone.
import { check, open, patience, view } from './checks.mjs';

export async function keys(browser, page) {
  const tab = await open(browser, { address: page.address });
  await to(tab, 'Demo');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('#demo:not([hidden])', { timeout: patience });
  check('a view that is gone to has the focus', await focused(tab) === 'A simulated walk', await focused(tab));
  await to(tab, 'Start the demo');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('.stage', { timeout: patience });
  await tab.keyboard.press('p');
  check('p pauses', await offers(tab, 'Go on'));
  await tab.keyboard.press('m');
  check('m turns sound on', await offers(tab, 'Quiet'));
  await tab.keyboard.press('m');
  check('m turns sound off', await offers(tab, 'Sound'));
  await tab.keyboard.press('p');
  check('p goes on', await offers(tab, 'Pause'));
  await to(tab, 'End');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('#demo-after:not([hidden])', { timeout: patience });
  check('what came of it has the focus', await focused(tab) === 'Held against the truth', await focused(tab));
  await to(tab, 'Recording');
  await tab.keyboard.press('Enter');
  check('a file can be chosen', await reach(tab, () => document.activeElement.id === 'recording-file'));
  await sessions(tab);
  check('keys: no error in the console', tab.errors.length === 0, tab.errors);
  await tab.profile.close();
}

async function sessions(tab) {
  await to(tab, 'Sessions');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('#sessions:not([hidden])', { timeout: patience });
  if (!await tab.$('#sessions-list a[href*="/"]')) {
    return; // this demo keeps none
  }
  check('a session can be reached', await reach(tab, () => document.activeElement.closest('#sessions-list') !== null));
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('#session-shown h2', { timeout: patience });
  await to(tab, 'Delete');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('dialog[open]', { timeout: patience });
  await tab.keyboard.press('Escape');
  check('Escape keeps a session', await tab.waitForFunction(() => document.querySelector('dialog[open]') === null
    && document.querySelector('#session-shown h2') !== null, { timeout: patience }).then(() => true, () => false));
  await to(tab, 'Delete');
  await tab.keyboard.press('Enter');
  await tab.waitForSelector('dialog[open]', { timeout: patience });
  await tab.keyboard.press('Enter');
  check('a session is deleted, also after a reload', await tab.waitForFunction(() =>
    document.querySelector('#session-shown h2') === null, { timeout: patience }).then(async () => {
    await tab.reload();
    await view(tab, 'sessions');
    await tab.waitForFunction(() => document.documentElement.dataset.ready !== undefined, { timeout: patience });
    return await tab.$('#sessions-list a[href*="/"]') === null;
  }, () => false));
}

const offers = (tab, label) => tab.waitForFunction(text => [...document.querySelectorAll('.face button')]
  .some(one => one.textContent === text), { timeout: patience }, label).then(() => true, () => false);

const focused = tab => tab.evaluate(() => document.activeElement.textContent.trim());

const to = async (tab, label) => {
  if (!await reach(tab, text => document.activeElement.textContent.trim() === text, label)) {
    throw new Error(`'${label}' is not reached by Tab`);
  }
};

async function reach(tab, isThere, ...args) {
  for (let i = 0; i < 60; i++) {
    await tab.keyboard.press('Tab');
    if (await tab.evaluate(isThere, ...args)) {
      return true;
    }
  }
  return false;
}
