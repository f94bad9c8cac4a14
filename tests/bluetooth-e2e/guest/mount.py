"""The mount calibration over the air, by a guide that waits for a foot which rises on its toes again and again."""

import json

from bench import PERIPHERAL, Failure, Program, main, say, until


def mount(_):
    sensor = Program("sensor", "sensor", "--scenario", "heel-raises", "--name", "Clip", "--json", adapter=PERIPHERAL)
    until("the sensor in the air", lambda: sensor.events("onAir"), 40)
    say("the sensor is in the air, on a foot that rises on its toes")
    guide = Program("calibrate", "calibrate", "mount", "--sensor", "Clip", "--json")
    code = guide.end(how=None, patience=80)
    if code != 0:
        raise Failure(f"calibrate mount ended with {code}: {guide.text()}")
    found = json.loads(guide.text())
    turned = found["changedDegrees"]
    if not 0 <= turned < 5:
        raise Failure(f"a chip that sits straight was found turned: {found}")
    say(f"calibrate mount: done over the air; "
        f"a chip that sits straight is found {turned} degrees from straight (synthetic)")
    sensor.end()


main(mount)
