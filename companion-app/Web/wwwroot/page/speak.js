// What is heard and felt: a voice, a bell, a buzz. A new cue ends what is being said; nothing is queued.
let isOn = false;
/** @type {AudioContext|null} */
let audio = null;

// Ours: told apart in a pocket. Pulses and rests in ms.
const buzzes = { stop: [400, 120, 400, 120, 400], warn: [400, 120, 400], call: [200, 100, 200], advise: [150] };

/** Sound on or off. On only in answer to a press: browsers let a page sound only then. @param {boolean} wanted */
export function sound(wanted) {
  isOn = wanted;
  if (!wanted) {
    globalThis.speechSynthesis?.cancel();
    return;
  }
  audio ??= globalThis.AudioContext ? new AudioContext() : null;
  audio?.resume();
  globalThis.speechSynthesis?.speak(new SpeechSynthesisUtterance('')); // unlocks the voice on iPhone and iPad
}

/** Whether it is on. */
export const isHeard = () => isOn;

/** Makes what is new heard. @param {{say?: string[], bell?: boolean, cue?: {tone: string}|null}} look */
export function speak(look) {
  if (!isOn) {
    return;
  }
  if (look.bell) {
    ring(look.cue?.tone === 'stop' ? 2 : 1);
    navigator.vibrate?.(buzzes[look.cue?.tone ?? ''] ?? 0);
  }
  for (const text of look.say ?? []) {
    const voice = globalThis.speechSynthesis;
    voice?.cancel();
    const words = new SpeechSynthesisUtterance(text);
    words.lang = 'en';
    voice?.speak(words);
  }
}

// A walk that goes on by itself after a reload: the next touch lets it sound.
for (const kind of ['pointerdown', 'keydown']) {
  addEventListener(kind, () => isOn && audio?.state === 'suspended' && audio.resume());
}

// A struck bell: a tone and its octave that fade. Twice for safety.
function ring(times) {
  if (!audio || audio.state !== 'running') {
    return;
  }
  for (let i = 0; i < times; i++) {
    const begin = audio.currentTime + 0.35 * i;
    for (const [frequency, loudness] of [[880, 0.4], [1760, 0.15]]) {
      const tone = new OscillatorNode(audio, { frequency });
      const fade = new GainNode(audio, { gain: 0 });
      fade.gain.setValueAtTime(loudness, begin);
      fade.gain.exponentialRampToValueAtTime(0.001, begin + 0.6);
      tone.connect(fade).connect(audio.destination);
      tone.start(begin);
      tone.stop(begin + 0.6);
    }
  }
}
