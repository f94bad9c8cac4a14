"""A gateway of one clip for the gym's board, fed with what 'backstep live --json' prints.

    backstep live --sensor NAME --json | python3 gym-gateway.py 127.0.0.1:1883 gym bridge my-clip [--simulated]

Broker, gym, name of this gateway (and its user at the broker: password in BACKSTEP_BROKER_PASSWORD), name of the clip.
Needs paho-mqtt (Debian: python3-paho-mqtt). What travels: companion-app/Gym/Messages/README.md.
"""
import datetime
import json
import os
import secrets
import sys
import threading

import paho.mqtt.client as mqtt

(broker, gym, gateway, clip), simulated = sys.argv[1:5], "--simulated" in sys.argv
outbox, waiting, lock = secrets.token_hex(8), {}, threading.RLock()  # on disk in a real gateway
STRIDE = """contactMilliseconds direction landing rails confidencePercent footStrikeDegrees tiltDegrees
    strideMilliseconds swingMilliseconds impactG decisionMilliseconds""".split()
LIVE = """signalDbm batteryPercent firmware placement flash session state elapsedSeconds activeSeconds backwardStrides
    forwardStrides unknownStrides toeFirstPercent railsHeldPercent cadenceStepsPerMinute meanCadenceStepsPerMinute
    distanceMeters inclinePercent isRhythmSettled lacksStrides rails""".split()


def time_ago(milliseconds=0):
    then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(milliseconds=milliseconds)
    return then.isoformat(timespec="milliseconds")


def send(topic, message, qos=0, retain=False):
    client.publish(f"backstep/v1/{gym}/{topic}", json.dumps(message), qos, retain)


def status(state, at):
    unknown = dict.fromkeys(("software", "adapters", "clipsFollowed", "clipsWaiting", "batchesWaiting",
                             "batchesRefused", "trouble"))
    return {**unknown, "gateway": gateway, "state": state, "at": at}


def on_connect(*_):
    client.subscribe(f"backstep/v1/{gym}/{gateway}/stored", 1)
    send(f"{gateway}/status", status("online", time_ago()), 1, retain=True)
    with lock:  # what nobody has confirmed is sent again, in the same bytes
        [send(f"clips/{clip}/strides", batch, 1) for batch in waiting.values()]


def on_stored(_client, _data, message):
    told = json.loads(message.payload)
    with lock:
        for number in told["batches"] + [one["batch"] for one in told["refused"]]:
            waiting.pop(number if told["outbox"] == outbox else None, None)
    [print("refused:", one["reason"], file=sys.stderr) for one in told["refused"]]


def on_stride(line, number):
    length = line["lengthMeters"]
    stride = {**{key: line[key] for key in STRIDE}, "number": line["sequence"],
              "at": time_ago(line["decisionMilliseconds"]),
              "lengthMillimeters": None if length is None else round(length * 1000)}
    with lock:
        waiting[number] = {"gateway": gateway, "outbox": outbox, "batch": number, "clip": clip, "simulated": simulated,
                           "flash": "00000000", "run": line["run"] or 65536, "session": None, "strides": [stride]}
        send(f"clips/{clip}/strides", waiting[number], 1)


client = mqtt.Client(client_id=gateway, protocol=mqtt.MQTTv5)
client.username_pw_set(gateway, os.environ.get("BACKSTEP_BROKER_PASSWORD", ""))
client.will_set(f"backstep/v1/{gym}/{gateway}/status", json.dumps(status("offline", None)), 1, retain=True)
client.on_connect, client.on_message = on_connect, on_stored
client.connect(broker.split(":")[0], int(broker.split(":")[1]))
client.loop_start()
for number, text in enumerate(sys.stdin, start=1):
    event = json.loads(text)
    if event["event"] == "stride":
        on_stride(event, number)
    elif event["event"] == "session":
        send(f"clips/{clip}/live", {**{key: event.get(key) for key in LIVE}, "gateway": gateway, "clip": clip,
                                    "name": clip, "at": time_ago(), "link": "up", "simulated": simulated})
