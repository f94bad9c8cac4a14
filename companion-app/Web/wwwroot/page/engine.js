// The sensor's engine, the coach and the walker, in C#, as WebAssembly: begun once, called by everybody. Which calls
// there are, and what they answer: Interop/ beside this folder.
import { radio } from './bluetooth.js';
import { append, forget, everything } from './keep.js';
import { sentence } from './parts.js';

/** @type {Promise<any>|null} */
let begun = null;

/** Begins the engine, or waits for it. @param {(share: number) => void} [progress] what has been loaded, 0 to 1 */
export function engine(progress = () => {}) {
  begun ??= begin(progress).catch(thrown => {
    begun = null; // a network that comes back is asked again
    throw thrown;
  });
  return begun;
}

async function begin(progress) {
  const kept = everything(); // read meanwhile
  const { dotnet } = await import('../_framework/dotnet.js');
  const { getAssemblyExports, getConfig, setModuleImports, runMain } = await dotnet
    .withModuleConfig({ onDownloadResourceProgress: (done, all) => progress(all > 0 ? done / all : 0) })
    .create();
  setModuleImports('radio', radio);
  setModuleImports('keep', { append, forget });
  const { Page } = (await getAssemblyExports(getConfig().mainAssemblyName)).Backstep.Web.Interop;
  runMain?.().catch?.(() => {}); // a library needs none; what cannot run is told by the first call
  radio.values = (device, characteristic, bytes) => Page.RadioValue(device, characteristic, bytes);
  radio.lost = (device, reason) => Page.RadioLost(device, reason);
  const calls = wrap(Page);
  const hello = calls.hello();
  const restored = calls.restore(JSON.stringify(await kept));
  return { ...calls, about: hello, restored };
}

// Texts of JSON become values, errors become sentences.
function wrap(page) {
  const json = (name, ...args) => {
    try {
      const answer = page[name](...args);
      return answer instanceof Promise ? answer.then(read, raise) : read(answer);
    } catch (thrown) {
      return raise(thrown);
    }
  };
  const read = text => (typeof text === 'string' && text !== '' ? JSON.parse(text) : text);
  const raise = thrown => { throw new Error(sentence(thrown)); };
  return {
    hello: () => json('Hello'),
    restore: chunks => json('Restore', chunks),
    demoBegin: options => json('DemoBegin', JSON.stringify(options)),
    demoPass: seconds => json('DemoPass', seconds),
    demoEnd: () => json('DemoEnd'),
    replayRun: (name, bytes, options) => json('ReplayRun', name, bytes, JSON.stringify(options)),
    liveBegin: options => json('LiveBegin', JSON.stringify(options)),
    liveLook: () => json('LiveLook'),
    livePause: () => json('LivePause'),
    liveMark: () => json('LiveMark'),
    liveEnd: () => json('LiveEnd'),
    sessions: () => json('Sessions'),
    sessionShow: key => json('SessionShow', key),
    sessionExport: (key, format) => json('SessionExport', key, format),
    sessionForget: key => json('SessionForget', key),
  };
}
