using System.CommandLine;
using Backstep.Companion.Speech;
using Backstep.Terminal;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary>Options of the commands with a live view: where and how it is walked, how long, and what is heard of
/// it.</summary>
public sealed class WalkOptions
{
    private const double LongestMinutes = 15;
    private const double LongestRestSeconds = 600;
    private const double SteepestPercent = 40;

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "Where it is walked. hill and sled are intervals, counted down; free has no target and no "
            + "limit of speed.",
        HelpName = "treadmill|hill|sled|free",
        DefaultValueFactory = _ => Treadmill,
    };

    private readonly Option<double?> _minutes =
        NumberOption.PositiveOrNone("--minutes", "How long to walk, up to 15. Not for intervals.", LongestMinutes,
            " (nobody is advised to walk backward for longer)");
    private readonly Option<int?> _intervals =
        NumberOption.WholeWithin("--intervals", "How many intervals of 30 s: 4 (the default) or 5.", Intervals.Fewest,
            Intervals.Most);
    private readonly Option<double> _rest = NumberOption.Positive("--rest", "Seconds of rest between intervals.",
        Intervals.Usual.Rest.TotalSeconds, LongestRestSeconds);
    private readonly Option<double?> _incline =
        NumberOption.Within("--incline",
            "Incline of belt or hill in %, as its console says: kept beside what the shoe measures.", "PERCENT", 0,
            SteepestPercent);
    private readonly Option<int?> _cuesAsIn = NumberOption.WholeWithin("--cues-as-in",
        "Cues on form as in that session of the programme: all of them in 1 to 4, then fewer. Default: as the plan "
        + "says.", 1, 1000);
    private readonly Option<bool> _bell =
        new("--bell") { Description = "Ring the terminal's bell with every cue that asks for something, "
            + "and say none." };
    private readonly Option<bool> _speak =
        new("--speak") { Description = "Say the cues, with a program of the system that speaks; an "
            + "error where there is none." };
    private readonly Option<bool> _silent = new("--silent") { Description = "No bell and no voice. Without it, a "
        + "terminal rings, and a system that can speak speaks; 'backstep settings sound off' says no for good." };

    private const string Treadmill = "treadmill";

    /// <summary>Makes them.</summary>
    public WalkOptions() => _mode.AcceptOnlyFromAmong(Treadmill, "hill", "sled", "free");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_mode, _minutes, _intervals, _rest, _incline, _cuesAsIn, _bell, _speak,
            _silent])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Where and how.</summary>
    public WalkMode Mode(ParseResult result) => result.GetValue(_mode) switch
    {
        "hill" => WalkMode.Hill,
        "sled" => WalkMode.Sled,
        "free" => WalkMode.Free,
        _ => WalkMode.Treadmill,
    };

    /// <summary>The minutes asked for, if they were.</summary>
    public TimeSpan? Minutes(ParseResult result) =>
        result.GetValue(_minutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>The incline in %, if it was told.</summary>
    public double? Incline(ParseResult result) => result.GetValue(_incline);

    /// <summary>The intervals, in a mode that has some.</summary>
    public Intervals? IntervalsOf(ParseResult result) => !Intervals.AreFor(Mode(result))
        ? null
        : Intervals.Usual with { Count = result.GetValue(_intervals) ?? Intervals.Fewest,
            Rest = TimeSpan.FromSeconds(result.GetValue(_rest)) };

    /// <summary>Which part of the walk has cues on form; where nothing is known, null: all of it.</summary>
    public FeedbackSchedule? Feedback(ParseResult result, Plan? plan) =>
        result.GetValue(_cuesAsIn) is { } session ? new FeedbackSchedule(session) : plan?.Feedback;

    /// <summary>What the live view starts from.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="source">Who is followed.</param>
    /// <param name="isSimulated">Whether that is no real person.</param>
    /// <param name="units">Of what is shown.</param>
    /// <param name="target">How long to walk unless <c>--minutes</c> says otherwise.</param>
    public LiveSetup Setup(ParseResult result, string source, bool isSimulated, Units units, TimeSpan? target) =>
        new(source, isSimulated, units)
    {
        Mode = Mode(result),
        Target = Mode(result) == WalkMode.Free ? Minutes(result) : Minutes(result) ?? target,
        Intervals = IntervalsOf(result),
    };

    /// <summary>What is heard: what the command line asks for, else what the walker has set, else all that this
    /// terminal and this system can do.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">Where to.</param>
    /// <param name="setting">What the walker has set (<see cref="Preferences.Sound"/>).</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CommandException">Nothing here can speak, and it was asked for.</exception>
    public Announcer Announcer(ParseResult result, CommandEnvironment environment, string? setting, TimeProvider time)
    {
        bool mustSpeak = result.GetValue(_speak);
        bool isAsked = mustSpeak || result.GetValue(_bell);
        bool isOn = !result.GetValue(_silent) && (isAsked || (setting != Preferences.Off && environment.IsOutTerminal));
        bool speaks = isOn && (mustSpeak || (!isAsked && setting != Preferences.Bell));
        var speech = speaks ? environment.FindSpeech() : null;
        if (mustSpeak && speaks && speech == null)
        {
            throw new CommandException(ExitCode.Usage,
                $"--speak: no program that speaks was found (looked for {SystemSpeech.Names}). Install one, on "
                + $"Debian with 'sudo apt install espeak-ng', or leave --speak out.");
        }

        bool rings = isOn && environment.IsOutTerminal && (result.GetValue(_bell) || !mustSpeak);
        return new Announcer(rings ? () => Ring(environment.Out) : null, speech, time);
    }

    private static void Ring(TextWriter writer)
    {
        writer.Write('\a');
        writer.Flush();
    }
}
