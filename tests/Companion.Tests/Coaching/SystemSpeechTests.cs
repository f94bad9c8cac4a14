using System.Diagnostics;
using Backstep.Companion.Speech;

namespace Backstep.Companion.Tests.Coaching;

/// <summary>With a stand-in for espeak-ng: it writes its process id and the text it was given, and then speaks for a
/// minute.</summary>
public sealed class SystemSpeechTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_speaks_there_is_no_voice() => Assert.Null(SystemSpeech.Find(_folder.Path));

    [Fact]
    public async Task A_new_text_ends_the_old_one_and_quitting_ends_the_last()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "the stand-in is a shell script");
        Install();
        int first, second;
        using (var speech = SystemSpeech.Find(_folder.Path)!)
        {
            Assert.Equal("espeak-ng", speech.Name);
            speech.Say("one");
            first = await Spoken("one");
            speech.Say("two");
            second = await Spoken("two");
            await Gone(first);
        }

        await Gone(second);
    }

    [Fact]
    public async Task What_was_asked_for_in_one_breath_is_not_queued()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "the stand-in is a shell script");
        Install();
        using var speech = SystemSpeech.Find(_folder.Path)!;
        for (int i = 0; i < 50; i++)
        {
            speech.Say($"cue-{i}");
        }

        int last = await Spoken("cue-49");
        await speech.Settled();
        foreach (int other in Directory.GetFiles(_folder.Path, "cue-*")
            .Select(file => int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture))
            .Where(id => id != last))
        {
            await Gone(other);
        }
    }

    [Fact]
    public async Task A_program_that_says_much_beside_is_read_and_never_stands_still()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "the stand-in is a shell script");
        Install("head -c 1000000 /dev/zero | tr '\\0' '\\n'\nhead -c 1000000 /dev/zero | tr '\\0' 'x' >&2\n");
        using var speech = SystemSpeech.Find(_folder.Path)!;
        speech.Say("one");
        await Spoken("one");
    }

    /// <param name="first">What it does before it has spoken.</param>
    private void Install(string first = "")
    {
        // The text names the file, which appears whole: written aside, then moved.
        string file = Path.Combine(_folder.Path, "espeak-ng");
        File.WriteAllText(file,
            $"#!/bin/sh\nread -r text\n{first}d=$(dirname \"$0\")\necho $$ > \"$d/.$$\"\nmv \"$d/.$$\" "
            + "\"$d/$text\"\nexec sleep 60\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<int> Spoken(string text)
    {
        string file = Path.Combine(_folder.Path, text);
        await Until(() => File.Exists(file), $"'{text}' was never said");
        return int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task Gone(int id) => Until(() => !IsAlive(id), $"process {id} goes on");

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Real processes: waited for, in bounded time.
    private static async Task Until(Func<bool> condition, string otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, otherwise);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
