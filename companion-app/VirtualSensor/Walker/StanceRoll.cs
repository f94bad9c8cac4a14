namespace Backstep.VirtualSensor.Walker;

/// <summary>
/// What a foot does while it is called flat. It came down rolling over what it landed on; it goes on rolling until it
/// lies, or straight on to what it leaves from; and before it lifts it rolls again. Where the rates of both ends agree
/// in sign and the stance is short, it never rests in between.
/// </summary>
internal static class StanceRoll
{
    // Assumed, but where a recording is named. Over how long a roll begins or ends, s.
    private const double RampSeconds = 0.06;

    // A roll shorter than this is none, s.
    private const double ShortestSeconds = 0.05;

    // How far it rolls at each end. In the recordings 4 to 5 degrees in all, with feet that roll slowly.
    private const double MostDegrees = 4.5;

    // Each end has at most this share of the stance between loading and lift.
    private const double MostShare = 0.45;

    // A foot that came down restless rests after this, s.
    private const double SettleSeconds = 0.15;

    /// <summary>How long the roll off the landing is even, s; 0 for none.</summary>
    /// <param name="dps">Its rate.</param>
    /// <param name="flatSeconds">Between loading and lift.</param>
    /// <param name="strikeDegrees">At contact: half of it at most is left over to roll.</param>
    public static double LandingSeconds(double dps, double flatSeconds, double strikeDegrees)
    {
        var degrees = Math.Min(MostDegrees, 0.5 * Math.Abs(strikeDegrees));
        return dps > 0 ? Even(Math.Min((degrees / dps) - (RampSeconds / 2), (MostShare * flatSeconds) - RampSeconds))
            : 0;
    }

    /// <summary>How far from flat a foot is that still rolls evenly for so long, degrees.</summary>
    public static double DegreesLeft(double dps, double evenSeconds) =>
        evenSeconds > 0 ? dps * (evenSeconds + (RampSeconds / 2)) : 0;

    /// <summary>Lets a foot that came down restless or rolling come to rest before it moves again at a given
    /// time.</summary>
    public static void Settle(Body body, double next)
    {
        if (body.Roll.EndValue != 0)
        {
            body.Roll.To(body.Roll.EndTime + Math.Min(SettleSeconds, 0.5 * (next - body.Roll.EndTime)), 0);
        }

        var (flat, left, rate) = (body.Pitch.EndTime, body.Pitch.EndValue, body.Pitch.EndRate);
        if (left == 0 || rate == 0)
        {
            return;
        }

        var even = (Math.Abs(left) / Math.Abs(rate)) - (RampSeconds / 2);
        var room = 0.9 * (next - flat);
        if (even > 0 && even + RampSeconds < room)
        {
            body.Pitch.To(flat + even, -rate * RampSeconds / 2, rate);
            body.Pitch.To(flat + even + RampSeconds, 0);
        }
        else
        {
            body.Pitch.To(flat + Math.Min(room, SettleSeconds), 0);
        }
    }

    /// <summary>From where the last step ended to the lift of the next one: rests, or rolls, and turns about what it
    /// leaves from at the end.</summary>
    public static void Write(Body body, FootStep step, double start)
    {
        var sign = step.Pitch.Count > 0 ? Math.Sign(step.Pitch[0].Degrees) : 0;
        var rate = sign * step.LiftingRollDps;
        if (rate != 0 && body.Pitch.EndRate * rate > 0
            && (start - body.Pitch.EndTime) * step.LiftingRollDps <= 2 * (MostDegrees + 0.5))
        {
            Through(body, step.LiftPivot, rate, start);
            return;
        }

        Settle(body, start);
        var rested = Math.Max(body.Roll.EndTime, body.Pitch.EndTime);
        var even = rate == 0 ? 0 : Even(Math.Min(MostDegrees / step.LiftingRollDps, start - rested - RampSeconds));
        if (even == 0)
        {
            var early = step.UnrestDegrees == 0 ? start : Math.Max(rested, start - 0.25);
            body.Pitch.Hold(early);
            body.Support(early, step.LiftPivot);
            body.Pitch.To(start, sign * step.UnrestDegrees);
            return;
        }

        var begin = start - even - RampSeconds;
        body.Pitch.Hold(begin);
        body.Support(begin, step.LiftPivot);
        body.Pitch.To(begin + RampSeconds, rate * RampSeconds / 2, rate);
        body.Pitch.To(start, rate * (even + (RampSeconds / 2)), rate);
    }

    private static void Through(Body body, Vector3D pivot, double rate, double start)
    {
        var (flat, left, landing) = (body.Pitch.EndTime, body.Pitch.EndValue, body.Pitch.EndRate);
        if (body.Roll.EndValue != 0)
        {
            body.Roll.To(Math.Min(start, body.Roll.EndTime + SettleSeconds), 0);
        }

        body.Pitch.To(start, left + ((landing + rate) / 2 * (start - flat)), rate);
        body.RollOnto(flat, pivot, Math.Min(start, flat + (2 * left / -landing)));
    }

    private static double Even(double seconds) => seconds >= ShortestSeconds ? seconds : 0;
}
