using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Backstep.Files.Export;
using Backstep.Link;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks;
using Backstep.Walks.Coaching;
using Backstep.Walks.Live;
using Backstep.Walks.Sessions;
using Backstep.Walks.Strides;
using Backstep.WebEngine.Demo;
using Backstep.WebEngine.Keeping;
using Backstep.WebEngine.Live;
using Backstep.WebEngine.Looks;
using Backstep.WebEngine.Replays;
using Backstep.WebEngine.Shown;

namespace Backstep.WebEngine;

/// <summary>All that a page asks for, in JSON. One demo and one live walk at a time.</summary>
/// <remarks>What goes wrong is told as an <see cref="ExplainedException"/> or a <see cref="SensorLinkException"/>, in a
/// walker's words.</remarks>
/// <param name="radio">The browser's Bluetooth.</param>
/// <param name="keeping">What outlasts the page.</param>
/// <param name="time">Real time.</param>
public sealed class PageEngine(IPageRadio radio, IPageKeeping keeping, TimeProvider time) : IAsyncDisposable
{
    private const double LongestDemoSeconds = 24 * 3600; // as 'backstep demo --seconds'

    private readonly PageArchive _archive = new(keeping);
    private readonly PageBluetooth _bluetooth = new(radio);
    private DemoWalk? _demo;
    private LiveWalk? _live;
    private Task _following = Task.CompletedTask;

    /// <summary>Of this build, without the commit.</summary>
    internal static string Version => (typeof(PageEngine).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];

    /// <summary>What the page learns first.</summary>
    public static string Hello() => Json(new HelloJson(Version,
        [.. Scenarios.All.Select(scenario => new ScenarioJson(scenario.Name, scenario.Description))],
        TimeIsUp.Most.TotalMinutes), AnswerJson.Default.HelloJson);

    /// <summary>Begins a demo; one that went on is let go.</summary>
    /// <param name="options">A <see cref="DemoOptionsJson"/>.</param>
    /// <returns>A <see cref="LookJson"/>.</returns>
    public string DemoBegin(string options)
    {
        var asked = Read(options, RequestJson.Default.DemoOptionsJson);
        if (asked.Seconds is not (> 0 and <= LongestDemoSeconds))
        {
            throw new BadRequestException("a demo lasts from a moment to a day.");
        }

        var length = TimeSpan.FromSeconds(asked.Seconds);
        var mode = ModeOf(asked.Mode);
        var setup = new LiveSetup($"simulated walker: {asked.Scenario}", IsSimulated: true, UnitsOf(asked.Units))
        {
            Mode = mode,
            Target = TargetOf(asked.TargetMinutes) ?? (mode == WalkMode.Free ? null : length),
        };
        _demo?.Dispose();
        _archive.KeepsSimulated = asked.Keep;
        _demo = new DemoWalk(asked.Scenario, asked.Seed, length, setup, _archive, time);
        return Json(_demo.Look(), AnswerJson.Default.LookJson);
    }

    /// <summary>Lets so much virtual time pass, at most to the end.</summary>
    /// <returns>A <see cref="LookJson"/>.</returns>
    public string DemoPass(double seconds)
    {
        var demo = Demo();
        demo.Pass(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestDemoSeconds)));
        return Json(demo.Look(), AnswerJson.Default.LookJson);
    }

    /// <summary>Ends the demo.</summary>
    /// <returns>A <see cref="DemoEndJson"/>.</returns>
    public string DemoEnd()
    {
        var demo = Demo();
        var truth = demo.End();
        string? session = demo.Session is { } id ? PageArchive.KeyOf(id) : null;
        _demo = null;
        return Json(new DemoEndJson(session, truth), AnswerJson.Default.DemoEndJson);
    }

    /// <summary>Runs the engine over a recording.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="csv">The recording.</param>
    /// <param name="options">A <see cref="ReplayOptionsJson"/>.</param>
    /// <returns>A <see cref="ReplayedJson"/>.</returns>
    public static string ReplayRun(string name, byte[] csv, string options) =>
        Json(ReplayedFile.Run(name, csv, Read(options, RequestJson.Default.ReplayOptionsJson)),
            AnswerJson.Default.ReplayedJson);

    /// <summary>Connects to a sensor and follows it.</summary>
    /// <param name="options">A <see cref="LiveOptionsJson"/>.</param>
    /// <returns>A <see cref="LookJson"/>, once it is connected.</returns>
    public async Task<string> LiveBeginAsync(string options)
    {
        var asked = Read(options, RequestJson.Default.LiveOptionsJson);
        if (_live is { HasEnded: false })
        {
            throw new BadRequestException("a walk goes on already: end it first.");
        }

        var sensor = new SensorSighting(asked.Device.Name is { } name ? OneLine.Of(name) : null, asked.Device.Id, null,
            null, false);
        var setup = new LiveSetup(sensor.Name ?? "sensor", IsSimulated: false, UnitsOf(asked.Units))
        {
            Mode = ModeOf(asked.Mode),
            Target = TargetOf(asked.TargetMinutes),
        };
        var walk = new LiveWalk(_bluetooth, sensor, setup, asked.Sound, _archive, time);
        _live = walk;
        try
        {
            await walk.ConnectAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            _live = null;
            await walk.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        _following = FollowAsync(walk);
        return LiveLook();
    }

    /// <summary>How the live walk stands.</summary>
    /// <returns>A <see cref="LookJson"/>.</returns>
    public string LiveLook()
    {
        if (_following is { IsFaulted: true, Exception: { } fault })
        {
            throw fault.GetBaseException();
        }

        return Json(_live?.Look() ?? Nothing(), AnswerJson.Default.LookJson);
    }

    /// <summary>The walker pauses, or goes on.</summary>
    public void LivePause() => _live?.TogglePause();

    /// <summary>The walker marks a moment.</summary>
    public void LiveMark() => _live?.Mark();

    /// <summary>Ends the live walk.</summary>
    /// <returns>A <see cref="LiveEndJson"/>.</returns>
    public async Task<string> LiveEndAsync()
    {
        long? session = _live == null ? null : await _live.EndAsync().ConfigureAwait(false);
        _live = null;
        return Json(new LiveEndJson(session is { } id ? PageArchive.KeyOf(id) : null), AnswerJson.Default.LiveEndJson);
    }

    /// <summary>The sessions, newest first.</summary>
    /// <returns>An array of <see cref="ListedSessionJson"/>.</returns>
    public string Sessions() => Json(
        [.. _archive.Summaries.Select(session =>
            ListedSessionJson.From(PageArchive.KeyOf(session.Header.Id), session))],
        AnswerJson.Default.ListedSessionJsonArray);

    /// <summary>A session, whole.</summary>
    /// <returns>A <see cref="ShownSessionJson"/>.</returns>
    public string SessionShow(string key) =>
        Json(ShownSessionJson.From(key, Session(key)), AnswerJson.Default.ShownSessionJson);

    /// <summary>A session as a file.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="format">json (all of it, and what <c>backstep import</c> takes), tcx, fit, csv.</param>
    public byte[] SessionExport(string key, string format)
    {
        var asked = ExportFormats.Named(format)
            ?? throw new BadRequestException($"sessions are written as {string.Join(", ", ExportFormats.Names)}.");
        using var file = new MemoryStream();
        ExportFormats.Write(file, Session(key), asked, Version);
        return file.ToArray();
    }

    /// <summary>Forgets a session.</summary>
    public void SessionForget(string key) => _archive.Forget(key);

    /// <summary>Takes back what an earlier visit to the page has kept.</summary>
    /// <param name="chunks">An array of <see cref="RestoredJson"/>, in the order in which they were kept.</param>
    /// <returns>How many sessions that makes.</returns>
    public int Restore(string chunks)
    {
        _archive.Restore(Read(chunks, ChunkContext.Default.RestoredJsonArray));
        return _archive.Summaries.Count();
    }

    /// <summary>A value has come from a sensor.</summary>
    public void RadioValue(string deviceId, string characteristic, byte[] value) =>
        _bluetooth.OnValue(deviceId, Guid.Parse(characteristic), value);

    /// <summary>The link to a sensor is gone.</summary>
    public void RadioLost(string deviceId, string reason) => _bluetooth.OnLost(deviceId, reason);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _demo?.Dispose();
        if (_live != null)
        {
            await _live.DisposeAsync().ConfigureAwait(false);
        }

        await _bluetooth.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task FollowAsync(LiveWalk walk)
    {
        try
        {
            while (!walk.HasEnded)
            {
                await walk.PumpAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The walker has ended it meanwhile.
        }
    }

    /// <summary>Before any walk.</summary>
    private LookJson Nothing()
    {
        var walk = new SessionRecorder(_archive, new SessionHeader { StartedAt = default, Sensors = [] }, time, time);
        using var look = new WalkLook(new LiveSetup("", IsSimulated: false, Units.Metric), walk, time, isHeard: false);
        return look.Take("idle");
    }

    private DemoWalk Demo() => _demo ?? throw new BadRequestException("no demo has begun.");

    private KeptSession Session(string key) =>
        _archive.Find(key) ?? throw new BadRequestException("there is no such session on this device.");

    private static Units UnitsOf(string? name) => name == Units.Us.Name ? Units.Us : Units.Metric;

    private static TimeSpan? TargetOf(double? minutes) =>
        minutes is not { } asked ? null
            : asked > 0 && asked <= TimeIsUp.Most.TotalMinutes ? TimeSpan.FromMinutes(asked)
            : throw new BadRequestException(string.Create(CultureInfo.InvariantCulture,
                $"the time to walk is up to {TimeIsUp.Most.TotalMinutes} minutes: nobody is advised to walk backward "
                + $"for longer."));

    private static WalkMode ModeOf(string? mode) => mode switch
    {
        null or "treadmill" => WalkMode.Treadmill,
        "free" => WalkMode.Free,
        _ => throw new BadRequestException("a page follows walks on a treadmill, or free ones."),
    };

    private static string Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    private static T Read<T>(string text, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(text, type)
            ?? throw new BadRequestException("the page asked for nothing.");
}
