"""What both scenarios stand on: a real bluetoothd with two virtual controllers, and
programs whose lines can be waited for."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import dbus

DOTNET, PROGRAM = sys.argv[1:3]
PERIPHERAL, CENTRAL = "hci0", "hci1"
SHARE = "/run/share"
BLUETOOTHD = "/usr/libexec/bluetooth/bluetoothd"
ADAPTER, DEVICE = "org.bluez.Adapter1", "org.bluez.Device1"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Failure(Exception):
    """The scenario did not go as it must."""


def say(text):
    with open("/proc/uptime", encoding="ascii") as up:
        print(f"  {float(up.read().split()[0]):6.1f} s  {text}", flush=True)


def until(what, condition, patience):
    """Waits for a condition, and gives its result."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Failure(f"waited {patience} s in vain for: {what}")
        time.sleep(0.05)


class Program:
    """backstep with its lines, each with the time at which it came."""

    def __init__(self, name, *arguments, adapter=CENTRAL, seen=None, program=PROGRAM, runner=DOTNET):
        self.name = name
        self.lines = []
        self.log = open(f"{SHARE}/{name}.log", "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [runner, program, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1,
            env={**os.environ, "BACKSTEP_ADAPTER": adapter},
        )
        self.reader = threading.Thread(target=self.read, args=(seen,), daemon=True)
        self.reader.start()

    def read(self, seen):
        for line in self.process.stdout:
            at = time.time()
            self.log.write(f"{at:.3f} {line}")
            self.log.flush()
            event = {}
            if line.startswith("{"):
                try:
                    event = json.loads(line)
                except ValueError:
                    pass
            self.lines.append((at, line.strip(), event))
            if seen:
                seen(at, event)

    def events(self, kind, **fields):
        return [(at, event) for at, _, event in list(self.lines)
                if event.get("event") == kind and all(event.get(key) == value for key, value in fields.items())]

    def text(self):
        return "\n".join(line for _, line, _ in list(self.lines))

    def end(self, how=signal.SIGTERM, patience=20):
        """Ends it, and gives its exit code."""
        if self.process.poll() is None and how:
            self.process.send_signal(how)
        try:
            code = self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise Failure(f"{self.name} did not end within {patience} s") from None
        self.reader.join(5)
        return code


class Bluetooth:
    """dbus-daemon, btvirt, bluetoothd."""

    def __init__(self):
        os.makedirs("/run/dbus", exist_ok=True)
        subprocess.run(["dbus-daemon", "--system", "--fork", "--nopidfile"], check=True)
        with open("/run/bluetooth.conf", "w", encoding="ascii") as config:
            config.write("[General]\nControllerMode = le\n[GATT]\nCache = no\n[Policy]\nAutoEnable = true\n")
        self.daemon = self.virtual = None
        # On a busy host the kernel may not wait long enough for the controllers' first answer: then all begins anew.
        for _ in range(4):
            self.virtual = subprocess.Popen(["btvirt", "-L", "-l2"],
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.start()
            try:
                until("two controllers that are on", self.is_on, 8)
                return
            except Failure:
                self.stop()
                self.virtual.kill()
                self.virtual.wait()
                time.sleep(0.5)
        raise Failure("no virtual controllers came up")

    def start(self):
        self.daemon = subprocess.Popen([BLUETOOTHD, "-n", "-f", "/run/bluetooth.conf"], stdout=subprocess.DEVNULL,
                                       stderr=open(f"{SHARE}/bluetoothd.log", "a", encoding="utf-8"))

    def stop(self):
        self.daemon.terminate()
        try:
            self.daemon.wait(5)
        except subprocess.TimeoutExpired:
            self.daemon.kill()
            self.daemon.wait()

    def objects(self):
        try:
            manager = dbus.Interface(dbus.SystemBus().get_object("org.bluez", "/", introspect=False),
                                     "org.freedesktop.DBus.ObjectManager")
            return manager.GetManagedObjects(timeout=5)
        except dbus.DBusException:
            return {}

    def is_on(self):
        objects = self.objects()
        return all(objects.get(f"/org/bluez/{name}", {}).get(ADAPTER, {}).get("Powered")
                   for name in (PERIPHERAL, CENTRAL))

    def interface(self, path, name):
        return dbus.Interface(dbus.SystemBus().get_object("org.bluez", path, introspect=False), name)

    def power(self, adapter, on):
        self.interface(f"/org/bluez/{adapter}", PROPERTIES).Set(ADAPTER, "Powered", dbus.Boolean(on, variant_level=1),
                                                              timeout=20)

    def device(self, adapter=CENTRAL):
        """Path of the sensor as the central's adapter knows it."""
        found = [path for path in self.objects()
                 if path.startswith(f"/org/bluez/{adapter}/dev_") and path.count("/") == 4]
        return found[0] if found else None


def main(scenario):
    try:
        bluetooth = Bluetooth()
        say("bluetoothd and two virtual controllers are there")
        scenario(bluetooth)
    except Failure as failure:
        say(f"FAILED: {failure}")
        sys.exit(1)
