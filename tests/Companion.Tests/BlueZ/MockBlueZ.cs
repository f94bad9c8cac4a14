using Backstep.Link.BlueZ;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>A mock bus for a test, which is skipped where one cannot be had.</summary>
public sealed class MockBlueZ : MockBus
{
    private MockBlueZ()
    {
    }

    /// <summary>A bus without bluetoothd.</summary>
    public static Task<MockBlueZ> StartBusAsync() => StartAsync(_ => Task.CompletedTask);

    /// <summary>A bus with bluetoothd, one adapter that is on, and devices.</summary>
    public static Task<MockBlueZ> StartAsync(params object[] devices) =>
        StartAsync(mock => mock.StartAllAsync(devices));

    public Task<BlueZCentral> OpenAsync(BlueZPatience? patience = null) =>
        BlueZCentral.OpenAsync(Address, patience ?? BlueZPatience.Usual, TestContext.Current.CancellationToken);

    private static async Task<MockBlueZ> StartAsync(Func<MockBlueZ, Task> next)
    {
        Assert.SkipWhen(
            Missing != null,
            $"a mock bus needs {Missing}: apt install dbus python3-dbus python3-gi python3-dbusmock");
        var mock = new MockBlueZ();
        await mock.BeginAsync(() => next(mock));
        return mock;
    }
}
