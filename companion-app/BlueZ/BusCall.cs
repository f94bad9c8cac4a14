using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>Objects of this program that others on the bus may call.</summary>
/// <param name="Root">All calls to this path and to those below it.</param>
/// <param name="OnCall">
/// Given each on the bus thread: must be quick and must not wait. The answer may come later, from any thread.
/// </param>
public sealed record BusExport(string Root, Action<BusCall> OnCall);

/// <summary>A method of this program that somebody called. It is answered once; a second answer is dropped.</summary>
public sealed class BusCall
{
    private readonly MethodContext _context;
    private int _isAnswered;

    private BusCall(MethodContext context)
    {
        context.DisposesAsynchronously = true;
        _context = context;
        Path = context.Request.PathAsString ?? "";
        Interface = context.Request.InterfaceAsString ?? "";
        Member = context.Request.MemberAsString ?? "";
    }

    /// <summary>Of which object.</summary>
    public string Path { get; }

    /// <summary>Of which interface; empty when the caller named none.</summary>
    public string Interface { get; }

    /// <summary>Which method.</summary>
    public string Member { get; }

    /// <summary>The object or the name that the arguments begin with; null when with neither.</summary>
    public string? Subject { get; private set; }

    /// <summary>The bytes that the arguments begin with; null when with none.</summary>
    public byte[]? Value { get; private set; }

    /// <summary>The options (a{sv}) of a read or a write.</summary>
    public Dictionary<string, VariantValue> Options { get; private set; } = [];

    /// <summary>Answers with values; see <see cref="BusBody"/> for their types.</summary>
    public void Reply(params object[] values) => Answer(context =>
    {
        var writer = context.CreateReplyWriter(BusBody.SignatureOf(values));
        BusBody.Write(ref writer, values);
        context.Reply(writer.CreateMessage());
    });

    /// <summary>Answers with an error.</summary>
    /// <param name="name">Its D-Bus name.</param>
    /// <param name="message">In words.</param>
    public void Fail(string name, string message) => Answer(context => context.ReplyError(name, message));

    /// <summary>There is no such method here.</summary>
    public void FailUnknown() =>
        Fail("org.freedesktop.DBus.Error.UnknownMethod", $"no method {Interface}.{Member} at {Path}");

    private void Answer(Action<MethodContext> answer)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0)
        {
            try
            {
                answer(_context);
            }
            catch (ObjectDisposedException)
            {
                // the connection has ended: too late
            }
            finally
            {
                _context.Dispose();
            }
        }
    }

    /// <summary>
    /// The beginnings of all that bluetoothd calls. The daemon has seen to it that the body is what its signature says.
    /// </summary>
    private void ReadArguments()
    {
        var body = _context.Request.GetBodyReader();
        switch (_context.Request.SignatureAsString)
        {
            case ['o', ..]:
                Subject = body.ReadObjectPathAsString();
                break;
            case ['s', ..]:
                Subject = body.ReadString();
                break;
            case "a{sv}":
                Options = body.ReadDictionaryOfStringToVariantValue();
                break;
            case "aya{sv}":
                Value = body.ReadArrayOfByte();
                Options = body.ReadDictionaryOfStringToVariantValue();
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// Hands the library's calls on. An exception that went through to the library would end the connection.
    /// </summary>
    internal sealed class Handler(BusExport export) : IPathMethodHandler
    {
        public string Path => export.Root;

        public bool HandlesChildPaths => true;

        public ValueTask HandleMethodAsync(MethodContext context)
        {
            var call = new BusCall(context);
            try
            {
                call.ReadArguments();
                export.OnCall(call);
            }
            catch (Exception e)
            {
                call.Fail("org.freedesktop.DBus.Error.Failed", e.Message);
            }

            return ValueTask.CompletedTask;
        }
    }
}
