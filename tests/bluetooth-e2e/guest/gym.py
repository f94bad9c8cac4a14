"""From a shoe to a gym's board over the air: backstep sensor, backstep-gym gateway, broker, server; the link is cut
twice, and every stride is stored once and shown."""

import json
import os
import sqlite3
import time
import urllib.request

from bench import CENTRAL, DEVICE, PERIPHERAL, Failure, Program, main, say, until

GYM = os.environ["BACKSTEP_GYM"]
BOARD = "http://127.0.0.1:8080"
STRIDES = 40


def ask(path):
    try:
        with urllib.request.urlopen(BOARD + path, timeout=10) as answer:
            return json.load(answer)
    except (OSError, ValueError):
        return None


def stored():
    """Numbers of the strides in the server's store, each as often as it is there."""
    try:
        with sqlite3.connect("file:/run/server/gym.sqlite3?mode=ro", uri=True) as store:
            return [row[0] for row in store.execute("SELECT number FROM stride ORDER BY number")]
    except sqlite3.Error:
        return []


def give_a_belt():
    """What staff do on their page: a belt, and the one clip on it."""
    with sqlite3.connect("/run/server/gym.sqlite3", timeout=10) as store:
        store.execute("INSERT INTO belt (number, key) VALUES (1, 'abcdefgh23456789')")
        store.execute("UPDATE clip SET belt = 1")


def gym(bluetooth):
    with open("/run/password", "w", encoding="ascii") as file:
        file.write("seven clips on a shelf\n")
    made = Program("user", "user", "add", "room", "--role", "gateway", "--password-file", "/run/password",
                   "--data", "/run/server", program=GYM).end(None, 60)
    if made != 0:
        raise Failure(f"'user add' ended with {made}")
    server = Program("server", "serve", "--no-gateway", "--data", "/run/server", program=GYM)
    until("the board", lambda: ask("/api/v1/belts"), 90)
    say("the server and its broker are up")
    sensor = Program("sensor", "sensor", "--scenario", "backward", "--name", "Clip 1", "--json", adapter=PERIPHERAL)
    until("the sensor in the air", lambda: sensor.events("onAir"), 60)
    gateway = Program("gateway", "gateway", "--name", "room", "--data", "/run/gateway", "--adapter", CENTRAL,
                      "--broker", "mqtt://127.0.0.1:1883", "--broker-user", "room",
                      "--broker-password-file", "/run/password", program=GYM)
    until("a stride in the store", stored, 120)
    say("the first stride is stored")
    give_a_belt()

    def cut(name, action):
        have = len(stored())
        action()
        at = time.monotonic()
        until(f"strides after: {name}", lambda: len(stored()) >= have + 4, 60)
        say(f"{name}: four more strides are stored {time.monotonic() - at:.1f} s after it")

    def adapter_off():
        bluetooth.power(PERIPHERAL, False)
        time.sleep(1)
        bluetooth.power(PERIPHERAL, True)

    cut("disconnected through bluetoothd",
        lambda: bluetooth.interface(bluetooth.device(), DEVICE).Disconnect(timeout=20))
    cut("the clip off the air: its adapter switched off and on", adapter_off)
    until(f"{STRIDES} strides", lambda: len(stored()) >= STRIDES, 90)
    board = until("the board to show the walk",
                  lambda: next((one for one in (ask("/api/v1/belts") or {}).get("belts", [])
                                if one.get("state") == "active"), None), 20)
    say(f"the board says: {json.dumps(board)[:300]}")
    codes = gateway.end(), server.end(), sensor.end()
    if any(code not in (0, 143) for code in codes):
        raise Failure(f"gateway, server and sensor ended with {codes}")
    numbers = stored()
    if numbers != list(range(1, len(numbers) + 1)):
        raise Failure(f"strides are missing or were stored twice: {numbers}")
    say(f"{len(numbers)} strides, each stored once, through two cuts")


main(gym)
