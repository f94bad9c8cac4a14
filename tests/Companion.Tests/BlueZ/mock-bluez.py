"""A bluetoothd on a private D-Bus that does what the test says: one JSON object a line on standard input,
one line of answer each. Ends with its input."""

import json
import os
import sys
import time

import dbus
import dbus.mainloop.glib
from dbusmock import OBJECT_MANAGER_IFACE, mockobject
from gi.repository import GLib

DEVICE, SERVICE, CHARACTERISTIC = "org.bluez.Device1", "org.bluez.GattService1", "org.bluez.GattCharacteristic1"
LONGER_THAN_ANY_PATIENCE = 3  # seconds

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.bus.BusConnection(os.environ["DBUS_SYSTEM_BUS_ADDRESS"])
bus_name = dbus.service.BusName("org.bluez", bus, do_not_queue=True)
root = mockobject.DBusMockObject(bus_name, "/", OBJECT_MANAGER_IFACE, {}, "/dev/null", True)
mockobject.objects["/"] = root
root.AddTemplate("bluez5", {})
mockobject.objects["/org/bluez"].agent_path = ""  # 0.28.7 names it when an agent comes a second time, and has none
behaviours = {}  # device path -> method -> what it does instead of the right thing; a list is used up call by call
notifications = {}  # characteristic path -> values to send at StartNotify


def typed(value, kind=None):
    if isinstance(value, dict):  # {"struct": 17}: so many bytes in one
        return dbus.Struct([dbus.Byte(0)] * value["struct"])
    if isinstance(value, bool):
        return dbus.Boolean(value)
    if isinstance(value, int):
        return {"n": dbus.Int16, "y": dbus.Byte}.get(kind, dbus.Int32)(value)
    if isinstance(value, list):
        return dbus.Array([typed(one) for one in value],
                          signature="v" if len({type(one) for one in value}) > 1 else None if value else "s")
    return dbus.String(value)


def octets(text):
    return dbus.Array(bytes.fromhex(text), signature="y")


def change(path, interface, values):
    found = mockobject.objects[path]
    found.props.setdefault(interface, {}).update(values)
    found.EmitSignal(dbus.PROPERTIES_IFACE, "PropertiesChanged", "sa{sv}as",
                     [interface, dbus.Dictionary(values, signature="sv"), []])


def added(path):
    found = mockobject.objects[path]
    root.EmitSignal(OBJECT_MANAGER_IFACE, "InterfacesAdded", "oa{sa{sv}}", [dbus.ObjectPath(path), found.props])


def vanish(device):
    for path in [one for one in mockobject.objects if one == device or one.startswith(device + "/")]:
        interfaces = list(mockobject.objects[path].props)
        root.RemoveObject(path)
        root.EmitSignal(OBJECT_MANAGER_IFACE, "InterfacesRemoved", "oas", [dbus.ObjectPath(path), interfaces])


def ask_agent(method, device):
    """Asks the agent that was registered last, whosever it is; what it refuses gives None."""
    agents = mockobject.objects["/org/bluez"].agent_paths
    for owner in [one for one in bus.list_names() if one.startswith(":") and one != bus.get_unique_name()]:
        try:
            return int(bus.call_blocking(owner, agents[-1], "org.bluez.Agent1", method, "o", [dbus.ObjectPath(device)]))
        except dbus.exceptions.DBusException:
            pass
    return None


def behaviour_of(device, method):
    """What a method does this time instead of the right thing, if anything."""
    wanted = behaviours.get(device, {}).get(method)
    if isinstance(wanted, list):
        return wanted.pop(0) if wanted else None
    return wanted


def called(found, method, args):
    """A method of a device or characteristic was called."""
    path = str(found.path)
    device = "/".join(path.split("/")[:5])
    behaviour = behaviour_of(device, method)
    if behaviour == "hang":
        time.sleep(LONGER_THAN_ANY_PATIENCE)
    elif str(behaviour).startswith("passkey "):
        if ask_agent("RequestPasskey", path) != int(behaviour.split()[1]):
            raise dbus.exceptions.DBusException("Authentication Failed", name="org.bluez.Error.AuthenticationFailed")
    elif behaviour == "vanish":
        vanish(device)
        raise dbus.exceptions.DBusException("no such object", name="org.freedesktop.DBus.Error.UnknownObject")
    elif behaviour:  # an error's name, and after a colon what it says
        name, _, said = behaviour.partition(": ")
        raise dbus.exceptions.DBusException(said or "as the test wants it", name=name)
    if method == "Connect":
        change(path, DEVICE, {"Connected": dbus.Boolean(True)})
        if behaviour_of(device, "services") != "never":
            change(path, DEVICE, {"ServicesResolved": dbus.Boolean(True)})
    elif method == "Disconnect":
        change(path, DEVICE, {"Connected": dbus.Boolean(False), "ServicesResolved": dbus.Boolean(False)})
    elif method == "Pair":
        change(path, DEVICE, {"Paired": dbus.Boolean(True)})
    elif method == "ReadValue":
        return found.props[CHARACTERISTIC]["Value"]
    elif method == "WriteValue":
        GLib.idle_add(lambda: change(path, CHARACTERISTIC, {"Value": args[0]}))  # tells back what was written
    elif method == "StartNotify":
        for value in notifications.get(path, []):
            GLib.idle_add(lambda value=value: change(path, CHARACTERISTIC, {"Value": octets(value)}))
    return None


mockobject.called = called  # the code of mock methods sees that module's names


def methods(interface, *signatures):
    return [(name, inputs, outputs, f"{'ret = ' if outputs else ''}called(self, '{name}', args)")
            for name, inputs, outputs in signatures]


def add_device(scene):
    bluez = mockobject.objects["/org/bluez"]
    path = bluez.AddDevice("hci0", scene["address"], scene.get("name", ""))
    device = mockobject.objects[path]
    device.AddMethods(DEVICE, methods(DEVICE, ("Connect", "", ""), ("Disconnect", "", ""), ("Pair", "", "")))
    behaviours[path] = scene.get("behaviour", {})
    values = {"UUIDs": typed(scene.get("uuids", [])), "RSSI": typed(scene.get("rssi", -60), "n")}
    values.update({name: typed(value) for name, value in scene.get("odd", {}).items()})
    for number, one in enumerate(scene.get("characteristics", [])):
        service = f"{path}/service{number:04x}"
        characteristic = service + "/char0001"
        root.AddObject(service, SERVICE, {"UUID": one["service"], "Primary": True}, [])
        odd = "text" in one
        root.AddObject(
            characteristic,
            CHARACTERISTIC,
            {"UUID": one["uuid"], "Service": dbus.ObjectPath(service),
             "Value": dbus.String(one["text"]) if odd else octets(one.get("value", ""))},
            methods(CHARACTERISTIC, ("ReadValue", "a{sv}", "s" if odd else "ay"), ("WriteValue", "aya{sv}", ""),
                    ("StartNotify", "", "")),
        )
        notifications[characteristic] = one.get("notify", [])
        added(service)
        added(characteristic)
    if "battery" in scene:
        device.AddProperties("org.bluez.Battery1", {"Percentage": dbus.Byte(scene["battery"])})
        added(path)
    change(path, DEVICE, values)


def do(order):
    what = order["do"]
    if what == "adapter":
        path = mockobject.objects["/org/bluez"].AddAdapter(order.get("name", "hci0"), "mock")
        adapter = mockobject.objects[path]
        # How often something was registered is told as a property that BlueZ does not have.
        for manager, kind in (("GattManager1", "Application"), ("LEAdvertisingManager1", "Advertisement")):
            name = f"org.bluez.{manager}"
            count = f"dbus.UInt32(1 + self.props['{name}']['Registered'])"
            count = f"self.UpdateProperties('{name}', {{'Registered': {count}}})"
            adapter.AddMethods(name, [(f"Register{kind}", "oa{sv}", "", count), (f"Unregister{kind}", "o", "", "")])
            adapter.AddProperties(name, {"Registered": dbus.UInt32(0), "SupportedInstances": dbus.Byte(4)})
        change(path, "org.bluez.Adapter1", {"Powered": dbus.Boolean(order["powered"])})
        added(path)
    elif what == "devices":
        for scene in order["devices"]:
            add_device(scene)
    elif what == "set":
        change(order["path"], order["interface"], {order["name"]: typed(order["value"])})
    elif what == "send":
        for _ in range(order.get("times", 1)):
            change(order["path"], CHARACTERISTIC, {"Value": octets(order["value"])})
    elif what == "connect":
        called(mockobject.objects[order["path"]], "Connect", [])
    elif what == "drop":
        called(mockobject.objects[order["path"]], "Disconnect", [])
    elif what == "vanish":
        vanish(order["path"])


def on_input(channel, _condition):
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    try:
        do(json.loads(line))
        print("ok", flush=True)
    except Exception as error:  # the test shall see it
        print(f"{type(error).__name__}: {error}", flush=True)
    return True


loop = GLib.MainLoop()
GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_input)
print("ready", flush=True)
loop.run()
