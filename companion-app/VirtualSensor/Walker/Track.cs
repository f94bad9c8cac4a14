using System.Globalization;
namespace Backstep.VirtualSensor.Walker;

/// <summary>A quantity with its first and second derivative by time.</summary>
internal readonly record struct Moment(double Value, double Rate, double Acceleration);

/// <summary>
/// One coordinate over the whole scenario: knots with value, rate and acceleration, joined by quintic Hermite
/// polynomials. So value, rate and acceleration are continuous (C2) and known in closed form at every instant: nothing
/// is ever differenced. Two knots at one time are a jump.
/// </summary>
internal sealed class Track
{
    private readonly List<Piece> pieces = [];
    private double endTime;
    private Moment end;
    private int cursor;

    /// <summary>Starts at rest.</summary>
    public Track(double value) => end = new Moment(value, 0, 0);

    /// <summary>The last knot's value.</summary>
    public double EndValue => end.Value;

    /// <summary>The last knot's rate.</summary>
    public double EndRate => end.Rate;

    /// <summary>The last knot's time, s.</summary>
    public double EndTime => endTime;

    /// <summary>Adds a knot at or after the last one, in s and units, units/s, units/s².</summary>
    public void To(double time, double value, double rate = 0, double acceleration = 0)
    {
        if (time < endTime - 1e-9)
        {
            throw new ArgumentOutOfRangeException(nameof(time), time,
                string.Create(CultureInfo.InvariantCulture, $"Knots come in order; the last one is at {endTime}."));
        }

        var next = new Moment(value, rate, acceleration);
        if (time > endTime)
        {
            pieces.Add(new Piece(endTime, time - endTime, end, next));
            endTime = time;
        }

        end = next;
    }

    /// <summary>Stays as it is, at rest, until then.</summary>
    public void Hold(double time) => To(time, end.Value);

    /// <summary>Everything about an instant; after the last knot it rests there.</summary>
    public Moment At(double time)
    {
        if (time >= endTime || pieces.Count == 0)
        {
            return time > endTime ? new Moment(end.Value, 0, 0) : end;
        }

        if (cursor >= pieces.Count || pieces[cursor].Start > time)
        {
            cursor = Find(time);
        }

        while (cursor + 1 < pieces.Count && pieces[cursor + 1].Start <= time)
        {
            cursor++;
        }

        return pieces[cursor].At(time);
    }

    private int Find(double time)
    {
        int low = 0, high = pieces.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (pieces[middle].Start <= time)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    private readonly struct Piece
    {
        private readonly double length, c0, c1, c2, c3, c4, c5;

        public Piece(double start, double length, Moment from, Moment to)
        {
            Start = start;
            this.length = length;
            var step = to.Value - from.Value;
            double v0 = from.Rate * length, v1 = to.Rate * length;
            double a0 = from.Acceleration * length * length, a1 = to.Acceleration * length * length;
            c0 = from.Value;
            c1 = v0;
            c2 = a0 / 2;
            c3 = (10 * step) - (6 * v0) - (4 * v1) - (1.5 * a0) + (0.5 * a1);
            c4 = (-15 * step) + (8 * v0) + (7 * v1) + (1.5 * a0) - a1;
            c5 = (6 * step) - (3 * v0) - (3 * v1) - (0.5 * a0) + (0.5 * a1);
        }

        public double Start { get; }

        public Moment At(double time)
        {
            var s = (time - Start) / length;
            return new Moment(
                c0 + (s * (c1 + (s * (c2 + (s * (c3 + (s * (c4 + (s * c5))))))))),
                (c1 + (s * ((2 * c2) + (s * ((3 * c3) + (s * ((4 * c4) + (s * 5 * c5)))))))) / length,
                ((2 * c2) + (s * ((6 * c3) + (s * ((12 * c4) + (s * 20 * c5)))))) / (length * length));
        }
    }
}
