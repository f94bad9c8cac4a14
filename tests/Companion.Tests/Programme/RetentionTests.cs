using Backstep.Companion.Output;
using Backstep.Companion.Report;
using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Programme;

/// <summary>What stays without cues: simulated learners (not people) over the weeks of the programme are told
/// apart.</summary>
public class RetentionTests
{
    private const int Seeds = 60;
    private const double Minutes = 8;
    private const double StrideSeconds = 1.5;

    /// <summary>How a simulated walker learns.</summary>
    private enum Learner
    {
        /// <summary>Lands well while told to, and as before when not.</summary>
        OnlyWithCues,

        /// <summary>Gets better by walking without cues.</summary>
        WhenTheyFade,

        /// <summary>Lands as at first, whatever is said.</summary>
        NotAtAll,
    }

    /// <summary>Of a simulated walker who learns when cues fade.</summary>
    internal static Retention Learned(int sessions) =>
        Retention.Of(Programme(Learner.WhenTheyFade, 1, sessions, thenAfterDays: 20));

    [Theory]
    [InlineData("OnlyWithCues", RetentionVerdict.NeedsCues)]
    [InlineData("WhenTheyFade", RetentionVerdict.Stays)]
    [InlineData("NotAtAll", RetentionVerdict.NotYet)]
    public void The_figures_tell_simulated_learners_apart(string learner, RetentionVerdict expected)
    {
        int right = Enumerable.Range(1, Seeds).Count(seed =>
            Retention.Of(Programme(Enum.Parse<Learner>(learner), seed, sessions: 16)).Verdict == expected);
        Assert.InRange(right, Seeds * 95 / 100, Seeds);
    }

    [Fact]
    public void Weeks_after_the_last_taught_session_it_is_asked_again()
    {
        var retention = Retention.Of(Programme(Learner.WhenTheyFade, 1, sessions: 8, thenAfterDays: 20));
        Assert.InRange(retention.Later!.Share!.Value, 0.75, 1);
        Assert.Contains(RetentionText.Of(retention),
            line => line.Contains("Two to four weeks", StringComparison.Ordinal));
        Assert.Null(Retention.Of(Programme(Learner.WhenTheyFade, 1, sessions: 8)).Later!.Share);
        var forgotten = Retention.Of(Programme(Learner.OnlyWithCues, 1, sessions: 8, thenAfterDays: 20));
        Assert.InRange(forgotten.Later!.Share!.Value, 0.2, 0.5);
    }

    [Fact]
    public void What_is_not_known_is_not_said()
    {
        Assert.Equal(RetentionVerdict.NotKnown, Retention.Of([]).Verdict);
        Assert.Empty(RetentionText.Of(Retention.Of([])));
        var taught = Retention.Of(Programme(Learner.NotAtAll, 1, sessions: 4));
        Assert.Equal(RetentionVerdict.NotKnown, taught.Verdict);
        Assert.Contains("not known yet", RetentionText.Of(taught)[0], StringComparison.Ordinal);
        var unmarked = Programme(Learner.NotAtAll, 1, sessions: 8).Select(session => session with { Marks = [] });
        Assert.Empty(Retention.Of(unmarked).Days);
    }

    [Fact]
    public void Sessions_one_to_four_have_all_cues_five_to_eight_ever_fewer_then_there_are_check_ups()
    {
        double[] shares = [.. Enumerable.Range(1, 16).Select(session => new FeedbackSchedule(session).CuedShare)];
        Assert.All(shares[..4], share => Assert.Equal(1, share));
        Assert.Equal(shares[4..8].OrderDescending(), shares[4..8]);
        Assert.True(shares[4] < 1 && shares[7] < shares[4]);
        Assert.Equal([12, 16], Enumerable.Range(9, 8).Where(session => shares[session - 1] > 0));
    }

    [Fact]
    public void The_quiet_part_of_each_block_is_what_the_share_leaves()
    {
        foreach (int session in (int[])[1, 5, 6, 8, 9, 12])
        {
            var schedule = new FeedbackSchedule(session);
            int quiet = Enumerable.Range(0, 300).Count(second => schedule.IsQuiet(TimeSpan.FromSeconds(second)));
            Assert.Equal(300 * (1 - schedule.CuedShare), quiet, 1.0);
        }
    }

    [Theory]
    [InlineData(1, "....")]
    [InlineData(5, "...q")]
    [InlineData(6, "..qq")]
    [InlineData(8, ".qqq")]
    [InlineData(9, "qqqq")]
    [InlineData(12, ".qqq")]
    public void Up_a_hill_whole_intervals_are_quiet(int session, string intervals) => Assert.Equal(intervals,
        string.Concat(Enumerable.Range(1, 4).Select(i => new FeedbackSchedule(session).IsQuiet(i) ? 'q' : '.')));

    [Fact]
    public void A_session_of_which_nothing_is_known_is_no_row_of_the_chart()
    {
        var some = Retention.Of(Programme(Learner.OnlyWithCues, 1, sessions: 6));
        var nothing = new RetentionDay(some.Days[^1].At.AddDays(1), new ToeFirst(3, 9), new ToeFirst(0, 2));
        using var writer = new StringWriter();
        RetentionText.Bars(writer, some with { Days = [.. some.Days, nothing] });
        Assert.Equal(1 + some.Days.Count, writer.ToString().Trim().Split('\n').Length);
        using var none = new StringWriter();
        RetentionText.Bars(none, some with { Days = [nothing] });
        Assert.Empty(none.ToString());
    }

    [Fact]
    public void The_report_shows_it_in_words_as_a_chart_and_as_numbers()
    {
        string html = RetentionFigure.Of(Retention.Of(Programme(Learner.OnlyWithCues, 1, sessions: 12))).ToHtml();
        Assert.Contains("needs the cues still", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("<table>", html, StringComparison.Ordinal);
        using var writer = new StringWriter();
        RetentionText.Bars(writer, Retention.Of(Programme(Learner.OnlyWithCues, 1, sessions: 12)));
        Assert.Contains("=", writer.ToString(), StringComparison.Ordinal);
        Assert.All(writer.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    /// <summary>A walker's sessions, every second day, as the schedule has it.</summary>
    private static List<CuedSession> Programme(Learner learner, int seed, int sessions, int thenAfterDays = 0)
    {
        var random = new Random(seed);
        double skill = 0.35;
        var kept = new List<CuedSession>();
        for (int i = 1; i <= sessions + (thenAfterDays > 0 ? 1 : 0); i++)
        {
            int day = i <= sessions ? 2 * i : (2 * sessions) + thenAfterDays;
            kept.Add(Session(i, day));
        }

        return kept;

        CuedSession Session(int number, int day)
        {
            var schedule = new FeedbackSchedule(number);
            var strides = new List<KeptStride>();
            var marks = new List<SessionMark>();
            bool? quiet = null;
            for (int i = 0; i < Minutes * 60 / StrideSeconds; i++)
            {
                var at = TimeSpan.FromSeconds(i * StrideSeconds);
                if (quiet != schedule.IsQuiet(at))
                {
                    quiet = !(quiet ?? !schedule.IsQuiet(at));
                    marks.Add(new SessionMark(at, quiet.Value ? MarkKind.CuesQuiet : MarkKind.CuesOn));
                }

                bool toe = random.NextDouble() < Chance(quiet.Value);
                strides.Add(new KeptStride(0, 1, at,
                    Strides.Make((uint)i + 1, landing: toe ? Landing.Toe : Landing.Heel), Posture.Unknown));
            }

            return new CuedSession(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero).AddDays(day),
                [new SessionSensor("simulated", null, Placement.LeftShoe)], strides, marks);
        }

        double Chance(bool quiet)
        {
            switch (learner)
            {
                case Learner.OnlyWithCues:
                    return quiet ? 0.35 : 0.9;
                case Learner.WhenTheyFade:
                    skill = quiet ? Math.Min(0.9, skill + 0.001) : skill;
                    return quiet ? skill : Math.Max(0.8, skill);
                default:
                    return 0.35;
            }
        }
    }
}
