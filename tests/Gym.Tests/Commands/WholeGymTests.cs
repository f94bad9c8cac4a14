using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Backstep.Companion.Output;
using Backstep.Gait;
using Backstep.Gym.Keeping;
using Backstep.Gym.Messages;
using Backstep.Gym.Tests.Messages;
using Backstep.Walks.Events;

namespace Backstep.Gym.Tests.Commands;

/// <summary>From the shoe to the page, all parts at once; and with parts that are not ours.</summary>
public sealed class WholeGymTests
{
    private static readonly string? Listener = OnPath("mosquitto_sub");
    private static readonly string? Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : OnPath("python3");

    [Fact]
    public async Task Every_belt_of_a_room_walks_on_the_board_and_every_stride_is_stored_once()
    {
        await using var gym = await WholeGym.OpenAsync(belts: 3);
        await gym.UntilAsync("a dozen strides of each clip", async () =>
            (await gym.StoredAsync("sim-001")).Count >= 12 && (await gym.StoredAsync("sim-002")).Count >= 12
            && (await gym.StoredAsync("sim-003")).Count >= 12);
        for (int belt = 1; belt <= 3; belt++)
        {
            var numbers = await gym.StoredAsync($"sim-00{belt}");
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (uint)number), numbers);
        }

        using var http = new HttpClient { BaseAddress = gym.Host.Address };
        using var belts = JsonDocument.Parse(await http.GetStringAsync("api/v1/belts",
            TestContext.Current.CancellationToken));
        Assert.All(belts.RootElement.GetProperty("belts").EnumerateArray(), belt =>
        {
            Assert.Equal("active", belt.GetProperty("state").GetString());
            Assert.True(belt.GetProperty("simulated").GetBoolean(), "nobody walks here, and it is said");
            Assert.InRange(belt.GetProperty("toeFirstPercent").GetInt32(), 80, 100);
        });
        Assert.Contains("gym_strides_total", await http.GetStringAsync("metrics",
            TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_is_not_ours_sees_the_messages_of_the_page()
    {
        Assert.SkipWhen(Listener == null, "needs mosquitto_sub (apt install mosquitto-clients)");
        await using var gym = await WholeGym.OpenAsync(belts: 2, ("looker", GymRole.Reader));
        using var sub = Start(Listener!, "", "-V", "5", "-i", "looker", "-h", "127.0.0.1", "-p",
            gym.Host.Broker.Port.ToString(CultureInfo.InvariantCulture), "-u", "looker", "-P", WholeGym.Password,
            "-t", "backstep/v1/#", "-v", "-W", "25");
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        while (kinds.Count < 4 && await sub.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            is { } line)
        {
            string[] parts = line.Split(' ', 2);
            string kind = parts[0].Split('/')[^1];
            Assert.True(MessagePageTests.IsValid(kind, parts[1]), $"not as its schema says: {line}");
            kinds.Add(kind);
        }

        sub.Kill();
        Assert.Equal(["live", "status", "stored", "strides"], kinds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_gateway_of_seventy_lines_of_Python_feeds_the_board()
    {
        Assert.SkipUnless(HasPaho(), "needs paho-mqtt for Python (apt install python3-paho-mqtt)");
        await using var gym = await WholeGym.OpenAsync(belts: 0, ("bridge", GymRole.Gateway));
        using var script = Start(Python!, WholeGym.Password, "-B",
            Path.Combine(Repository.Root, "companion-app", "samples", "gym-gateway.py"),
            $"127.0.0.1:{gym.Host.Broker.Port}", "gym", "bridge", "my-clip", "--simulated");
        for (uint number = 1; number <= 12; number++)
        {
            var stride = new Stride(number, number * 1500, Direction.Backward, Landing.Toe, Posture.Held, 95, -24, 3,
                number == 1 ? Stride.Missing : 1500, 600, 1000, 15, 300);
            await script.StandardInput.WriteLineAsync(JsonSerializer.Serialize(
                LiveStrideJson.From(number, "Shoe", new StrideReceived(stride, false) { Run = 3 }),
                JsonOutput.Lines.LiveStrideJson));
            await script.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new LiveSessionJson(number, "Shoe",
                "active", (int)number, (int)number, (int)number, 0, 0, 100, 80, 9.5, null, false),
                JsonOutput.Lines.LiveSessionJson));
            await script.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }

        await gym.UntilAsync("twelve strides of a foreign gateway",
            async () => (await gym.StoredAsync("my-clip")).Count == 12);
        await gym.UntilAsync("the belt on the board", () => Task.FromResult(
            gym.Host.Board.Belt(1) is { State: "active", IsSimulated: true, Marks: "TTTTTTTTTTTT" }));
        script.Kill();
    }

    private static Process Start(string file, string password, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true,
            RedirectStandardOutput = true };
        start.Environment["BACKSTEP_BROKER_PASSWORD"] = password;
        return Process.Start(start)!;
    }

    private static bool HasPaho()
    {
        if (Python == null)
        {
            return false;
        }

        using var asks = Process.Start(new ProcessStartInfo(Python, ["-c", "import paho.mqtt.client"])
        { RedirectStandardError = true })!;
        asks.WaitForExit();
        return asks.ExitCode == 0;
    }

    private static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
