using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Backstep.Companion.Live;
using Backstep.Rehearsal;
using Backstep.Walks.Live;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Tests.Live;

/// <summary>The README's picture is made here, from a real run. BACKSTEP_UPDATE_PICTURE=1 writes it anew.</summary>
public partial class PictureTests
{
    private const string Scenario = "learning";
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(112);

    [Fact]
    public async Task The_picture_shows_what_the_live_view_shows()
    {
        string path =
            Path.GetFullPath(
                Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../companion-app/Companion/live-view.svg"));
        Assert.SkipUnless(Directory.Exists(Path.GetDirectoryName(path)), "the sources are not where they were built");
        using var walk = SimulatedWalk.Create(Scenario, 1, Length);
        var model =
            AnyWalk.Model(new LiveSetup($"simulated walker: {Scenario}", true, Units.Metric) { Target = Length },
                walk.Time);
        await walk.FollowAsync(received => model.Apply(received), Moment, () => model.Snapshot(),
            stop: TestContext.Current.CancellationToken);

        string picture = SvgPicture.Of(LiveView.Draw(model.Snapshot(), Units.Metric, 80, 24, unicode: true), 80, 24,
            "backstep demo --scenario learning: the live view");
        if (Environment.GetEnvironmentVariable("BACKSTEP_UPDATE_PICTURE") == "1")
        {
            await File.WriteAllTextAsync(path, picture, TestContext.Current.CancellationToken);
        }

        // The figures may change as the engine gets better; what is on the screen, and where, may not without a new
        // picture.
        Assert.Equal(Labels(picture), Labels(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)));
    }

    private static string[] Labels(string svg) =>
        [
            .. LabelPattern().Matches(svg).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")
                .Order(StringComparer.Ordinal)];

    /// <summary>Where the words in capitals stand.</summary>
    [GeneratedRegex("<text (x=\"[^\"]*\" y=\"[^\"]*\")[^>]*>((?:TIME|STEPS A MINUTE|TOES FIRST|LAST 20 STEPS|FOOT "
        + "STRIKE|TILT|BELT|RAILS|BACKSTEP|STEPS|TOES|LAST|FOOT)[^<]*)</text>")]
    private static partial Regex LabelPattern();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
