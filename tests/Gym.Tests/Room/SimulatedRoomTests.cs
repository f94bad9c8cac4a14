using Backstep.Gym.Tests.Support;
using Backstep.Link;
using Backstep.Rehearsal.Room;
using Backstep.Walks.Events;

namespace Backstep.Gym.Tests.Room;

/// <summary>Clips of a simulated room, in this process and through a socket; thirty times as fast.</summary>
public sealed class SimulatedRoomTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FasterTime _time = new(30);
    private readonly CancellationTokenSource _end = new();

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_stride_comes_once_over_a_link_that_is_cut(bool throughSocket)
    {
        using var room = new SimulatedRoom(2, seed: 1, _time, ["backward"]);
        using var door = new RoomServer(room, 0, _time);
        var serves = door.RunAsync(_end.Token);
        var walks = room.RunAsync(_end.Token);
        await using var air = throughSocket ? new RemoteRoom("127.0.0.1", door.Address.Port, _time) : room.Air();
        var seen = new TaskCompletionSource<SensorSighting>();
        using var found = new CancellationTokenSource();
        var search = air.SearchAsync(one =>
        {
            if (one.Address == "sim-002")
            {
                seen.TrySetResult(one);
            }
        }, found.Token);
        var sighting = await seen.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await found.CancelAsync();
        await search;
        Assert.Equal("Clip 2", sighting.Name);

        var strides = new List<uint>();
        await using (var sensor = new FollowedSensor(air, sighting, _time))
        {
            sensor.Received += received =>
            {
                if (received is StrideReceived stride)
                {
                    strides.Add(stride.Stride.Sequence);
                }
            };
            await sensor.ConnectAsync(_end.Token);
            await PumpAsync(sensor, () => strides.Count >= 10);
            room.Clips[1].InRange = false;
            await PumpAsync(sensor, () => !sensor.IsComplete);
            room.Clips[1].InRange = true;
            await PumpAsync(sensor, () => sensor.IsComplete && strides.Count >= 40);
        }

        // Where this machine has no time for the test, ten of the fast seconds pass before the log is there, and live
        // strides no longer wait for those before them.
        Assert.Equal(Enumerable.Range(1, strides.Count).Select(number => (uint)number), strides.Order());
        double asked = room.Clips[1].Elapsed.TotalSeconds;
        var told = await RoomTruth.AskAsync(room, _time, _end.Token);
        Assert.True(told.Clips[1].LastStride >= strides.Count, "the clip has counted what it told");
        var walked = told.Clips[1].ContactSeconds;
        Assert.InRange(told.Clips[1].LastStride, walked.Count(contact => contact <= asked) - 3L, walked.Count);
        Assert.Equal(told.ToJson(), RoomTruth.FromJson(told.ToJson()).ToJson());
        Assert.False(walks.IsFaulted || serves.IsFaulted);
    }

    [Fact]
    public async Task A_room_that_closes_is_a_link_that_is_lost_and_a_search_that_says_why()
    {
        using var room = new SimulatedRoom(1, seed: 1, _time, ["backward"]);
        var door = new RoomServer(room, 0, _time);
        using var close = new CancellationTokenSource();
        var serves = door.RunAsync(close.Token);
        _ = room.RunAsync(_end.Token);
        await using var air = new RemoteRoom("127.0.0.1", door.Address.Port, _time);
        var lost = false;
        await using var sensor = new FollowedSensor(air, new SensorSighting("Clip 1", "sim-001", null, null, false),
            _time);
        sensor.Received += received => lost |= received is LinkChanged { IsLoss: true };
        await sensor.ConnectAsync(_end.Token);
        await close.CancelAsync();
        door.Dispose();
        await serves;
        await PumpAsync(sensor, () => lost);
        var closed = await Assert.ThrowsAsync<BluetoothUnavailableException>(() =>
            air.SearchAsync(_ => { }, _end.Token));
        Assert.Contains("backstep-gym room", closed.Message, StringComparison.Ordinal);
    }

    private static async Task PumpAsync(FollowedSensor sensor, Func<bool> done)
    {
        using var enough = new CancellationTokenSource(Patience);
        while (!done())
        {
            await sensor.PumpAsync(TimeSpan.FromMilliseconds(100), enough.Token);
        }
    }
}
