using System.CommandLine;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;

namespace Backstep.Companion.Commands;

/// <summary>What is kept for each walker.</summary>
public static class Preferences
{
    /// <summary>metric or us.</summary>
    public const string Units = "units";

    /// <summary>on, bell or off.</summary>
    public const string Sound = "sound";

    /// <summary>Bell, but no voice.</summary>
    public const string Bell = "bell";

    /// <summary>Neither.</summary>
    public const string Off = "off";

    /// <summary>Every setting: its name, what it may be, and what it does.</summary>
    public static IReadOnlyList<(string Name, string[] Values, string Does)> All { get; } =
    [
        (Units, ["metric", "us"], "units of speed and length"),
        (Sound, ["on", Bell, Off], "whether cues are heard: bell and voice, the bell alone, or nothing"),
    ];

    /// <summary>What the walker has set of sound; null when nothing, or when that cannot be read.</summary>
    public static string? SoundOf(ParseResult result, StoreOptions storage, CommandEnvironment environment)
    {
        try
        {
            using var archive = storage.OpenForReading(result, environment);
            return storage.WhoWalksSoFar(result, archive) is { } walker ? archive.Setting(walker.Id, Sound) : null;
        }
        catch (ExplainedException)
        {
            return null;
        }
    }

    /// <summary>The units to show, for a command that need not have a store.</summary>
    public static Units UnitsOf(ParseResult result, Option<string?> option, StoreOptions storage,
        CommandEnvironment environment)
    {
        if (result.GetValue(option) != null)
        {
            return CommonOptions.UnitsOf(result, option, environment);
        }

        try
        {
            using var archive = storage.OpenForReading(result, environment);
            return UnitsOf(result, option, archive, storage.WhoWalksSoFar(result, archive), environment);
        }
        catch (ExplainedException)
        {
            return CommonOptions.UnitsOf(result, option, environment);
        }
    }

    /// <summary>The units to show: what the command line says, else what the walker has set, else what is usual in the
    /// region.</summary>
    public static Units UnitsOf(ParseResult result, Option<string?> option, ISessionArchive archive,
        WalkerProfile? walker, CommandEnvironment environment) =>
        (result.GetValue(option) ?? (walker == null ? null : archive.Setting(walker.Id, Units))) switch
        {
            "metric" => Walks.Strides.Units.Metric,
            "us" => Walks.Strides.Units.Us,
            _ => Walks.Strides.Units.For(environment.Culture),
        };
}
