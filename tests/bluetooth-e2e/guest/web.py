"""The page in a browser's own Web Bluetooth: Chromium follows backstep sensor, the link is cut twice, and every stride
is in the session that the page keeps, once."""

import functools
import http.server
import json
import os
import signal
import threading

from bench import DEVICE, SHARE, Failure, Program, main, say, until

# Chromium takes the first adapter that bluetoothd names: the sensor has the other one.
BROWSER, SENSOR = "hci0", "hci1"
PASSKEY = "271828"
PORT = 8080
PATIENCE = 240  # s: a browser starts slowly in an emulated machine
PRESSES = 3  # and the first of its links may take longer than the page waits: who walks presses once more
BACK = 60  # s
TRIES = 4
DRIVER = f"{os.path.dirname(os.path.abspath(__file__))}/web.mjs"


def serve(folder):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()


def pair():
    """A page cannot: it is done before, as a desktop's settings would do it."""
    program = Program("pair", "configure", "--sensor", "Shoe", "--passkey", PASSKEY, "--json", adapter=BROWSER)
    if program.end(None, 90) != 0:
        raise Failure(f"the computer and the sensor do not pair: {program.text()}")
    say("the computer is paired with the sensor")


def web(bluetooth):
    serve(os.environ["BACKSTEP_WEB"])
    sensor = Program("sensor", "sensor", "--scenario", "backward", "--name", "Shoe", "--passkey", PASSKEY, "--json",
                     adapter=SENSOR)
    until("the sensor in the air", lambda: sensor.events("onAir"), 60)
    say("the sensor is in the air")
    pair()
    page = Program("page", f"http://127.0.0.1:{PORT}/#walk", "Shoe", f"{SHARE}/session.json", program=DRIVER,
                   runner="node", adapter=BROWSER)

    def looks(**fields):
        return [event for _, event in page.events("look", **fields)]

    def last(name):
        return looks()[-1][name] if looks() else None

    def there(what, condition, patience=PATIENCE):
        until(what, lambda: condition() or page.process.poll() is not None, patience)
        if page.process.poll() is not None:
            raise Failure(f"the page's driver ended: {page.text()[-1500:]}")

    def comes(strides):
        try:
            there("strides", lambda: last("strides") >= strides and last("link") == "connected", BACK)
            return True
        except Failure:
            return False

    def cut():
        bluetooth.interface(bluetooth.device(BROWSER), DEVICE).Disconnect(timeout=20)

    there("the page", lambda: page.events("ready"))
    say(f"Chromium has the page: {page.events('ready')[0][1]}")
    for press in range(PRESSES):
        page.process.send_signal(signal.SIGUSR2)  # connect
        there("the chooser", lambda: len(page.events("chosen")) > press)
        say("Chromium's chooser shows the sensor, and it is chosen")
        count = len(looks())
        there("the link", lambda: len(looks()) > count and (last("link") == "connected" or last("wrong")))
        if last("link") == "connected":
            break
        say(f"the page says: {last('wrong')}")
        cut()  # bluetoothd may have the link, and then the sensor cannot be seen
    there("ten strides", lambda: last("strides") >= 10)
    say(f"the page follows the sensor: {looks()[-1]}")
    for name in ("first", "second"):
        for _ in range(TRIES):
            have, lost = last("strides"), len(looks(link="reconnecting"))
            cut()
            there(f"the page to tell the {name} loss", lambda: len(looks(link="reconnecting")) > lost, 60)
            if comes(have + 5):
                break
            say("bluetoothd has the link again and has not told Chromium of it (README): cut once more")
        else:
            raise Failure(f"not back after the {name} cut: {looks()[-1]}")
        say(f"the {name} cut is over: {looks()[-1]}")
    page.process.send_signal(signal.SIGUSR2)  # the walker ends the walk
    there("the session as a file", lambda: page.events("saved"))
    if page.end(None, 60) != 0:
        raise Failure(f"the page's driver: {page.text()[-1500:]}")
    sensor.end()
    with open(f"{SHARE}/session.json", encoding="utf-8") as file:
        check(json.load(file), looks()[-1])


def check(session, shown):
    came = [stride["sequence"] for stride in session["strides"]]
    if came != list(range(1, len(came) + 1)) or len(came) < shown["strides"]:
        raise Failure(f"strides came twice, or are missing: {came}; the page showed {shown}")
    say(f"{len(came)} strides in the page's session, each once, through two cuts")


main(web)
