"""Two links at once: a shoe and a wrist of one simulated walker, who lets go of the rail; the companion follows both and says so."""

from bench import Failure, Program, main, say, until

SHOE, WRIST, CENTRAL = "hci0", "hci1", "hci2"
MOST_SECONDS = 3  # from the moment at which the hand begins to leave the rail


def rails(_):
    walk = ["--scenario", "letting-go", "--json"]
    shoe = Program("shoe", "sensor", *walk, "--name", "Shoe", adapter=SHOE)
    wrist = Program("wrist", "sensor", *walk, "--wrist", "--name", "Wrist", adapter=WRIST)
    until("both sensors in the air", lambda: shoe.events("onAir") and wrist.events("onAir"), 50)
    say("a shoe and a wrist are in the air")
    live = Program("live", "live", "--sensor", "Shoe", "--sensor", "Wrist", "--no-keep", "--json", adapter=CENTRAL)
    until("both links", lambda: all(live.events("link", sensor=name, state="connected") for name in ("Shoe", "Wrist")), 40)
    say("live follows both")
    left = until("the hand off the rail", lambda: wrist.events("hand", rails="free"), 60)[-1][0]
    before = [event for at, event in live.events("rails", rails="free") if at < left]
    if before:
        raise Failure(f"free was said before the hand let go: {before}")
    said = until("free, by shoe and wrist", lambda: live.events("rails", rails="free", by="shoe-and-wrist"), 10)[0][0]
    took = said - left
    if took > MOST_SECONDS:
        raise Failure(f"that the hand had left the rail was said {took:.1f} s later")
    say(f"the hand left the rail, and {took:.1f} s later shoe and wrist together said so (synthetic)")
    for program in (live, shoe, wrist):
        program.end()


main(rails, controllers=3)
