using System.Diagnostics;
using System.Text.Json;
using Backstep.BlueZ;
using Backstep.Link.BlueZ;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>A D-Bus daemon of the test's own and, on it, a bluetoothd (python3-dbusmock) that does what the test says. Skips the test where these are not installed.</summary>
public sealed class MockBlueZ : IAsyncDisposable
{
    private const string Python = "/usr/bin/python3"; // the distribution's, for the distribution's packages

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private readonly TemporaryFolder _folder = new();
    private readonly Process _daemon;
    private Process? _bluetoothd;

    private MockBlueZ()
    {
        string config = _folder.Write("bus.conf", $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path={_folder["bus"]}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
            </busconfig>
            """);
        _daemon = Start("dbus-daemon", $"--config-file={config}", "--nofork", "--nopidfile", "--nosyslog", "--print-address");
    }

    /// <summary>The bus.</summary>
    public string Address { get; private set; } = "";

    /// <summary>A bus without bluetoothd.</summary>
    public static async Task<MockBlueZ> StartBusAsync()
    {
        Assert.SkipWhen(Missing.Value != null, $"Bluetooth tests over a mock bus need {Missing.Value}: apt install dbus python3-dbus python3-gi python3-dbusmock");
        var mock = new MockBlueZ();
        try
        {
            mock.Address = (await ReadLineAsync(mock._daemon)).Split(',')[0];
            return mock;
        }
        catch
        {
            await mock.DisposeAsync();
            throw;
        }
    }

    /// <summary>A bus with bluetoothd, one adapter that is on, and devices.</summary>
    public static async Task<MockBlueZ> StartAsync(params object[] devices)
    {
        var mock = await StartBusAsync();
        try
        {
            await mock.StartBluetoothdAsync();
            await mock.DoAsync(new { @do = "adapter", powered = true });
            await mock.AddAsync(devices);
            return mock;
        }
        catch
        {
            await mock.DisposeAsync();
            throw;
        }
    }

    public async Task StartBluetoothdAsync()
    {
        _bluetoothd = Start(Python, Path.Combine(AppContext.BaseDirectory, "BlueZ", "mock-bluez.py"));
        Assert.Equal("ready", await ReadLineAsync(_bluetoothd));
    }

    public void KillBluetoothd()
    {
        End(_bluetoothd!);
        _bluetoothd = null;
    }

    public Task AddAsync(params object[] devices) => DoAsync(new { @do = "devices", devices });

    /// <summary>Has the mock do something; done when it is done.</summary>
    public async Task DoAsync(object order)
    {
        await _bluetoothd!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order));
        await _bluetoothd.StandardInput.FlushAsync();
        Assert.Equal("ok", await ReadLineAsync(_bluetoothd));
    }

    public Task<BlueZCentral> OpenAsync(BlueZPatience? patience = null) =>
        BlueZCentral.OpenAsync(Address, patience ?? BlueZPatience.Usual, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        if (_bluetoothd != null)
        {
            End(_bluetoothd);
        }

        End(_daemon);
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> ReadLineAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException($"{process.StartInfo.FileName} ended: {await process.StandardError.ReadToEndAsync(patience.Token)}");
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

        if (!BusConnection.IsLibraryAvailable)
        {
            return "libsystemd.so.0";
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

        using var python = Process.Start(new ProcessStartInfo(Python, ["-c", "import dbus, dbusmock, gi"]) { RedirectStandardError = true })!;
        python.StandardError.ReadToEnd();
        return python.WaitForExit(Patience) && python.ExitCode == 0 ? null : "python3-dbusmock";
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = Address;
        return Process.Start(start)!;
    }
}
