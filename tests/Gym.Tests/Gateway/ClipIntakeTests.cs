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
                intake.Apply(new StrideReceived(StrideOf(number, number * 1500), IsReplayed: false) { Run = 2,
                    Flash = 7 });
            }
        }
    }

    [Fact]
    public void A_stride_that_comes_before_its_run_is_told_waits_for_it()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var intake = new ClipIntake("clip", true, had: null, handed: [], () => Outbox.FirstOwnRun, time);
        Live(intake, 9, 1, 2, 3); // 9 is of a start before the one that it will tell of
        time.Advance(TimeSpan.FromSeconds(45));
        Assert.Empty(Batches(intake));
        intake.Apply(new ControlReplied(ControlReply.Replay(true, new LogRange(7, 2, 1, 3))));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([("00000000", Outbox.FirstOwnRun, "9"), ("00000007", 2, "1 2 3")], Batches(intake));
    }

    [Fact]
    public void A_clip_that_does_not_tell_its_run_keeps_nobody_waiting_for_ever()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var intake = new ClipIntake("clip", true, had: null, handed: [], () => Outbox.FirstOwnRun, time);
        Live(intake, 1, 2);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Empty(Batches(intake)); // placed now, and its session is not told yet
        intake.Apply(new StrideReceived(StrideOf(3, contactMilliseconds: 65_000), IsReplayed: false));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal([("00000000", Outbox.FirstOwnRun, "1 2 3")], Batches(intake));
    }

    [Fact]
    public void A_clip_that_refuses_to_tell_its_run_is_not_waited_for()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
        var intake = new ClipIntake("clip", true, had: null, handed: [], () => Outbox.FirstOwnRun, time);
        Live(intake, 1);
        intake.Apply(new CommandRefused(ControlOperation.ReplayLog, "not in time"));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(Batches(intake));
        intake.Apply(new CommandRefused(ControlOperation.ReplayLog, "not paired") { AttError = 0x05 });
        intake.Apply(new StrideReceived(StrideOf(2, contactMilliseconds: 21_000), IsReplayed: false));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal([("00000000", Outbox.FirstOwnRun, "1 2")], Batches(intake));
    }

    private static void Live(ClipIntake intake, params uint[] numbers)
    {
        foreach (uint number in numbers)
        {
            intake.Apply(new StrideReceived(StrideOf(number, number * 1500), IsReplayed: false));
        }
    }

    private static Stride StrideOf(uint number, uint contactMilliseconds) => new(number, contactMilliseconds,
        Direction.Backward, Landing.Toe, Posture.Held, 90, -24, 3, 1500, 600, 1000, 15, 300);

    private static (string Flash, int Run, string Numbers)[] Batches(ClipIntake intake) =>
        [.. intake.Take().Select(entry => entry.Strides).OfType<Backstep.Gym.Messages.StrideBatch>()
            .GroupBy(batch => (batch.Flash, batch.Run)).Select(run => (run.Key.Flash, run.Key.Run,
                string.Join(' ', run.SelectMany(batch => batch.Strides).Select(line => line.Number))))];
}
