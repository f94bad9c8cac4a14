using System.Text.RegularExpressions;
using Backstep.Gait;
using Backstep.Gym.Pages;
using Backstep.Gym.Tests.Support;
using Backstep.Walks.Coaching;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Microsoft.Extensions.Time.Testing;

namespace Backstep.Gym.Tests.Pages;

/// <summary>Every text in every language; every sentence that the coach can say, too.</summary>
public sealed class TextTests
{
    private static readonly Lazy<Cue[]> Said =
        new(() => [.. Sentences().DistinctBy(cue => (cue.Text, cue.Headline))]);

    [Fact]
    public void Every_text_is_there_in_every_language_with_the_same_places()
    {
        var first = Texts.Languages[0].Items.ToDictionary(StringComparer.Ordinal);
        Assert.True(first.Count > 100);
        foreach (var texts in Texts.Languages)
        {
            Assert.Equal(first.Keys.Order(StringComparer.Ordinal),
                texts.Items.Select(one => one.Key).Order(StringComparer.Ordinal));
            Assert.All(texts.Items, one => Assert.False(string.IsNullOrWhiteSpace(one.Value), one.Key));
            Assert.All(texts.Items, one => Assert.Equal(Places(first[one.Key]), Places(one.Value)));
        }
    }

    [Theory]
    [InlineData(null, null, "de-AT,de;q=0.9,en;q=0.5", "de")]
    [InlineData(null, null, "fr,en;q=0.5,de;q=0.7", "de")]
    [InlineData(null, null, "fr", "en")]
    [InlineData(null, null, null, "en")]
    [InlineData(null, "en", "de", "en")]
    [InlineData("de", "en", "en", "de")]
    [InlineData(null, "<script>", ";;;q=,,", "en")]
    public void The_language_is_the_one_that_is_set_then_asked_for_then_the_browsers(string? set, string? asked,
        string? accept, string language) => Assert.Equal(language, Texts.For(set, asked, accept).Language);

    [Fact]
    public void Every_sentence_of_the_coach_has_a_form_in_every_language()
    {
        var said = Said.Value;
        var kinds = said.Select(cue => cue.Kind).Distinct().Order().ToArray();
        Assert.Equal(Enum.GetValues<CueKind>(), kinds);
        Assert.True(said.Length > 45, $"only {said.Length} sentences were said");
        foreach (var texts in Texts.Languages)
        {
            Assert.Empty(said.Where(cue => texts.Cues.Sentence(cue.Text) == null).Select(cue => cue.Text));
            Assert.Empty(said.Where(cue => texts.Cues.Headline(cue.Headline) == null).Select(cue => cue.Headline));
            Assert.DoesNotContain(said, cue => texts.Cues.Of(cue).Text.Contains('{', StringComparison.Ordinal));
        }

        var german = Texts.Languages[1].Cues;
        Assert.All(said, cue => Assert.NotEqual(cue.Text, german.Of(cue).Text));
        Assert.All(said, cue => Assert.Equal(Figures(cue.Text), Figures(german.Of(cue).Text.Replace(',', '.'))));
    }

    [Fact]
    public void No_key_of_the_companions_is_named_on_a_wall() => Assert.All(Said.Value, cue =>
        Assert.DoesNotMatch("Press [a-z] ", Texts.Languages[0].Cues.Of(cue).Text));

    [Fact]
    public void Numbers_are_written_as_people_there_do()
    {
        Assert.Equal("3.2 km/h", Texts.Languages[0].Speed(0.9, Units.Metric));
        Assert.Equal("3,2 km/h", Texts.Languages[1].Speed(0.9, Units.Metric));
        Assert.Equal("2,0 mph", Texts.Languages[1].Speed(0.9, Units.Us));
    }

    /// <summary>What coach, clock, intervals and incline say over many moments.</summary>
    private static IEnumerable<Cue> Sentences()
    {
        (Landing, Direction, int, int)[] walks =
        [
            (Landing.Toe, Direction.Backward, 600, 0), (Landing.Heel, Direction.Backward, 600, 0),
            (Landing.Toe, Direction.Forward, 600, 0), (Landing.Toe, Direction.Backward, 1600, 0),
            (Landing.Toe, Direction.Backward, 600, 40), (Landing.Toe, Direction.Backward, 600, -40),
            (Landing.Toe, Direction.Backward, 600, 400),
        ];
        foreach (var units in new[] { Units.Metric, Units.Us })
        {
            foreach (var (landing, direction, millimeters, tilt) in walks)
            {
                var time = new FakeTimeProvider();
                var foot = new CoachedFoot(units, Coach.BeltLimitMetersPerSecond, time);
                foreach (var moment in Moments())
                {
                    yield return foot.Coach.Judge(moment); // nobody walks
                }

                for (uint i = 1; i <= 40; i++)
                {
                    time.Advance(TimeSpan.FromSeconds(1.2));
                    foot.Add(Stride(i, landing, direction, millimeters, tilt), isLate: false, isPaused: false);
                    foreach (var moment in i < 38 ? [] : Moments())
                    {
                        yield return foot.Coach.Judge(moment);
                    }
                }
            }
        }
    }

    private static Stride Stride(uint i, Landing landing, Direction direction, int millimeters, int tilt)
    {
        var usual = RoomMaker.Stride(i, landing, direction, millimeters);
        bool isUneven = tilt == 400;
        return new Stride(
            sequence: i,
            contactMilliseconds: usual.ContactMilliseconds,
            direction: direction,
            landing: landing,
            posture: Posture.Held,
            confidencePercent: 90,
            footStrikeHalfDegrees: usual.FootStrikeHalfDegrees,
            tiltHalfDegrees: isUneven ? 0 : tilt,
            strideMilliseconds: isUneven && i % 2 == 0 ? 1600 : 1250,
            swingMilliseconds: 450,
            lengthMillimeters: millimeters,
            impactTenthsG: 14,
            decisionMilliseconds: 300);
    }

    private static IEnumerable<WalkMoment> Moments()
    {
        int[] walked = [60, 180, 250, 400, 901, 1000];
        foreach (var mode in Enum.GetValues<WalkMode>())
        {
            foreach (int seconds in walked)
            {
                var usual = new WalkMoment { Mode = mode, Walked = TimeSpan.FromSeconds(seconds) };
                yield return usual;
                yield return usual with { Target = TimeSpan.FromMinutes(3) };
                yield return usual with { Target = TimeSpan.FromMinutes(30) };
                yield return usual with { IsPaused = true };
                yield return usual with { Rails = Posture.Free };
                yield return usual with { Rails = Posture.Held, IsRhythmSettled = true };
                yield return usual with { Rails = Posture.Free, IsRhythmSettled = true };
                yield return usual with { LacksStrides = true };
                yield return usual with { IsQuiet = true };
            }

            foreach (var (dose, percent) in new[] { (5.0, 1.0), (5, 0), (5, -3), (0, 4), (0, -4), (2.5, 6) })
            {
                var watch = new InclineWatch(dose);
                var moment = new WalkMoment { Mode = mode, Walked = TimeSpan.FromSeconds(5) };
                watch.CueFor(moment, percent);
                yield return moment with
                {
                    Incline = watch.CueFor(moment with { Walked = TimeSpan.FromSeconds(30) }, percent),
                };
            }
        }

        foreach (var mode in new[] { WalkMode.Hill, WalkMode.Sled })
        {
            for (int second = 0; second < Intervals.Usual.Length.TotalSeconds + 5; second++)
            {
                yield return new WalkMoment { Mode = mode,
                    Interval = Intervals.Usual.At(TimeSpan.FromSeconds(second)) };
            }
        }
    }

    private static string Places(string text) => string.Concat(Regex.Matches(text, @"\{\d\}").Select(one => one.Value)
        .Order(StringComparer.Ordinal));

    private static string Figures(string text) => string.Join(' ', Regex.Matches(text, @"\d[\d.:]*")
        .Select(one => one.Value.TrimEnd('.', ':')).Order(StringComparer.Ordinal));
}
