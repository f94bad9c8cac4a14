// Speed and cadence of a Backstep sensor, or of any Bluetooth foot pod, in a browser: index.html uses it.

export const SERVICE = 0x1814;
export const MEASUREMENT = 0x2a53;

/** RSC Measurement (RSCS 1.0, section 3.1), a DataView. What the sensor left out is null. Throws: not such a value. */
export function decode(value) {
  const flags = value.byteLength > 0 ? value.getUint8(0) : 0;
  const hasStride = (flags & 1) !== 0;
  const hasDistance = (flags & 2) !== 0;
  if (value.byteLength !== 4 + (hasStride ? 2 : 0) + (hasDistance ? 4 : 0)) {
    throw new RangeError(`${value.byteLength} bytes do not fit the flags`);
  }
  return {
    speedMps: value.getUint16(1, true) / 256,
    cadencePerMinute: value.getUint8(3),
    strideMeters: hasStride ? value.getUint16(4, true) / 100 : null,
    distanceMeters: hasDistance ? value.getUint32(hasStride ? 6 : 4, true) / 10 : null,
  };
}

/** Lets the user pick the sensor, and calls tell(measurement) once a second; gone() when the link is. */
export async function follow(name, tell, gone) {
  const device = await navigator.bluetooth.requestDevice(
    { filters: [{ namePrefix: name }], optionalServices: [SERVICE] });
  device.addEventListener('gattserverdisconnected', gone);
  const server = await device.gatt.connect();
  const measurement = await (await server.getPrimaryService(SERVICE)).getCharacteristic(MEASUREMENT);
  measurement.addEventListener('characteristicvaluechanged', event => tell(decode(event.target.value)));
  await measurement.startNotifications();
}
