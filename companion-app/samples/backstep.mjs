// What only a Backstep sensor tells, in a browser: every stride, and the session. index.html uses it.
// Byte by byte: firmware/Protocol/README.md, "Stride" and "Session". Both are open; nothing has to be paired.

const own = number => `a1e4000${number}-92c6-4528-906a-b8dcdd942dd0`;
export const [SERVICE, STRIDE, SESSION] = [0, 1, 2].map(own);
const STATES = ['idle', 'active', 'paused', 'ended'];
const DIRECTIONS = [null, 'forward', 'backward'];
const LANDINGS = [null, 'toe', 'flat', 'heel'];
const RAILS = [null, 'held', 'free'];

/** The value in its unit, or null where the sensor says that it does not know. */
const known = (value, missing, divisor = 1) => (value === missing ? null : value / divisor);

/** One stride of the foot that wears the sensor, a DataView. What is not known is null. Throws: not such a value. */
export function decodeStride(value) {
  const codes = value.byteLength === 20 ? value.getUint8(8) : 0xff;
  if (codes >> 6 !== 0 || (codes & 3) === 3 || (codes >> 4 & 3) === 3) {
    throw new RangeError('no stride of layout version 0');
  }
  const stride = value.getUint16(12, true);
  return {
    sequence: value.getUint32(0, true), contactSeconds: value.getUint32(4, true) / 1000,
    direction: DIRECTIONS[codes & 3], confidencePercent: value.getUint8(9), landing: LANDINGS[codes >> 2 & 3],
    rails: RAILS[codes >> 4 & 3], strikeDegrees: known(value.getInt8(10), -128, 2),
    tiltDegrees: known(value.getInt8(11), -128, 2), strideSeconds: known(stride, 0xffff, 1000),
    swingSeconds: value.getUint16(14, true) / 1000, lengthMeters: known(value.getUint16(16, true), 0xffff, 1000),
    impactG: known(value.getUint8(18), 0xff, 10),
    cadencePerMinute: stride === 0 || stride === 0xffff ? null : 2 * 60000 / stride, // both feet, two steps a stride
  };
}

/** The running session or the last one. Byte 20, the incline, may be left out. */
export function decodeSession(value) {
  if (value.byteLength < 20 || value.byteLength > 21 || value.getUint8(0) >> 6 !== 0) {
    throw new RangeError('no session of layout version 0');
  }
  const flags = value.getUint8(0);
  const distance = value.getUint16(16, true) + 0x10000 * value.getUint8(18);
  return {
    state: STATES[flags & 3], isRhythmSettled: (flags & 4) !== 0, lacksStrides: (flags & 8) !== 0,
    id: value.getUint16(1, true), elapsedSeconds: value.getUint16(3, true), activeSeconds: value.getUint16(5, true),
    backwardStrides: value.getUint16(7, true), forwardStrides: value.getUint16(9, true),
    unknownStrides: value.getUint16(11, true), toeFirstPercent: known(value.getUint8(13), 0xff),
    railsHeldPercent: known(value.getUint8(14), 0xff), meanCadencePerMinute: known(value.getUint8(15), 0xff),
    distanceMeters: known(distance, 0xffffff, 100), cadencePerMinute: known(value.getUint8(19), 0xff),
    inclinePercent: value.byteLength > 20 ? known(value.getInt8(20), -128, 5) : null,
  };
}

/** Lets the user pick the sensor, and calls tellStride and tellSession with what comes; gone() when the link is. */
export async function follow(name, tellStride, tellSession, gone) {
  const device = await navigator.bluetooth.requestDevice(
    { filters: [{ namePrefix: name }], optionalServices: [SERVICE] });
  device.addEventListener('gattserverdisconnected', gone);
  const service = await (await device.gatt.connect()).getPrimaryService(SERVICE);
  for (const [uuid, decode, tell] of [[STRIDE, decodeStride, tellStride], [SESSION, decodeSession, tellSession]]) {
    const characteristic = await service.getCharacteristic(uuid);
    characteristic.addEventListener('characteristicvaluechanged', event => tell(decode(event.target.value)));
    await characteristic.startNotifications();
  }
}
