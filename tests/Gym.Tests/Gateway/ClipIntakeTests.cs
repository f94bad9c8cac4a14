using Backstep.Gait;
using Backstep.Gym.Gateway;
using Backstep.Protocol;
using Backstep.Walks.Events;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>What is noted as had is what is handed over, and nothing that still waits.</summary>
public sealed class ClipIntakeTests
{
    [Fact]
    public void A_mark_never_runs_ahead_of_what_is_handed_over()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var intake = new ClipIntake("clip", true, had: null, handed: [], () => Outbox.FirstOwnRun, time);
        intake.Apply(new ControlReplied(ControlReply.Replay(true, new LogRange(7, 2, 0, 0)))); // nothing was walked yet
        Tell(1, 2, 3); // nobody says of which session: they wait
        Assert.Empty(intake.Take().SelectMany(entry => entry.Strides?.Strides ?? []));

        time.Advance(TimeSpan.FromSeconds(8));
        Tell(4, 5); // and these, eight seconds less
        time.Advance(TimeSpan.FromSeconds(2));
        var entries = intake.Take();
        Assert.Equal([1u, 2u, 3u], entries.SelectMany(entry => entry.Strides?.Strides ?? []).Select(one => one.Number));
        // Killed now, and begun anew from what is written, the gateway must ask for 4 again.
        Assert.Equal(4u, entries.Last(entry => entry.Had != null).Had!.Next);

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(6u, intake.Take().Last(entry => entry.Had != null).Had!.Next);

        void Tell(params uint[] numbers)
        {
            foreach (uint number in numbers)
            {
                intake.Apply(new StrideReceived(new Stride(number, number * 1500, Direction.Backward, Landing.Toe,
                    Posture.Held, 90, -24, 3, 1500, 600, 1000, 15, 300), IsReplayed: false) { Run = 2, Flash = 7 });
            }
        }
    }
}
