"""Speed and cadence of a Backstep sensor, or of any Bluetooth foot pod: python3 rsc.py [NAME [ADAPTER]]"""

import asyncio
import struct
import sys

MEASUREMENT = "00002a53-0000-1000-8000-00805f9b34fb"


def decode(value):
    """RSC Measurement (RSCS 1.0, section 3.1). What the sensor left out is None. ValueError: not such a value."""
    flags = value[0] if value else 0
    has_stride, has_distance = flags & 1, flags >> 1 & 1
    if len(value) != 4 + 2 * has_stride + 4 * has_distance:
        raise ValueError(f"{len(value)} bytes do not fit the flags")
    _, speed, cadence, *rest = struct.unpack("<BHB" + "H" * has_stride + "I" * has_distance, value)
    return {
        "speed_mps": speed / 256,
        "cadence_per_minute": cadence,
        "stride_meters": rest[0] / 100 if has_stride else None,
        "distance_meters": rest[-1] / 10 if has_distance else None,
    }


def tell(value):
    """One line of a measurement."""
    now = decode(value)
    print(f"{now['speed_mps'] * 3.6:4.1f} km/h  {now['cadence_per_minute']:3} steps/min", flush=True)


async def main(name="Backstep", adapter=None):
    """Finds the sensor by its name, and prints what it says once a second, until the link is gone."""
    from bleak import BleakClient, BleakScanner  # here, so that decode() needs no Bluetooth

    where = {"adapter": adapter} if adapter else {}  # Linux alone has several, such as hci1
    device = await BleakScanner.find_device_by_filter(
        lambda _, told: (told.local_name or "").startswith(name), timeout=20, **where)
    if device is None:
        sys.exit(f"'{name}' is not in the air. Move it; and see that no app, watch or computer is connected to it.")
    gone = asyncio.Event()
    async with BleakClient(device, disconnected_callback=lambda _: gone.set()) as client:
        await client.start_notify(MEASUREMENT, lambda _, value: tell(value))
        await gone.wait()


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:3]))
    except KeyboardInterrupt:
        pass  # Ctrl+C: the link is let go of
