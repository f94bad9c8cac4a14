using System.CommandLine;
using System.Globalization;
using Backstep.Gait;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks;
using Backstep.Walks.Events;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary>A walk that is kept while it is shown, or is not kept: then nothing here does anything.</summary>
public sealed class Keeping : IDisposable
{
    private const int NameColumns = 12;

    private readonly SessionStore? _store;
    private readonly SessionRecorder? _recorder;

    private Keeping(SessionStore? store, SessionRecorder? recorder)
    {
        _store = store;
        _recorder = recorder;
    }

    /// <summary>Nothing is kept.</summary>
    public static Keeping Nothing() => new(null, null);

    /// <summary>Opens the store and listens from now on.</summary>
    /// <param name="options">Where, and who walks.</param>
    /// <param name="result">The command line.</param>
    /// <param name="environment">The clock by which strides must be on the disk.</param>
    /// <param name="template">What is known of the walk; its walker is filled in.</param>
    /// <param name="walk">The clock of the walk.</param>
    /// <param name="wayAround">How to walk without keeping the session, in words.</param>
    /// <exception cref="CommandException">The store cannot be used.</exception>
    public static Keeping Begin(StoreOptions options, ParseResult result, CommandEnvironment environment,
        SessionHeader template, TimeProvider walk, string wayAround)
    {
        SessionStore? store = null;
        try
        {
            store = options.Open(result, environment);
            return new Keeping(store,
                new SessionRecorder(store, template with { WalkerId = options.WhoWalks(result, store).Id }, walk,
                    environment.Time));
        }
        catch (ExplainedException e)
        {
            store?.Dispose();
            throw new CommandException(ExitCode.Of(e),
                $"{e.Message} To walk without keeping the session: {wayAround}.", e);
        }
    }

    /// <summary>Keys of the sessions kept so far.</summary>
    public IReadOnlyList<long> Sessions => _recorder?.Kept.Select(header => header.Id).Distinct().ToArray() ?? [];

    /// <summary>Takes somebody else's word for whether the rails are held: see
    /// <see cref="SessionRecorder.JudgeRails"/>.</summary>
    public void JudgeRailsBy(Func<Stride, Posture> judge)
    {
        if (_recorder != null)
        {
            _recorder.JudgeRails = judge;
        }
    }

    /// <summary>What to want of a sensor.</summary>
    public FollowOptions? Wanted(string address) => _recorder?.Wanted(address);

    /// <summary>Takes an event.</summary>
    public void Apply(int sensor, SensorEvent received) => _recorder?.Apply(sensor, received);

    /// <summary>Notes a moment.</summary>
    public void Mark(MarkKind kind) => _recorder?.Mark(kind);

    /// <summary>Something keeps sessions from being written, in words. What comes waits, and is tried again.</summary>
    public event Action<string>? Troubled;

    /// <summary>What keeps them from being written now; null when all is well.</summary>
    public string? Trouble => _recorder?.Trouble;

    /// <summary>Writes what is due; never waits for another program that holds the store.</summary>
    public void Work()
    {
        string? before = Trouble;
        _recorder?.Work();
        if (Trouble is { } now && before == null)
        {
            Troubled?.Invoke($"keeping waits: {now}");
        }
    }

    /// <summary>The walk is over.</summary>
    /// <exception cref="CommandException">The rest of it could not be written.</exception>
    public void Close()
    {
        try
        {
            _recorder?.Close();
        }
        catch (ExplainedException e)
        {
            throw new CommandException(ExitCode.Of(e), $"the end of the session could not be kept: {e.Message}", e);
        }
    }

    /// <summary>Says what was kept.</summary>
    public void Summarise(TextWriter writer)
    {
        if (_recorder != null)
        {
            new SummaryWriter(writer, NameColumns).Line("kept", Sessions is { Count: > 0 } kept
                ? string.Join("; ",
                    kept.Select(id => string.Create(CultureInfo.InvariantCulture, $"session {id}: backstep show {id}")))
                : "nothing: there was no session");
            if (_recorder.LeftOut > 0)
            {
                SummaryWriter.Paragraph(writer, string.Create(CultureInfo.InvariantCulture,
                    $"Not kept: {_recorder.LeftOut} strides that belong to no session of this walker. A session begins "
                    + $"with the sensor's: after a few strides in a row."));
            }
        }
    }

    /// <summary>Closes the session even when the walk ended with an error: then that error is the one to
    /// tell.</summary>
    public void Dispose()
    {
        try
        {
            _recorder?.Close();
        }
        catch (ExplainedException)
        {
            // Close has told it, or something worse is being told.
        }

        _store?.Dispose();
    }
}
