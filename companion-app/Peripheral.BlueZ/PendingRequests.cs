using Backstep.BlueZ;
using Backstep.NanoHost;
using Backstep.VirtualSensor.Radio;

namespace Backstep.Peripheral.BlueZ;

/// <summary>What a central has asked and the firmware has not answered yet, by the numbers that the firmware knows it
/// by.</summary>
internal sealed class PendingRequests(TimeProvider time)
{
    private readonly Dictionary<ushort, Request> _requests = [];
    private ushort _last;

    /// <summary>Notes one; returns its number.</summary>
    /// <param name="call">The call that waits.</param>
    /// <param name="written">What it writes; null when it reads.</param>
    /// <param name="offset">From where on it reads.</param>
    public ushort Add(BusCall call, byte[]? written, int offset)
    {
        _requests[++_last] = new Request(call, written, offset, time.GetTimestamp());
        return _last;
    }

    /// <summary>What one writes.</summary>
    public byte[] Written(ushort id) => _requests.GetValueOrDefault(id)?.Written ?? [];

    /// <summary>The firmware answers one that reads.</summary>
    public void AnswerRead(ushort id, byte[] value, byte attError) => Answer(id, attError, request =>
    {
        if (request.Offset > value.Length)
        {
            return GattErrors.InvalidOffset;
        }

        request.Call.Reply(value[request.Offset..]);
        return 0;
    });

    /// <summary>The firmware answers one that writes.</summary>
    public void AnswerWrite(ushort id, byte attError) => Answer(id, attError, request =>
    {
        request.Call.Reply();
        return 0;
    });

    /// <summary>Refuses those that the firmware has not answered for as long as the library's native code
    /// waits.</summary>
    public void Expire()
    {
        foreach (var (id, request) in _requests.ToArray())
        {
            if (time.GetElapsedTime(request.Since) > VirtualRadio.AnswerTimeout)
            {
                _requests.Remove(id);
                AttAnswer.Refuse(request.Call, GattErrors.Unlikely);
            }
        }
    }

    /// <summary>Refuses all.</summary>
    public void RefuseAll()
    {
        foreach (var request in _requests.Values)
        {
            AttAnswer.Refuse(request.Call, GattErrors.Unlikely);
        }

        Clear();
    }

    /// <summary>Forgets all: nobody is there any more.</summary>
    public void Clear() => _requests.Clear();

    private void Answer(ushort id, byte attError, Func<Request, byte> reply)
    {
        if (_requests.Remove(id, out var request) && (attError != 0 ? attError : reply(request)) is not 0 and var error)
        {
            AttAnswer.Refuse(request.Call, error);
        }
    }

    private sealed record Request(BusCall Call, byte[]? Written, int Offset, long Since);
}
