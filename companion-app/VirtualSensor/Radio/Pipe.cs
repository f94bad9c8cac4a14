using Backstep.VirtualSensor.Processing;

namespace Backstep.VirtualSensor.Radio;

/// <summary>One direction of a link: packets wait in order for a meeting of the radios that goes well.</summary>
internal sealed class Pipe(Timeline timeline, LinkOptions options, Random random, Func<bool> isUp,
    TimeSpan firstMeeting)
{
    private readonly Queue<Action> _packets = new();
    private bool _planned;

    public int Count => _packets.Count;

    public void Send(Action deliver)
    {
        _packets.Enqueue(deliver);
        Plan();
    }

    /// <summary>The link is gone, and with it everything that was not acknowledged.</summary>
    public void Drop() => _packets.Clear();

    private void Plan()
    {
        if (!_planned)
        {
            _planned = true;
            var interval = options.ConnectionInterval.Ticks;
            var meetings = ((timeline.Now - firstMeeting).Ticks / interval) + 1;
            timeline.At(firstMeeting + TimeSpan.FromTicks(meetings * interval), Meet);
        }
    }

    private void Meet()
    {
        _planned = false;
        for (var i = 0; i < options.PacketsPerInterval && isUp() && _packets.Count > 0; i++)
        {
            if (options.PacketErrorRate > 0 && random.NextDouble() < options.PacketErrorRate)
            {
                break;
            }

            _packets.Dequeue()();
        }

        if (_packets.Count > 0)
        {
            Plan();
        }
    }
}
