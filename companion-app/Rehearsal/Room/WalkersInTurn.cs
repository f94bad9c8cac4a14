using Backstep.VirtualSensor.Walker;

namespace Backstep.Rehearsal.Room;

/// <summary>One walker after another on one belt, with a rest between, without end.</summary>
/// <param name="seed">Every random number follows from it.</param>
/// <param name="scenarios">Names of scenarios, in the order in which they come; from the first again after the
/// last.</param>
/// <param name="firstRestSeconds">Before the first walker.</param>
/// <param name="restSeconds">After each.</param>
public sealed class WalkersInTurn(int seed, IReadOnlyList<string> scenarios, double firstRestSeconds,
    double restSeconds) : IMotionSource
{
    private readonly List<(double Start, Walker Walker)> _past = [];
    private Walker _now = Make(seed, scenarios, 0);
    private double _start = firstRestSeconds;
    private int _turn;

    /// <summary>Contacts of all walkers until now, in s since the start, in order.</summary>
    public IEnumerable<double> ContactSeconds => _past.Append((Start: _start, Walker: _now))
        .SelectMany(one => one.Walker.Strides.Select(stride => one.Start + stride.ContactSeconds));

    /// <summary>The scenario that is walked, or comes next.</summary>
    public string Scenario => scenarios[_turn % scenarios.Count];

    /// <inheritdoc/>
    public Motion At(double seconds)
    {
        if (seconds > _start + _now.Seconds + restSeconds)
        {
            _past.Add((_start, _now));
            _start += _now.Seconds + restSeconds;
            _turn++;
            _now = Make(seed, scenarios, _turn);
        }

        return _now.At(Math.Max(0, seconds - _start));
    }

    // Far apart, so that no two belts have one walker.
    private static Walker Make(int seed, IReadOnlyList<string> scenarios, int turn) =>
        Scenarios.TryGet(scenarios[turn % scenarios.Count], (seed * 1000) + turn, out var walker) ? walker
        : throw new Walks.BadRequestException($"there is no scenario '{scenarios[turn % scenarios.Count]}'.");
}
