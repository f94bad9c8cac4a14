"""Others at the sensor: a central that is not ours and speaks plain GATT, then ours with a wrong
passkey, then with the right one."""

import json
import struct
import time

import dbus

from bench import ADAPTER, CENTRAL, DEVICE, PERIPHERAL, SHARE, Failure, Program, main, say, until

CHARACTERISTIC = "org.bluez.GattCharacteristic1"
FITNESS_MACHINE = "00001826-0000-1000-8000-00805f9b34fb"
CONTROL = "a1e40003-92c6-4528-906a-b8dcdd942dd0"
PASSKEY, WRONG = "271828", "314159"


def options(**values):
    return dbus.Dictionary(values, signature="sv")


def short(number):
    return f"0000{number:04x}-0000-1000-8000-00805f9b34fb"


class Stranger:
    """A central over BlueZ's own D-Bus interface: none of this project's code."""

    def __init__(self, bluetooth):
        self.bluetooth = bluetooth

    def find(self):
        adapter = self.bluetooth.interface(f"/org/bluez/{CENTRAL}", ADAPTER)
        adapter.SetDiscoveryFilter(options(Transport="le"))
        adapter.StartDiscovery()

        def seen():
            for path, interfaces in self.bluetooth.objects().items():
                device = interfaces.get(DEVICE, {})
                if path.startswith(f"/org/bluez/{CENTRAL}/") and FITNESS_MACHINE in device.get("ServiceData", {}) \
                        and device.get("Name"):
                    return path, device
            return None

        path, device = until("an advertisement with a treadmill's service data", seen, 20)
        adapter.StopDiscovery()
        data = bytes(device["ServiceData"][FITNESS_MACHINE])
        if data != bytes([1, 1, 0]):  # FTMS 1.0, 3.1: available; treadmill
            raise Failure(f"the service data is {data.hex()}")
        if device.get("Appearance") != 0x0442:
            raise Failure(f"the appearance is {device.get('Appearance')}, not 'on shoe'")
        say(f"a stranger sees '{device['Name']}': treadmill, on shoe")
        return path

    def connect(self, path):
        device = self.bluetooth.interface(path, DEVICE)
        device.Connect(timeout=30)
        until("its services", lambda: self.bluetooth.objects().get(path, {}).get(DEVICE, {}).get("ServicesResolved"),
              30)
        self.characteristics = {}
        for one, interfaces in self.bluetooth.objects().items():
            if one.startswith(path + "/") and CHARACTERISTIC in interfaces:
                self.characteristics[str(interfaces[CHARACTERISTIC]["UUID"])] = one

    def read(self, uuid):
        return bytes(self.bluetooth.interface(self.characteristics[uuid], CHARACTERISTIC).ReadValue(
            options(), timeout=30))

    def listen(self, uuid, count):
        """Values that come once notifications are on; those that are equal to the one before show as one."""
        path = self.characteristics[uuid]
        self.bluetooth.interface(path, CHARACTERISTIC).StartNotify(timeout=30)
        values = []

        def enough():
            value = bytes(self.bluetooth.objects().get(path, {}).get(CHARACTERISTIC, {}).get("Value", []))
            if value and (not values or values[-1] != value):
                values.append(value)
            return len(values) >= count

        until(f"{count} values of {uuid}", enough, 25)
        return values


def check_running(value):
    """RSC Measurement (RSCS 1.0, 3.1)."""
    flags, speed, cadence = struct.unpack_from("<BHB", value)
    at = 4
    length = distance = None
    if flags & 1:
        (length,) = struct.unpack_from("<H", value, at)
        at += 2
    if flags & 2:
        (distance,) = struct.unpack_from("<I", value, at)
        at += 4
    if flags & ~7 or at != len(value):
        raise Failure(f"RSC Measurement {value.hex()} does not decode")
    return speed / 256, cadence, length, distance


def check_treadmill(value):
    """Treadmill Data (FTMS 1.0, 4.9.1): the fields in the order of their flags."""
    (flags,) = struct.unpack_from("<H", value)
    at = 2
    speed = elapsed = None
    for bit, size in ((0, 2), (1, 2), (2, 3), (3, 4), (4, 4), (5, 1), (6, 1),
                      (7, 5), (8, 1), (9, 1), (10, 2), (11, 2), (12, 4)):
        if bool(flags & (1 << bit)) != (bit == 0):  # bit 0 says that there is no speed
            if bit == 0:
                speed = struct.unpack_from("<H", value, at)[0] / 100
            if bit == 10:
                elapsed = struct.unpack_from("<H", value, at)[0]
            at += size
    if flags >> 13 or at != len(value):
        raise Failure(f"Treadmill Data {value.hex()} does not decode")
    return speed, elapsed


def plain_gatt(bluetooth):
    stranger = Stranger(bluetooth)
    path = stranger.find()
    stranger.connect(path)
    maker, model, firmware = (stranger.read(short(number)).decode() for number in (0x2A29, 0x2A24, 0x2A26))
    if not (maker and model and firmware):
        raise Failure("Device Information is empty")
    (running,) = struct.unpack("<H", stranger.read(short(0x2A54)))
    (location,) = stranger.read(short(0x2A5D))
    machine, target = struct.unpack("<II", stranger.read(short(0x2ACC)))
    battery = bluetooth.objects().get(path, {}).get("org.bluez.Battery1", {}).get("Percentage")
    if battery is None:
        (battery,) = stranger.read(short(0x2A19))
    if running & ~0x1F or location not in range(15) or target or not 0 <= battery <= 100:
        raise Failure(f"features or battery make no sense: "
                      f"{running:04x} {location} {machine:08x} {target:08x} {battery}")
    say(f"a stranger reads {maker} {model} {firmware}, RSC features {running:04x}, location {location}, "
        f"FTMS features {machine:08x}, battery {int(battery)} %")
    walked = [check_running(value) for value in stranger.listen(short(0x2A53), 4)]
    if not any(0.3 < speed < 1.5 and 40 < cadence < 200 for speed, cadence, _, _ in walked):
        raise Failure(f"no walking in {walked}")
    treadmill = [check_treadmill(value) for value in stranger.listen(short(0x2ACD), 3)]
    if not any(speed and 1 < speed < 6 for speed, _ in treadmill):
        raise Failure(f"no belt in {treadmill}")
    say(f"a stranger follows RSC ({walked[-1][0]:.2f} m/s, {walked[-1][1]} steps/min) "
        f"and FTMS ({treadmill[-1][0]:.1f} km/h, {treadmill[-1][1]} s)")
    try:
        bluetooth.interface(stranger.characteristics[CONTROL], CHARACTERISTIC).WriteValue(
            dbus.Array([4], signature="y"), options(type="request"), timeout=30)
    except dbus.DBusException as refusal:
        say(f"a stranger's command is refused: {refusal.get_dbus_message()}")
    else:
        raise Failure("a stranger's command was taken without the passkey")
    try:
        bluetooth.interface(path, DEVICE).Disconnect(timeout=20)
        bluetooth.interface(f"/org/bluez/{CENTRAL}", ADAPTER).RemoveDevice(path, timeout=20)
    except dbus.DBusException:
        pass  # it went with the failed pairing


def run(name, *arguments, patience=60):
    program = Program(name, *arguments)
    code = program.end(how=None, patience=patience)
    return code, program.text()


def configuration(name):
    code, text = run(name, "configure", "--sensor", "Locked", "--passkey", PASSKEY, "--json")
    if code != 0:
        raise Failure(f"configure ended with {code}: {text}")
    return json.loads(text)


def strangers(bluetooth):
    sensor = Program("sensor", "sensor", "--scenario", "backward", "--name", "Locked", "--passkey", PASSKEY, "--json",
                     adapter=PERIPHERAL)
    until("the sensor in the air", lambda: sensor.events("onAir"), 40)
    say("the sensor is in the air, with a passkey")
    plain_gatt(bluetooth)

    code, text = run("wrong", "configure", "--sensor", "Locked", "--passkey", WRONG, "--cadence", "one-foot")
    if code != 5 or "not the sensor's passkey" not in text:
        raise Failure(f"a wrong passkey ended with {code}: {text}")
    say("a wrong passkey is refused: " + text.splitlines()[-1])
    before = configuration("before")
    if before.get("cadence") != "both-feet":
        raise Failure(f"something was written with a wrong passkey: {before}")
    say("with the right one: nothing was written before")

    code, text = run("write", "configure", "--sensor", "Locked", "--passkey", PASSKEY, "--cadence", "one-foot")
    if code != 0 or configuration("after").get("cadence") != "one-foot":
        raise Failure(f"the configuration was not written: {code} {text}")
    say("the configuration is written and read back")

    code, text = run("record", "record", "--sensor", "Locked", "--seconds", "5", "--out", "/run/walk.csv", "--json")
    if code != 0:
        raise Failure(f"record ended with {code}: {text}")
    take = json.loads(text)
    if take["samples"] < 400:
        raise Failure(f"hardly anything was recorded: {take}")
    say(f"raw motion recorded: {take['samples']} samples, {take['missingSamples']} missing")
    sensor.end()


main(strangers)
