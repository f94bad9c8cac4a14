using System.Globalization;
using Backstep.Walks.Programme;

namespace Backstep.Companion.Output;

/// <summary>What has stayed without cues, in words and as bars of letters.</summary>
public static class RetentionText
{
    private const int BarColumns = 20;
    private const int MostDays = 12;

    /// <summary>In a sentence or two; none before anything is known.</summary>
    public static IReadOnlyList<string> Of(Retention retention)
    {
        if (retention.Days.Count == 0)
        {
            return [];
        }

        string with = Share(retention.WithCues);
        string quiet = Share(retention.Quiet);
        string found = retention.Verdict switch
        {
            RetentionVerdict.Stays =>
                $"Toes first {quiet} of the time without cues, {with} with them: it stays without cues.",
            RetentionVerdict.NeedsCues =>
                $"Toes first {with} of the time with cues, {quiet} without: it needs the cues still.",
            RetentionVerdict.NotYet =>
                $"Toes first {with} of the time with cues, {quiet} without: it is not learned yet, with or without.",
            _ when retention.Quiet.Landed == 0 =>
                "What stays without cues is not known yet: quiet minutes come from the fifth session on.",
            _ => "What stays without cues is not known yet: too few quiet steps.",
        };
        return retention.Later is { Landed: > 0 } later
            ? [found, $"Two to four weeks after the last taught session: {Share(later)} without cues."]
            : [found];
    }

    /// <summary>A share in words.</summary>
    public static string Share(ToeFirst toes) => toes.Share is { } share ? WalkWords.Percent(share)
        : string.Create(CultureInfo.InvariantCulture, $"in {toes.Toe} of {toes.Landed}");

    /// <summary>The last sessions as bars, # with cues and = without.</summary>
    public static void Bars(TextWriter writer, Retention retention)
    {
        var known = retention.Days.Where(day => day.WithCues.Share != null || day.Quiet.Share != null).ToArray();
        if (!known.Any(day => day.Quiet.Share != null))
        {
            return;
        }

        writer.WriteLine("toes first     with cues                   without");
        foreach (var day in known.TakeLast(MostDays))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{day.At:yyyy-MM-dd}     {Bar(day.WithCues, '#')}  {Bar(day.Quiet, '=')}").TrimEnd());
        }
    }

    private static string Bar(ToeFirst toes, char mark) => toes.Share is not { } share ? "-".PadRight(BarColumns + 6)
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100,3:0} % ")
            + new string(mark, (int)Math.Round(share * BarColumns)).PadRight(BarColumns);
}
