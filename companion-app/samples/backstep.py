"""What only a Backstep sensor tells: every stride, and the session. python3 backstep.py [NAME [ADAPTER]]

Byte by byte: firmware/Protocol/README.md, "Stride" and "Session". Both are open to everybody; nothing has to be paired.
"""

import asyncio
import struct
import sys

STRIDE, SESSION = (f"a1e4000{number}-92c6-4528-906a-b8dcdd942dd0" for number in (1, 2))
STATES = ("idle", "active", "paused", "ended")
DIRECTIONS, LANDINGS, RAILS = (None, "forward", "backward"), (None, "toe", "flat", "heel"), (None, "held", "free")


def known(value, missing, divisor=1):
    """The value in its unit, or None where the sensor says that it does not know."""
    return None if value == missing else value / divisor


def decode_stride(value):
    """One stride of the foot that wears the sensor. What is not known is None. ValueError: not such a value."""
    if len(value) != 20 or value[8] >> 6 or value[8] & 3 == 3 or value[8] >> 4 & 3 == 3:
        raise ValueError("no stride of layout version 0")
    number, contact, codes, confidence, strike, tilt, stride, swing, length, impact, _ = struct.unpack(
        "<IIBBbbHHHBB", value)
    return {
        "sequence": number, "contact_seconds": contact / 1000, "direction": DIRECTIONS[codes & 3],
        "confidence_percent": confidence, "landing": LANDINGS[codes >> 2 & 3], "rails": RAILS[codes >> 4 & 3],
        "strike_degrees": known(strike, -128, 2), "tilt_degrees": known(tilt, -128, 2),
        "stride_seconds": known(stride, 0xFFFF, 1000), "swing_seconds": swing / 1000,
        "length_meters": known(length, 0xFFFF, 1000), "impact_g": known(impact, 0xFF, 10),
        "cadence_per_minute": None if stride in (0, 0xFFFF) else 2 * 60000 / stride,  # both feet, two steps a stride
    }


def decode_session(value):
    """The running session or the last one. Byte 20, the incline, may be left out."""
    if len(value) not in (20, 21) or value[0] >> 6:
        raise ValueError("no session of layout version 0")
    _, number, elapsed, active, backward, forward, unknown, toe, rails, mean = struct.unpack_from("<B6H3B", value)
    return {
        "state": STATES[value[0] & 3], "is_rhythm_settled": bool(value[0] & 4), "lacks_strides": bool(value[0] & 8),
        "id": number, "elapsed_seconds": elapsed, "active_seconds": active, "backward_strides": backward,
        "forward_strides": forward, "unknown_strides": unknown, "toe_first_percent": known(toe, 0xFF),
        "rails_held_percent": known(rails, 0xFF), "mean_cadence_per_minute": known(mean, 0xFF),
        "distance_meters": known(int.from_bytes(value[16:19], "little"), 0xFFFFFF, 100),
        "cadence_per_minute": known(value[19], 0xFF),
        "incline_percent": known(struct.unpack_from("<b", value, 20)[0], -128, 5) if len(value) > 20 else None,
    }


def tell(what, read, *names):
    """Prints some fields of what has come."""
    return lambda _, value: print(what, *(f"{name}={read(value)[name]}" for name in names), flush=True)


async def main(name="Backstep", adapter=None):
    """Finds the sensor by its name, and prints each stride and the session, until the link is gone."""
    from bleak import BleakClient, BleakScanner  # here, so that the decoders need no Bluetooth

    where = {"adapter": adapter} if adapter else {}  # Linux alone has several, such as hci1
    device = await BleakScanner.find_device_by_filter(
        lambda _, told: (told.local_name or "").startswith(name), timeout=20, **where)
    if device is None:
        sys.exit(f"'{name}' is not in the air. Move it; and see that no app, watch or computer is connected to it.")
    gone = asyncio.Event()
    async with BleakClient(device, disconnected_callback=lambda _: gone.set()) as client:
        await client.start_notify(STRIDE, tell("stride", decode_stride, "sequence", "direction", "landing",
                                               "cadence_per_minute"))
        await client.start_notify(SESSION, tell("session", decode_session, "state", "active_seconds",
                                                "backward_strides", "toe_first_percent"))
        await gone.wait()


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:3]))
    except KeyboardInterrupt:
        pass  # Ctrl+C: the link is let go of
