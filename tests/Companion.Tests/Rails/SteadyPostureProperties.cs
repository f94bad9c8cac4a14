using Backstep.Gait;
using Backstep.Protocol.Tests.Support;
using Backstep.Walks.Rails;
using CsCheck;

namespace Backstep.Companion.Tests.Rails;

/// <summary>What holds of the word about the rails whatever the evidence is.</summary>
public sealed class SteadyPostureProperties
{
    private const int Walks = 500;

    // Spells of one probability each, with noise, and a doubter that comes and goes.
    private static readonly Gen<(double Held, int Quarters, double Noise, bool IsDoubted)[]> Evidence =
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 120], Gen.Double[0, 0.3], Gen.Bool).Array[1, 40];

    [Fact]
    public void While_the_evidence_does_not_turn_round_the_word_changes_once_a_minute_at_most() =>
        Sampling.ForAll(Evidence, Walks,
            spells =>
            {
                // Never so sure of anything that a hand must have moved.
                var changes = Changes(spells,
                    held => Math.Clamp(held, 1.001 - SteadyPosture.Surest, SteadyPosture.Surest - 0.001));
                Assert.All(changes.Skip(1).Zip(changes),
                    pair => Assert.InRange(pair.First.At - pair.Second.At, 60, double.MaxValue));
            });

    [Fact]
    public void No_evidence_makes_it_change_more_often_than_every_three_seconds_nor_than_it_turns_round() =>
        Sampling.ForAll(Evidence, Walks,
            spells =>
            {
                var changes = Changes(spells, held => held);
                Assert.All(changes.Skip(1).Zip(changes),
                    pair => Assert.InRange(pair.First.At - pair.Second.At, 3, double.MaxValue));
                foreach (var change in changes)
                {
                    var minute = changes.Where(one => one.At > change.At && one.At < change.At + 60).ToArray();
                    Assert.All(minute, one => Assert.True(one.To != Posture.Unknown && one.Certainty
                        >= SteadyPosture.Surest, $"{one} within a minute of {change}"));
                }
            });

    [Fact]
    public void A_hand_that_comes_or_goes_is_told_within_three_seconds_whatever_came_before() =>
        Sampling.ForAll(Gen.Select(Evidence, Gen.Bool, Gen.Int[12, 400]), Walks,
            (spells, isHeld, quarters) =>
            {
                var steady = new SteadyPosture();
                double seconds = 0;
                Play(steady, spells, held => held, ref seconds, (_, _, _) => { });
                var (before, after) = isHeld ? (0.98, Posture.Held) : (0.02, Posture.Free);
                for (int i = 0; i < quarters; i++, seconds += 0.25)
                {
                    steady.Add(1 - before, isDoubted: false, seconds); // sure of the contrary, and said so:
                }

                if (steady.Posture == Posture.Unknown || steady.Posture == after)
                {
                    return; // a word that stands for its minute: nothing was said that could be wrong now
                }

                for (int i = 0; i < 12; i++, seconds += 0.25)
                {
                    steady.Add(before, isDoubted: false, seconds);
                }

                Assert.Equal(after, steady.Posture);
            });

    [Fact]
    public void Nothing_is_said_that_is_not_at_least_ninety_per_cent_sure() =>
        Sampling.ForAll(Evidence, Walks,
            spells => Assert.All(Changes(spells, held => held).Where(change => change.To != Posture.Unknown),
                change => Assert.InRange(change.Certainty, 0.9, 1)));

    private static List<(double At, Posture From, Posture To, double Certainty)> Changes(
        (double Held, int Quarters, double Noise, bool IsDoubted)[] spells, Func<double, double> limit)
    {
        var changes = new List<(double At, Posture From, Posture To, double Certainty)>();
        var steady = new SteadyPosture();
        double seconds = 0;
        Play(steady, spells, limit, ref seconds, (at, from, held) =>
        {
            if (steady.Posture != from)
            {
                changes.Add((at, from, steady.Posture, steady.Posture == Posture.Held ? held : 1 - held));
            }
        });
        return changes;
    }

    private static void Play(SteadyPosture steady, (double Held, int Quarters, double Noise, bool IsDoubted)[] spells,
        Func<double, double> limit, ref double seconds, Action<double, Posture, double> looked)
    {
        var noise = new Random(spells.Length);
        foreach (var spell in spells)
        {
            for (int i = 0; i < spell.Quarters; i++, seconds += 0.25)
            {
                double held = limit(Math.Clamp(spell.Held + (spell.Noise * ((2 * noise.NextDouble()) - 1)), 0, 1));
                var from = steady.Posture;
                steady.Add(held, spell.IsDoubted, seconds);
                looked(seconds, from, held);
            }
        }
    }
}
