using System.Net.Sockets;
using System.Text;
using Backstep.Gym.Gateway;
using Microsoft.Extensions.Hosting.Systemd;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>What systemd hears of a gateway, over a real socket.</summary>
public sealed class ServiceNoticeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Ready_when_it_is_signs_while_it_works_and_the_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no systemd here");
        string folder = Directory.CreateTempSubdirectory("notify").FullName;
        string path = Path.Combine(folder, "socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", path);
        var notifier = new SystemdNotifier();
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);
        Assert.True(notifier.IsEnabled);

        bool isReady = false;
        bool isAlive = false;
        using var end = new CancellationTokenSource();
        var notice = new ServiceNotice(notifier, TimeProvider.System, ServiceNotice.WatchdogOf("500000"));
        var run = notice.RunAsync(() => isReady, () => isAlive, end.Token);
        isReady = true;
        Assert.Equal("READY=1", await HearAsync(socket)); // and no sign before it works
        isAlive = true;
        Assert.Equal("WATCHDOG=1", await HearAsync(socket));
        Assert.Equal("WATCHDOG=1", await HearAsync(socket));
        isAlive = false;
        await end.CancelAsync();
        await run;
        string last = await HearAsync(socket);
        while (last == "WATCHDOG=1")
        {
            last = await HearAsync(socket);
        }

        Assert.Equal("STOPPING=1", last);
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData("30000000", 30.0)]
    [InlineData("", null)]
    [InlineData("-1", null)]
    [InlineData("much", null)]
    public void The_watchdogs_time_is_systemds(string told, double? seconds) =>
        Assert.Equal(seconds, ServiceNotice.WatchdogOf(told)?.TotalSeconds);

    private static async Task<string> HearAsync(Socket socket)
    {
        byte[] bytes = new byte[256];
        using var patience = new CancellationTokenSource(Patience);
        int count = await socket.ReceiveAsync(bytes, patience.Token);
        return Encoding.ASCII.GetString(bytes, 0, count);
    }
}
