using Backstep.Protocol;
using Backstep.Sensor.Board;
using Backstep.Sensor.Owner;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;

namespace Backstep.Cost.Tests;

/// <summary>
/// The program where the managed heap gives out: at each single point at which its code makes an object or enters a
/// library that may. On the device an exception that nobody catches ends Main, or the event thread, without a word.
/// </summary>
[Collection("one counting world")]
public sealed class OutOfMemoryTests : IDisposable
{
    private const double BootSeconds = 0.6;
    private const double TrySeconds = (MemoryFault.ShownMilliseconds / 1000) + 1;

    // Finding the board, opening the controller and the pin, darkening it: what fails there cannot be shown by the
    // light.
    private const int PointsOfTheLight = 20;

    private readonly TextWriter _console = Console.Out;
    private readonly StringWriter _log = new();

    public OutOfMemoryTests() => Console.SetOut(TextWriter.Synchronized(_log));

    private static CountedCode Code => BudgetTests.Code;

    public void Dispose()
    {
        Code.Allocating = null;
        Console.SetOut(_console);
        _log.Dispose();
    }

    [Fact]
    public void At_every_point_of_the_start_it_tells_by_the_light_and_starts_again()
    {
        int points = CountPoints(_ => { });
        Assert.InRange(points, 300, 3000);
        int told = 0;
        for (int point = 1; point <= points; point++)
        {
            int made = 0;
            Code.Allocating = () => FailAt(ref made, point);
            using var device = Still();
            List<bool> light = [];
            device.Advance(TimeSpan.FromSeconds(BootSeconds));
            Watch(device, light, 4);
            bool isTold = Cycle(LedSignal.MemoryFault).Any(cycle => Contains(light, cycle));
            device.Advance(TimeSpan.FromSeconds(TrySeconds));

            string state = $"point {point} of {points}: {device.Boots} starts, told: {isTold}, {device.Fault}";
            Assert.True(device.Fault is null, state);
            Assert.True(device.Radio.Advertisement is not null, state);
            told += isTold ? 1 : 0;
            Assert.True(isTold || device.Boots == 1 || point <= PointsOfTheLight, state);
        }

        // All but what is mended on the spot (the chip's binding is tried again) and the light's own first objects.
        Assert.True(told > points * 8 / 10, $"{told} of {points} told");
    }

    [Fact]
    public void A_heap_that_is_too_small_at_every_start_is_told_again_and_again()
    {
        int points = CountPoints(_ => { });
        foreach (int point in new[] { points / 4, points / 2, points - 20 })
        {
            VirtualDevice? running = null;
            var (boots, made) = (0, 0);
            Code.Allocating = () =>
            {
                made = running?.Boots == boots ? made : 0;
                boots = running?.Boots ?? boots;
                FailAt(ref made, point);
            };
            using var device = running = Still();
            device.Advance(TimeSpan.FromSeconds(5 * TrySeconds));

            Assert.Null(device.Fault);
            Assert.InRange(device.Boots, 5, 6);
            Assert.Null(device.Radio.Advertisement);
            Assert.Contains("At least 128 KB", _log.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void While_a_central_talks_no_point_ends_a_thread_or_the_program()
    {
        int points = CountPoints(Talk);
        Assert.InRange(points, 100, 5000);
        for (int point = 1; point <= points; point += 3)
        {
            int made = int.MinValue;
            Code.Allocating = () => FailAt(ref made, point);
            using var device = Still();
            device.Advance(TimeSpan.FromSeconds(2));
            made = 0;
            Talk(device);
            made = int.MinValue;

            Assert.True(device.Fault is null, $"point {point} of {points}: {device.Fault}");
            Assert.False(device.Radio.IsWedged);
            Assert.True(Hears(device), $"point {point} of {points}: nothing is told any more");
        }
    }

    [Fact]
    public void Without_memory_for_ten_seconds_a_running_program_starts_again()
    {
        bool isEmpty = false;
        Code.Allocating = () =>
        {
            if (isEmpty)
            {
                throw NoMemory();
            }
        };
        using var device = Still();
        device.Advance(TimeSpan.FromSeconds(3));
        isEmpty = true;
        device.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, device.Boots);
        device.Advance(TimeSpan.FromSeconds(18));
        isEmpty = false;
        device.Advance(TimeSpan.FromSeconds(TrySeconds));

        Assert.Null(device.Fault);
        Assert.Equal(2, device.Boots);
        Assert.NotNull(device.Radio.Advertisement);

        // Nobody switched it on: the two minutes in which anybody may pair do not begin anew.
        var stranger = device.Radio.Connect(0xBAD);
        stranger.Encrypt(true, Passkey.Factory);
        device.Advance(TimeSpan.FromSeconds(1));
        Assert.Throws<GattException>(() => stranger.Write(
            Uuids.Backstep, Uuids.Control, [(byte)ControlOperation.Start]));
    }

    private static VirtualDevice Still() =>
        WholeProgram.Device(Code, new Walker([new Stand(120)]), new VirtualDeviceOptions());

    // The device's runtime throws it where an allocation fails; here the test plays the runtime.
#pragma warning disable CA2201
    private static OutOfMemoryException NoMemory() => new();
#pragma warning restore CA2201

    private static void FailAt(ref int made, int point)
    {
        if (++made == point)
        {
            throw NoMemory();
        }
    }

    // From the first line of the program to its first sleep, or what happens afterwards.
    private static int CountPoints(Action<VirtualDevice> afterwards)
    {
        int made = 0;
        Code.Allocating = () => made++;
        using var device = Still();
        device.Advance(TimeSpan.FromSeconds(BootSeconds));
        int atStart = made;
        device.Advance(TimeSpan.FromSeconds(2 - BootSeconds));
        made = 0;
        afterwards(device);
        Code.Allocating = null;
        return made == 0 ? atStart : made;
    }

    // A central is turned away here and there; that is its own affair.
    private static void Talk(VirtualDevice device)
    {
        VirtualCentral? central = null;
        void Try(Action<VirtualCentral> act)
        {
            try
            {
                central ??= device.Radio.Connect();
                act(central);
            }
            catch (Exception refused)
                when (refused is GattException or LinkLostException or PairingException or TimeoutException)
            {
            }
        }

        Try(c => c.ExchangeMtu(247));
        Try(c => c.Encrypt(authenticated: true, Passkey.Factory));
        foreach (var (service, characteristic, properties) in central!.Characteristics)
        {
            Try(c => _ = (properties & 0x02) == 0 ? [] : c.Read(service, characteristic));
            Try(c => _ = (properties & 0x30) == 0 ? null : c.Subscribe(service, characteristic, _ => { }));
            Try(c => Do(properties, c, service, characteristic));
        }

        device.Advance(TimeSpan.FromSeconds(2.5));
        Try(c => c.Disconnect());
        device.Advance(TimeSpan.FromSeconds(1));
    }

    private static void Do(uint properties, VirtualCentral central, Guid service, Guid characteristic)
    {
        if ((properties & 0x08) != 0)
        {
            central.Write(service, characteristic, [(byte)ControlOperation.Start]);
        }
    }

    private static bool Hears(VirtualDevice device)
    {
        int heard = 0;
        WholeProgram.Connect(device, _ => heard++);
        device.Advance(TimeSpan.FromSeconds(4));
        return heard > 0;
    }

    private static void Watch(VirtualDevice device, List<bool> light, int seconds)
    {
        for (int i = 0; i < seconds * 10; i++)
        {
            device.Advance(TimeSpan.FromSeconds(0.1));
            light.Add(device.Pins.Led);
        }
    }

    // All turns of a cycle: nobody knows with which place of it the watching began.
    private static IEnumerable<bool[]> Cycle(LedSignal signal)
    {
        bool[] cycle = [.. Enumerable.Range(0, 20).Select(n => ((int)signal >> n & 1) != 0)];
        return Enumerable.Range(0, 20).Select(first => cycle[first..].Concat(cycle[..first]).ToArray());
    }

    private static bool Contains(List<bool> light, bool[] cycle) =>
        Enumerable.Range(0, light.Count - cycle.Length)
            .Any(at => light.Skip(at).Take(cycle.Length).SequenceEqual(cycle));
}
