using System.Diagnostics;
using Backstep.Companion.Commands;
using Backstep.Companion.Tests.Sessions;
using Backstep.Store;
using Backstep.Terminal;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Tests.Commands;

/// <summary>The real program, of whose output one line is read, as <c>| head -1</c> does.</summary>
public sealed class ReaderGoneTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sessions", "--json")]
    [InlineData("show", "1", "--json")]
    [InlineData("export", "1", "--format", "csv", "--out", "-")]
    [InlineData("export", "1", "--format", "json", "--out", "/dev/stdout")]
    [InlineData("demo", "--seconds", "120", "--speed", "60")] // two seconds, of which the reader sees none
    [InlineData("--help")]
    public async Task Who_stops_reading_gets_no_words_and_the_program_ends(params string[] args)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "pipes of Windows tell otherwise");
        Fill();
        var start = new ProcessStartInfo("dotnet", [typeof(CommandEnvironment).Assembly.Location, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[DataFolder.Variable] = _folder["data"];
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync(patience.Token));
            process.StandardOutput.Close();
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal("", await error);
        Assert.True(process.ExitCode is ExitCode.Ok or ExitCode.ReaderGone, $"ended with {process.ExitCode}");
    }

    private void Fill()
    {
        using var store = SessionStore.Open(_folder["data"], TimeProvider.System);
        long id = store.Begin(Kept.Header(store.LastWalker().Id)).Id;
        store.Add(id, Kept.Strides(5000)); // more than a pipe holds
        store.Close(id);
        for (int i = 1; i < 100; i++)
        {
            store.Close(store.Begin(Kept.Header(store.LastWalker().Id, Kept.Morning.AddDays(i))).Id);
        }
    }
}
