using Backstep.Gym.Gateway;
using Backstep.Gym.Messages;

namespace Backstep.Gym.Tests.Gateway;

/// <summary>What a server does with what comes, in a few lines: stores by key, fills sessions in, confirms; and, where
/// it is told so, forgets to, is late, says it twice, refuses, or gets it twice.</summary>
internal sealed class ModelServer(Random random, bool isFaulty)
{
    private readonly Dictionary<long, byte[]> _payloads = [];
    private readonly Queue<long> _late = new();

    /// <summary>Strides by their key, with the session as far as it was told.</summary>
    public Dictionary<(string Flash, int Run, uint Number), (StrideLine Line, int? Session)> Strides { get; } = [];

    /// <summary>Sessions; the last word of each.</summary>
    public Dictionary<(string Flash, int Run, int Session), ClipSession> Sessions { get; } = [];

    /// <summary>Messages that came, doubles included.</summary>
    public int Messages { get; private set; }

    /// <summary>Refuses what this says true for.</summary>
    public Func<long, bool> Refuses { get; set; } = _ => false;

    /// <summary>Takes what was sent.</summary>
    /// <returns>What it says of it.</returns>
    public StoredBatches Take(string outbox, IEnumerable<WaitingBatch> sent)
    {
        var stored = new List<long>();
        var refused = new List<RefusedBatch>();
        foreach (var batch in sent)
        {
            Messages++;
            if (_payloads.TryGetValue(batch.Batch, out byte[]? before))
            {
                Assert.Equal(before, batch.Payload); // the same to the byte
            }

            _payloads[batch.Batch] = batch.Payload;
            if (isFaulty && random.Next(10) == 0)
            {
                continue; // lost on its way
            }

            if (Refuses(batch.Batch))
            {
                refused.Add(new RefusedBatch(batch.Batch, "a test refuses it"));
                continue;
            }

            Store(batch);
            if (isFaulty && random.Next(4) == 0)
            {
                _late.Enqueue(batch.Batch);
            }
            else if (!isFaulty || random.Next(6) > 0)
            {
                stored.Add(batch.Batch);
            }
        }

        while (_late.Count > 0 && random.Next(3) == 0)
        {
            stored.Add(_late.Dequeue());
        }

        return new StoredBatches(outbox, [.. stored, .. isFaulty ? stored.Take(2) : []], refused);
    }

    private void Store(WaitingBatch batch)
    {
        if (batch.IsSession)
        {
            var session = GymMessage.Read(batch.Payload, MessageJson.Default.ClipSession, out string problem);
            Assert.Equal("", problem);
            Assert.Equal(batch.Batch, session!.Batch);
            var key = (session.Flash, session.Run, session.Session);
            if (!Sessions.TryGetValue(key, out var before) || before.Batch <= session.Batch)
            {
                Sessions[key] = session; // the later word, in whatever order they come
            }

            return;
        }

        var strides = GymMessage.Read(batch.Payload, MessageJson.Default.StrideBatch, out string why);
        Assert.Equal("", why);
        Assert.InRange(strides!.Strides.Count, 1, StrideBatch.MostStrides);
        foreach (var line in strides.Strides)
        {
            var name = (strides.Flash, strides.Run, line.Number);
            if (Strides.TryGetValue(name, out var known))
            {
                Assert.Equal(known.Line.ToStride().ContactMilliseconds, line.ContactMilliseconds);
                Assert.True(known.Session == null || strides.Session == null || known.Session == strides.Session,
                    $"stride {name} was said to be of session {known.Session}, and now of {strides.Session}");
                Strides[name] = (known.Line, known.Session ?? strides.Session);
            }
            else
            {
                Strides[name] = (line, strides.Session);
            }
        }
    }
}
