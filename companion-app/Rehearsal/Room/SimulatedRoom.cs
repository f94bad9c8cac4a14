using Backstep.Link;

namespace Backstep.Rehearsal.Room;

/// <summary>A room of belts with simulated walkers, a clip on each, in real time.</summary>
public sealed class SimulatedRoom : IDisposable
{
    /// <summary>Who comes to a gym: mostly people who walk as they should, and some of each that a board is
    /// for.</summary>
    public static readonly IReadOnlyList<string> Everybody =
        ["backward", "learning", "rails", "backward", "heel-first", "tired", "too-fast", "controls"];

    // Ours: a stride is told within it, and two hundred clips cost little more than their walking.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    // The first walkers do not step off all at once.
    private const double FirstRestSeconds = 7;
    private const int RestsOfOnes = 5;

    private readonly TimeProvider _time;

    /// <summary>Switches all clips on; time passes in <see cref="RunAsync"/>.</summary>
    /// <param name="clips">How many.</param>
    /// <param name="seed">Every random number follows from it.</param>
    /// <param name="time">Real time.</param>
    /// <param name="scenarios">Who walks; null for <see cref="Everybody"/>, each belt beginning with another.</param>
    /// <param name="restSeconds">After a walk; null for <see cref="UsualRestSeconds"/>.</param>
    public SimulatedRoom(int clips, int seed, TimeProvider time, IReadOnlyList<string>? scenarios = null,
        double? restSeconds = null)
    {
        _time = time;
        var walk = scenarios ?? Everybody;
        Clips = [.. Enumerable.Range(1, clips).Select(number => new SimulatedClip(number,
            new WalkersInTurn((seed * clips) + number,
                [.. walk.Skip((number - 1) % walk.Count), .. walk.Take((number - 1) % walk.Count)],
                number % RestsOfOnes * FirstRestSeconds, restSeconds ?? UsualRestSeconds), time))];
    }

    /// <summary>After a walk: longer than a session waits for its walker, and some time to change.</summary>
    public static double UsualRestSeconds => (Sensor.Session.SessionTracker.EndMilliseconds / 1000.0) + 30;

    /// <summary>The address of the clip of a number; no real one looks like that.</summary>
    public static string AddressOf(int number) => FormattableString.Invariant($"sim-{number:000}");

    /// <summary>All of them.</summary>
    public IReadOnlyList<SimulatedClip> Clips { get; }

    /// <summary>Lets time pass until cancelled.</summary>
    /// <exception cref="SensorException">The program of a clip has stopped.</exception>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        int parts = Math.Min(Environment.ProcessorCount, Clips.Count);
        return Task.WhenAll(Enumerable.Range(0, parts).Select(part => Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(Slice, _time);
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                for (int i = part; i < Clips.Count; i += parts)
                {
                    Clips[i].Pass();
                }
            }
        }, cancellationToken)));
    }

    /// <summary>The air of the room: everybody in it hears every clip.</summary>
    public IBluetooth Air() => new RoomBluetooth(this, _time);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var clip in Clips)
        {
            clip.Dispose();
        }
    }
}
