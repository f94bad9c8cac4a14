"""bleak, the library that many makers' scripts stand on, at the sensor: it connects ten times in a row, and each time
must find the whole GATT table and be notified of steps. None of this project's code is in this central."""

import asyncio
import struct
import time

from bleak import BleakClient, BleakScanner

from bench import ADAPTER, CENTRAL, PERIPHERAL, Failure, Program, main, say, until

CONNECTS = 10
LEAST_GOOD = 9
TRIES = 4
NAME = "Ten times"


def short(number):
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


def own(number):
    return f"a1e4{number:04x}-92c6-4528-906a-b8dcdd942dd0"


FITNESS_MACHINE, RUNNING, TREADMILL = short(0x1826), short(0x2A53), short(0x2ACD)
BATTERY, STRIDE = short(0x2A19), own(1)

# The protocol page's table (firmware/Protocol/README.md) for a unit on the shoe; every one must be there.
TABLE = {
    short(0x1814): [short(number) for number in (0x2A53, 0x2A54, 0x2A55, 0x2A5D)],
    FITNESS_MACHINE: [short(number) for number in (0x2ACC, 0x2ACD, 0x2AD3)],
    short(0x180F): [BATTERY],
    short(0x180A): [short(number) for number in (0x2A29, 0x2A24, 0x2A26)],
    own(0): [own(number) for number in range(1, 9)],
}


def missing(services):
    """What of the table is not there."""
    found = {}
    for service in services:  # bluetoothd, which plays the peripheral, has a Device Information of its own beside ours
        found.setdefault(service.uuid, set()).update(one.uuid for one in service.characteristics)
    lacking = [service for service in TABLE if service not in found]
    return lacking + [one for service, ones in TABLE.items() if service in found
                      for one in ones if one not in found[service]]


async def find():
    device = await BleakScanner.find_device_by_filter(
        lambda _, told: FITNESS_MACHINE in told.service_data and told.local_name == NAME, timeout=20, adapter=CENTRAL)
    if device is None:
        raise Failure("it is not found in 20 s")
    return device


async def listen(client):
    """One value of each, decoded as far as tells it from noise."""
    heard = {}
    enough = asyncio.Event()

    def take(uuid):
        def value(_, data):
            heard[uuid] = bytes(data)
            if {RUNNING, TREADMILL, STRIDE} <= heard.keys():
                enough.set()
        return value

    for uuid in (RUNNING, TREADMILL, STRIDE, BATTERY):
        await client.start_notify(uuid, take(uuid))
    battery = (await client.read_gatt_char(BATTERY))[0]
    try:
        await asyncio.wait_for(enough.wait(), 20)
    except asyncio.TimeoutError:
        raise Failure(f"notified of {len(heard)} in 20 s") from None
    _, speed, cadence = struct.unpack_from("<BHB", heard[RUNNING])
    if not 0 <= battery <= 100 or speed / 256 > 3 or len(heard[STRIDE]) != 20 or len(heard[TREADMILL]) < 4:
        raise Failure(f"what was told makes no sense: {heard}, battery {battery}")
    return speed / 256, cadence


async def whole(client):
    """Whether bleak had the whole table at once. bluetoothd says that all services are known some ten milliseconds
    before it tells of the first; bleak 0.20 takes down what was told by then, and never looks again by itself."""
    if not missing(client.services):
        return True
    backend = client._backend
    end = time.monotonic() + 10
    while time.monotonic() < end:
        await asyncio.sleep(0.5)
        backend.services = None
        if not missing(await backend.get_services()):
            return False
    lacking = missing(client.services)
    raise Failure(f"{len(lacking)} of its table are missing: {', '.join(lacking[:4])}")


async def once():
    """One connection, from finding the sensor to letting go of it."""
    device = await find()
    step = "connecting"
    try:
        async with BleakClient(device, timeout=30, adapter=CENTRAL) as client:
            step = "discovering"
            at_once = await whole(client)
            step = "listening"
            return at_once, *await listen(client)
    except Failure:
        raise
    except Exception as error:  # whatever bleak or bluetoothd say
        raise Failure(f"{step}: {type(error).__name__}: {error}") from error


def connect():
    """One connection, tried again when bleak gives it up itself: bluetoothd does not signal Connected when its ATT
    channel was up first, bleak then takes the link for lost, and lets go of it while bluetoothd discovers."""
    for i in range(1, TRIES + 1):
        try:
            return i, *asyncio.run(once())
        except Failure as failure:
            if i == TRIES or "device disconnected" not in str(failure):
                raise
            time.sleep(3)


def bleak_client(bluetooth):
    sensor = Program("sensor", "sensor", "--scenario", "backward", "--name", NAME, "--json", adapter=PERIPHERAL)
    until("the sensor in the air", lambda: sensor.events("onAir"), 60)
    say("the sensor is in the air")
    good = first = single = 0
    for i in range(1, CONNECTS + 1):
        started = time.monotonic()
        try:
            tries, at_once, speed, cadence = connect()
            good += 1
            first += at_once
            single += tries == 1
            said = f"try {tries}: the whole table {'at once' if at_once else 'at the second look'}, {speed:.2f} m/s, " \
                   f"{cadence} steps/min"
        except Failure as failure:
            said = f"NOT: {failure}"
        say(f"bleak {i}: {said} ({time.monotonic() - started:.1f} s)")
        adapter = bluetooth.interface(f"/org/bluez/{CENTRAL}", ADAPTER)
        path = bluetooth.device()
        if path:
            adapter.RemoveDevice(path, timeout=20)
    say(f"bleak: {good} of {CONNECTS} connects gave the whole table and steps: {first} of them the table at "
        f"once, {single} in the first try")
    sensor.end()
    if good < LEAST_GOOD:
        raise Failure(f"{good} of {CONNECTS}, fewer than {LEAST_GOOD}")


main(bleak_client)
