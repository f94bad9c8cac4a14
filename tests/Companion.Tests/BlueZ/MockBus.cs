using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>
/// A D-Bus daemon of its own and, on it, a bluetoothd (python3-dbusmock) that does what it is told. Knows no test
/// framework: the benchmarks use it too.
/// </summary>
public class MockBus : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3"; // the distribution's, for the distribution's packages

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Lazy<string?> FirstMissing = new(FindMissing);

    private readonly string _folder = Directory.CreateTempSubdirectory("backstep-bus-").FullName;
    private readonly Process _daemon;
    private Process? _bluetoothd;

    /// <summary>Starts the daemon.</summary>
    protected MockBus()
    {
        string config = Path.Combine(_folder, "bus.conf");
        File.WriteAllText(config, $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path={Path.Combine(_folder, "bus")}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
              </policy>
            </busconfig>
            """);
        _daemon = Start(
            "dbus-daemon", $"--config-file={config}", "--nofork", "--nopidfile", "--nosyslog", "--print-address");
    }

    /// <summary>What this computer lacks for it; null when nothing.</summary>
    public static string? Missing => FirstMissing.Value;

    /// <summary>The bus.</summary>
    public string Address { get; private set; } = "";

    /// <summary>A bus with bluetoothd, one adapter that is on, and devices.</summary>
    public static async Task<MockBus> RunAsync(params object[] devices)
    {
        var bus = new MockBus();
        await bus.BeginAsync(() => bus.StartAllAsync(devices));
        return bus;
    }

    /// <summary>Starts bluetoothd, or starts it again.</summary>
    public async Task StartBluetoothdAsync()
    {
        _bluetoothd = Start(Python, Path.Combine(AppContext.BaseDirectory, "BlueZ", "mock-bluez.py"));
        await ExpectAsync(_bluetoothd, "ready");
    }

    /// <summary>It is gone at once, and all that it had.</summary>
    public void KillBluetoothd()
    {
        End(_bluetoothd!);
        _bluetoothd = null;
    }

    /// <summary>The bus is gone at once.</summary>
    public void KillDaemon() => _daemon.Kill();

    /// <summary>The daemon takes nothing more, until it is waked.</summary>
    public Task PauseDaemonAsync() => SignalAsync("STOP");

    /// <summary>The daemon goes on.</summary>
    public Task WakeDaemonAsync() => SignalAsync("CONT");

    /// <summary>Puts devices into the air.</summary>
    public Task AddAsync(params object[] devices) => DoAsync(new { @do = "devices", devices });

    /// <summary>Sets a property, and tells so.</summary>
    public Task SetAsync(string path, string @interface, string name, object value) =>
        DoAsync(new { @do = "set", path, @interface, name, value });

    /// <summary>Has the mock do something; done when it is done.</summary>
    public async Task DoAsync(object order)
    {
        await _bluetoothd!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order));
        await _bluetoothd.StandardInput.FlushAsync();
        await ExpectAsync(_bluetoothd, "ok");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_bluetoothd != null)
        {
            End(_bluetoothd);
        }

        End(_daemon);
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for the daemon's address, and does what comes next. All is gone when that fails.</summary>
    protected async Task BeginAsync(Func<Task> next)
    {
        try
        {
            Address = (await ReadLineAsync(_daemon)).Split(',')[0];
            await next();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>bluetoothd, one adapter that is on, and devices.</summary>
    protected async Task StartAllAsync(object[] devices)
    {
        await StartBluetoothdAsync();
        await DoAsync(new { @do = "adapter", powered = true });
        await AddAsync(devices);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _daemon.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static async Task ExpectAsync(Process process, string answer)
    {
        if (await ReadLineAsync(process) is var line && line != answer)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} said '{line}' instead of '{answer}'");
        }
    }

    private static async Task<string> ReadLineAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        if (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            return line;
        }

        string why = await process.StandardError.ReadToEndAsync(patience.Token);
        throw new InvalidOperationException($"{process.StartInfo.FileName} ended: {why}");
    }

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit(Patience);
        process.Dispose();
    }

    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Linux";
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "dbus-daemon"))))
        {
            return "dbus-daemon";
        }

        if (!File.Exists(Python))
        {
            return Python;
        }

        var start = new ProcessStartInfo(Python, ["-c", "import dbus, dbusmock, gi"]) { RedirectStandardError = true };
        using var python = Process.Start(start)!;
        python.StandardError.ReadToEnd();
        return python.WaitForExit(Patience) && python.ExitCode == 0 ? null : "python3-dbusmock";
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = Address;
        return Process.Start(start)!;
    }
}
