namespace Backstep.BlueZ;

/// <summary>Objects of this program that others on the bus may call.</summary>
/// <param name="Root">All calls to this path and to those below it.</param>
/// <param name="OnCall">Given each on the bus thread: must be quick and must not wait. The answer may come later, from any thread.</param>
public sealed record BusExport(string Root, Action<BusCall> OnCall);

/// <summary>A method of this program that somebody called. It is answered once; a second answer is dropped.</summary>
public sealed class BusCall
{
    private readonly BusConnection _connection;
    private int _isAnswered;

    internal BusCall(BusConnection connection, nint message)
    {
        _connection = connection;
        Path = SdBus.Text(SdBus.GetPath(message));
        Interface = SdBus.Text(SdBus.GetInterface(message));
        Member = SdBus.Text(SdBus.GetMember(message));
        Arguments = BusMessage.ReadBody(message);
        Message = SdBus.MessageRef(message); // last: what throws before leaves nothing behind
    }

    /// <summary>Of which object.</summary>
    public string Path { get; }

    /// <summary>Of which interface; empty when the caller named none.</summary>
    public string Interface { get; }

    /// <summary>Which method.</summary>
    public string Member { get; }

    /// <summary>The body, of whatever types.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>The library's message. Of the bus thread.</summary>
    internal nint Message { get; }

    /// <summary>Answers with values; see <see cref="BusMessage.Append"/> for their types.</summary>
    public void Reply(params object[] values)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0)
        {
            _connection.Answer(this, values);
        }
    }

    /// <summary>Answers with an error.</summary>
    /// <param name="name">Its D-Bus name.</param>
    /// <param name="message">In words.</param>
    public void Fail(string name, string message)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0)
        {
            _connection.Refuse(this, name, message);
        }
    }

    /// <summary>There is no such method here.</summary>
    public void FailUnknown() => Fail("org.freedesktop.DBus.Error.UnknownMethod", $"no method {Interface}.{Member} at {Path}");
}
