using System.CommandLine;
using System.Globalization;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary>Options of the commands that use the store of sessions: where it is, and who walks.</summary>
public sealed class StoreOptions
{
    // A session to which nothing was added for so long has nobody who records it: whoever does says so every few
    // seconds.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>--data DIR.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = $"The folder in which sessions are kept. Default: the environment variable "
            + $"{DataFolder.Variable}, else a folder of your own.",
        HelpName = "DIR",
    };

    /// <summary>--walker NAME.</summary>
    public Option<string?> Walker { get; } =
        new("--walker") { Description = "Who walks. Default: whoever walked last on this computer.",
            HelpName = "NAME" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Data);
        command.Options.Add(Walker);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Walker) is { } name && WalkerNames.WhyNone(name) is { } why)
            {
                result.AddError($"--walker {why}");
            }

            if (result.GetValue(Data) is { } folder && string.IsNullOrWhiteSpace(folder))
            {
                result.AddError("--data must name a folder");
            }
        });
    }

    /// <summary>The store, to write to: made if there is none yet. Sessions that broke off are closed with what there
    /// is of them.</summary>
    public SessionStore Open(ParseResult result, CommandEnvironment environment)
    {
        if (FolderOf(result, environment) is not { } folder)
        {
            return SessionStore.InMemory(environment.Time);
        }

        var store = SessionStore.Open(folder, environment.Time);
        try
        {
            store.CloseAbandoned(Abandoned);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The store, to look at: an empty one when there is none yet, and nothing is made.</summary>
    public SessionStore OpenForReading(ParseResult result, CommandEnvironment environment) =>
        FolderOf(result, environment) is { } folder
        ? SessionStore.OpenForReading(folder, environment.Time)
        : SessionStore.InMemory(environment.Time);

    /// <summary>A store to keep a walk in, and what is known of the walk with its walker filled in. Where it shall not
    /// be kept, it is counted all the same, in memory.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">Where.</param>
    /// <param name="template">What is known of the walk.</param>
    /// <param name="keeps">Whether it is kept.</param>
    /// <param name="wayAround">How to walk without keeping the session, in words.</param>
    /// <exception cref="CommandException">The store cannot be used.</exception>
    public (SessionStore Store, SessionHeader Template) OpenFor(ParseResult result, CommandEnvironment environment,
        SessionHeader template, bool keeps, string wayAround)
    {
        SessionStore? store = null;
        try
        {
            store = keeps ? Open(result, environment) : SessionStore.InMemory(environment.Time);
            return (store, template with { WalkerId = keeps ? WhoWalks(result, store).Id : store.LastWalker().Id });
        }
        catch (ExplainedException e)
        {
            store?.Dispose();
            throw new CommandException(ExitCode.Of(e),
                $"{e.Message} To walk without keeping the session: {wayAround}.", e);
        }
    }

    /// <summary>Who walks: made if that name is new.</summary>
    public WalkerProfile WhoWalks(ParseResult result, ISessionArchive archive) =>
        result.GetValue(Walker) is { } name ? archive.WalkerNamed(name) : archive.LastWalker();

    /// <summary>Who walks, if that walker is known already.</summary>
    public WalkerProfile? WhoWalksSoFar(ParseResult result, ISessionArchive archive)
    {
        var walkers = archive.Walkers();
        return result.GetValue(Walker) is { } name
            ? WalkerNames.Find(name, walkers)
            : walkers.Count == 0 ? null : archive.LastWalker();
    }

    /// <summary>Whose sessions are looked at. Null when there is no walker yet.</summary>
    /// <exception cref="CommandException">There is no walker of that name.</exception>
    public WalkerProfile? WhoseSessions(ParseResult result, ISessionArchive archive)
    {
        var walkers = archive.Walkers();
        return result.GetValue(Walker) is { } name ? Named(name, walkers) : walkers.Count == 0 ? null
            : archive.LastWalker();
    }

    /// <summary>The walker of a name.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static WalkerProfile Named(string name, IReadOnlyList<WalkerProfile> walkers)
    {
        if (WalkerNames.Find(name, walkers) is { } found)
        {
            return found;
        }

        string known = walkers.Count == 0 ? "Nobody has walked yet"
            : "There are: " + string.Join(", ", walkers.Select(walker => walker.Name));
        throw new CommandException(ExitCode.Usage,
            $"there is no walker '{OneLine.Of(name)}'. {known}. See 'backstep walkers'.");
    }

    /// <summary>The file of the store, made or not; null when nothing is kept.</summary>
    public string? PathOf(ParseResult result, CommandEnvironment environment) =>
        FolderOf(result, environment) is { } folder ? SessionStore.PathIn(folder) : null;

    /// <summary>The key of a session, as an argument.</summary>
    public static Argument<long> SessionArgument() =>
        NumberOption.Argument("id", "Which session, as 'backstep sessions' lists it.", "the session's number", 1,
            long.MaxValue);

    /// <summary>The session of a key.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static KeptSession Session(ISessionArchive archive, long id) => archive.Find(id) ?? throw NoSession(id);

    /// <summary>There is none.</summary>
    public static CommandException NoSession(long id) =>
        new(ExitCode.Usage, $"there is no session {id}. See 'backstep sessions --everyone'.");

    /// <summary>An option for a day.</summary>
    public static Option<DateOnly?> DateOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var day))
            {
                return day;
            }

            result.AddError($"{name} must be a day such as 2026-03-02, not '{OneLine.Of(text)}'");
            return null;
        },
    };

    /// <summary>The first moment of a day here.</summary>
    public static DateTimeOffset? StartOf(DateOnly? day, CommandEnvironment environment)
    {
        if (day is not { } known)
        {
            return null;
        }

        var midnight = known.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, environment.Time.LocalTimeZone.GetUtcOffset(midnight));
    }

    private string? FolderOf(ParseResult result, CommandEnvironment environment) =>
        result.GetValue(Data) ?? environment.DataFolder;
}
