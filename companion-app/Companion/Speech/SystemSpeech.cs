using System.ComponentModel;
using System.Diagnostics;
using Backstep.Walks.Coaching;

namespace Backstep.Companion.Speech;

/// <summary>
/// A voice by a program of the system: one process for each text, started and ended off the caller's flow. A new text
/// ends the old one; nothing is queued; disposing ends it.
/// </summary>
public sealed class SystemSpeech : ISpeech
{
    private const string PowerShellSpeaks =
        "Add-Type -AssemblyName System.Speech; (New-Object "
        + "System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())";

    // Best first: those that fall silent when their process ends come before spd-say, which has to be asked to.
    private static readonly SpeechProgram[] Programs =
    [
        new("say", [], null),
        new("espeak-ng", ["--stdin"], null),
        new("espeak", ["--stdin"], null),
        new("spd-say", ["--wait", "--pipe-mode"], ["--cancel"]),
        new("powershell", ["-NoProfile", "-NonInteractive", "-Command", PowerShellSpeaks], null),
    ];

    private readonly SpeechProgram _program;
    private readonly string _path;
    private readonly Lock _gate = new();
    private Task _turn = Task.CompletedTask;
    private Process? _speaking;
    private string? _next;
    private bool _isHushed;

    private SystemSpeech(SpeechProgram program, string path) => (_program, _path) = (program, path);

    /// <summary>Names of the programs that can speak, for an error that says what to install.</summary>
    public static string Names { get; } = string.Join(", ", Programs.Select(program => program.Name));

    /// <summary>The program that speaks.</summary>
    public string Name => _program.Name;

    /// <summary>The first program that this system has; null when it has none.</summary>
    /// <param name="path">Folders to look in, as in PATH.</param>
    public static SystemSpeech? Find(string? path)
    {
        var folders = (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var program in Programs)
        {
            string file = program.Name + (OperatingSystem.IsWindows() ? ".exe" : "");
            if (folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } found)
            {
                return new SystemSpeech(program, found);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Say(string text) => Take(text);

    /// <inheritdoc/>
    public void Hush() => Take(null);

    /// <summary>Completes when what was asked for last has been begun.</summary>
    public Task Settled()
    {
        lock (_gate)
        {
            return _turn;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Hush();
        Settled().Wait(TimeSpan.FromSeconds(1)); // long enough to end a process; quitting is never held up longer
    }

    private void Take(string? text)
    {
        lock (_gate)
        {
            _next = text;
            _isHushed = text == null;
            _turn = _turn.ContinueWith(_ => Turn(), CancellationToken.None, TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }

    /// <summary>Ends what is said, then says the newest text, if there is one.</summary>
    private void Turn()
    {
        string? text;
        bool hushed;
        lock (_gate)
        {
            (text, _next, hushed) = (_next, null, _isHushed);
        }

        if (text == null && !hushed)
        {
            return; // a later wish was taken already
        }

        try
        {
            End();
            if (text != null)
            {
                _speaking = Start(_program.Arguments);
                _speaking.StandardInput.Write(text);
                _speaking.StandardInput.Close();
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            // A voice that fails is silent; the cue is on the screen.
        }
    }

    private void End()
    {
        if (_speaking is not { } process)
        {
            return;
        }

        _speaking = null;
        using (process)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                if (_program.Silence is { } silence)
                {
                    using var cancel = Start(silence);
                    cancel.StandardInput.Close();
                }
            }
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(_path, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true, // what it prints does not belong on the live view
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine(); // read all the same: who fills a pipe that nobody reads stands still
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>A program that speaks what comes on its standard input.</summary>
    /// <param name="Name">Its file.</param>
    /// <param name="Arguments">To read from there.</param>
    /// <param name="Silence">Arguments that make it silent, when ending its process does not.</param>
    private sealed record SpeechProgram(string Name, IReadOnlyList<string> Arguments, IReadOnlyList<string>? Silence);
}
