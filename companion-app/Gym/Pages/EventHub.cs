using System.Text;
using System.Text.Json;
using Backstep.Gym.Board;

namespace Backstep.Gym.Pages;

/// <summary>
/// What the streams send: of each belt the latest state, in each language, as bytes that all readers share. A reader is
/// one number, up to which it has seen: there is no queue that could grow.
/// </summary>
public sealed class EventHub(BoardModel model, PagesOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly string _instance = RoomDesk.Secret(8);
    private readonly Dictionary<int, BeltFrame> _belts = [];
    private BeltFrame _room = new(0, 0, [[], []]);
    private int[] _numbers = [];
    private byte[] _tick = [];
    private TaskCompletionSource _news = New();
    private long _sequence;
    private int _streams;

    /// <summary>What identifies this run of the server in event ids.</summary>
    public string Instance => _instance;

    /// <summary>Streams that are open.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Takes a place for a stream; false when all are taken.</summary>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref _streams) <= options.MostStreams)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Gives it back.</summary>
    internal void Leave() => Interlocked.Decrement(ref _streams);

    /// <summary>Looks at all belts, and wakes the readers when one has changed. Called a few times a second: more often
    /// no belt is told.</summary>
    public void Pulse()
    {
        model.Tick();
        var belts = model.Belts();
        TaskCompletionSource? woken = null;
        lock (_gate)
        {
            long before = _sequence;
            foreach (var belt in belts)
            {
                if (_belts.GetValueOrDefault(belt.View.Number)?.Version != belt.Version)
                {
                    _belts[belt.View.Number] = Frame(belt, ++_sequence);
                }
            }

            int[] numbers = [.. belts.Select(belt => belt.View.Number)];
            if (_room.Sequence == 0 || !numbers.AsSpan().SequenceEqual(_numbers))
            {
                foreach (int gone in _numbers.Except(numbers))
                {
                    _belts.Remove(gone);
                }

                _numbers = numbers;
                byte[] room = Event("room", ++_sequence, JsonSerializer.Serialize(new RoomEventJson(numbers),
                    PagesJson.Default.RoomEventJson));
                _room = new BeltFrame(_sequence, 0, [.. Texts.Languages.Select(_ => room)]);
            }

            if (_sequence != before)
            {
                (woken, _news) = (_news, New());
            }
        }

        woken?.TrySetResult();
    }

    /// <summary>Tells all readers that the server is there. Called once a second.</summary>
    public void Tick()
    {
        var silent = model.Silent().ToDictionary(
            one => one.Belt.ToString(System.Globalization.CultureInfo.InvariantCulture), one => one.Seconds,
            StringComparer.Ordinal);
        string json = JsonSerializer.Serialize(new TickEventJson(time.GetUtcNow(), silent),
            PagesJson.Default.TickEventJson);
        TaskCompletionSource woken;
        lock (_gate)
        {
            _tick = Encoding.UTF8.GetBytes($"event: tick\ndata: {json}\n\n");
            (woken, _news) = (_news, New());
        }

        woken.TrySetResult();
    }

    /// <summary>Up to where a reader has seen who comes back with the id of the last event that it got; from the
    /// beginning when that is none of ours.</summary>
    internal long Since(string? lastEventId)
    {
        string[] parts = (lastEventId ?? "").Split('.');
        return parts.Length == 2 && parts[0] == _instance && long.TryParse(parts[1],
            System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long seen)
            ? seen : 0;
    }

    /// <summary>What a reader has not seen, in order; and what to wait for when that is sent.</summary>
    /// <param name="since">Up to where it has seen.</param>
    /// <param name="language">Index into <see cref="Texts.Languages"/>.</param>
    /// <param name="belt">The one belt that it wants; null for all.</param>
    internal HubNews NewsSince(long since, int language, int? belt)
    {
        lock (_gate)
        {
            var frames = _belts.Where(one => belt == null || one.Key == belt).Select(one => one.Value)
                .Append(_room).Where(frame => frame.Sequence > since).OrderBy(frame => frame.Sequence);
            return new HubNews([.. frames.Select(frame => frame.Languages[language])], _sequence, _tick, _news.Task);
        }
    }

    private BeltFrame Frame(BeltState belt, long sequence) => new(sequence, belt.Version,
    [
        .. Texts.Languages.Select(texts => Event("belt", sequence, JsonSerializer.Serialize(
            BeltJson.From(belt.View, texts, model.Options), PagesJson.Default.BeltJson))),
    ]);

    private byte[] Event(string name, long sequence, string json) => Encoding.UTF8.GetBytes(
        string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"id: {_instance}.{sequence}\nevent: {name}\ndata: {json}\n\n"));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record BeltFrame(long Sequence, long Version, byte[][] Languages);
}

/// <summary>What a reader has not seen.</summary>
/// <param name="Frames">Events, in order.</param>
/// <param name="Sequence">Up to where it has seen with them.</param>
/// <param name="Tick">The last tick.</param>
/// <param name="Next">Done when there is more.</param>
internal sealed record HubNews(IReadOnlyList<byte[]> Frames, long Sequence, byte[] Tick, Task Next);
