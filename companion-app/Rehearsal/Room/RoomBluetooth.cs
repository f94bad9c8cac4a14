using Backstep.Link;

namespace Backstep.Rehearsal.Room;

/// <summary>The air of a simulated room in this process.</summary>
internal sealed class RoomBluetooth(SimulatedRoom room, TimeProvider time) : IBluetooth
{
    // Ours: a clip advertises several times a second; who scans hears of each about as often as an adapter tells.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var clip in room.Clips)
            {
                if (clip.AdvertisedName is { } name)
                {
                    onSeen(new SensorSighting(name, clip.Address, null, null, false));
                }
            }

            await Task.Delay(Again, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public ISensorLink LinkTo(SensorSighting sensor) =>
        new RoomLink(room.Clips.First(clip => clip.Address == sensor.Address), time);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
