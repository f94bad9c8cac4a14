using System.Diagnostics;
using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>
/// One connection to a D-Bus daemon. It adds to the library what that leaves to its user: an end to all waiting, errors
/// by name, a bound on what waits to be sent, and callers that go on elsewhere than on the thread that reads the bus.
/// </summary>
public sealed class BusConnection : IAsyncDisposable
{
    // Signals that the daemon has not taken yet. The library's queue has no end; here, what comes on top is not sent. A
    // sensor sends a few a second.
    private const int MostUntaken = 1024;
    private const int AskAfter = 64;

    // As long as libdbus and sd-bus wait for an answer of the daemon.
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(5);

    // The daemon takes messages in order: when it answers, it has taken all that came before.
    private static readonly BusMethod Ping = new(BlueZNames.Bus, BlueZNames.BusPath, BlueZNames.Bus, "GetId");

    private readonly DBusConnection _bus;
    private long _sent; // signals
    private long _taken; // of these
    private int _isAsking;

    private BusConnection(DBusConnection bus)
    {
        _bus = bus;
        Closed = bus.DisconnectedAsync();
    }

    /// <summary>Ends when the connection has: by <see cref="DisposeAsync"/>, or because the daemon went.</summary>
    public Task Closed { get; }

    /// <summary>Connects.</summary>
    /// <param name="address">D-Bus address, such as unix:path=/run/dbus/system_bus_socket.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="export">What others may call.</param>
    /// <exception cref="BusException">No daemon there, or it refuses.</exception>
    public static async Task<BusConnection> OpenAsync(
        string address, CancellationToken cancellationToken, BusExport? export = null)
    {
        var bus = new DBusConnection(address);
        try
        {
            var connected = OffTheBusThread(bus.ConnectAsync().AsTask());
            await connected.WaitAsync(OpenPatience, cancellationToken).ConfigureAwait(false);
            if (export != null)
            {
                bus.AddMethodHandler(new BusCall.Handler(export));
            }

            return new BusConnection(bus);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            bus.Dispose();
            throw;
        }
        catch (Exception e)
        {
            bus.Dispose();
            string why = e is TimeoutException ? "the D-Bus daemon does not answer" : e.Message;
            throw new BusException(BusException.OnThisSide, why);
        }
    }

    /// <summary>Calls a method, whatever it answers.</summary>
    /// <exception cref="BusException">It failed, or no reply came in time.</exception>
    public Task CallAsync(
        BusMethod method, TimeSpan timeout, CancellationToken cancellationToken, params object[] arguments) =>
        CallAsync(method, timeout, BusBody.Nothing, cancellationToken, arguments);

    /// <summary>Calls a method.</summary>
    /// <param name="method">Which.</param>
    /// <param name="timeout">How long a reply may take.</param>
    /// <param name="read">Given the reply on the bus thread, before any signal that came after it.</param>
    /// <param name="cancellationToken">Gives up; the other side is not told.</param>
    /// <param name="arguments">See <see cref="BusBody"/>.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="BusException">It failed, or no reply came in time.</exception>
    public async Task<T> CallAsync<T>(
        BusMethod method,
        TimeSpan timeout,
        Func<Message, T> read,
        CancellationToken cancellationToken,
        params object[] arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var writer = _bus.GetMessageWriter();
            string? signature = BusBody.SignatureOf(arguments);
            writer.WriteMethodCallHeader(method.Service, method.Path, method.Interface, method.Member, signature);
            BusBody.Write(ref writer, arguments);
            var reply = _bus.CallMethodAsync(writer.CreateMessage(), (message, _) => read(message));
            return await OffTheBusThread(reply).WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DBusExceptionBase or ObjectDisposedException or TimeoutException)
        {
            throw Translate(e);
        }
    }

    /// <summary>Listens until the connection ends.</summary>
    /// <param name="rule">Which signals.</param>
    /// <param name="onSignal">Given each on the bus thread: must be quick and must not wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">The daemon does not want it.</exception>
    public async Task ListenAsync(MatchRule rule, Action<Message> onSignal, CancellationToken cancellationToken)
    {
        try
        {
            var added = _bus.AddMatchAsync(rule, Read, (Notification<bool> _) => { }, emitOnCapturedContext: false);
            await OffTheBusThread(added.AsTask()).WaitAsync(OpenPatience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DBusExceptionBase or ObjectDisposedException or TimeoutException)
        {
            throw Translate(e);
        }

        // An exception that went through to the library would end the connection.
        bool Read(Message message, object? state)
        {
            try
            {
                onSignal(message);
                return true;
            }
            catch (Exception e)
            {
                Trace.TraceWarning($"a D-Bus signal could not be read: {e.Message}");
                return false;
            }
        }
    }

    /// <summary>
    /// Tells everyone who listens. Nothing happens when the connection has ended, or when the daemon is far behind with
    /// what was sent before.
    /// </summary>
    public void Emit(string path, string contract, string member, params object[] arguments)
    {
        long untaken = Interlocked.Increment(ref _sent) - Interlocked.Read(ref _taken);
        if (untaken > MostUntaken)
        {
            Interlocked.Decrement(ref _sent);
            return;
        }

        var writer = _bus.GetMessageWriter();
        writer.WriteSignalHeader(null, path, contract, member, BusBody.SignatureOf(arguments));
        BusBody.Write(ref writer, arguments);
        try
        {
            _bus.TrySendMessage(writer.CreateMessage());
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        if (untaken >= AskAfter && Interlocked.Exchange(ref _isAsking, 1) == 0)
        {
            _ = AskAsync(Interlocked.Read(ref _sent));
        }
    }

    /// <summary>Ends it when the daemon has taken all that was sent, or does not answer any more.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CallAsync(Ping, FarewellPatience, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BusException)
        {
        }

        _bus.Dispose();
    }

    private async Task AskAsync(long sent)
    {
        try
        {
            await CallAsync(Ping, Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
            Interlocked.Exchange(ref _taken, sent);
        }
        catch (BusException)
        {
            // there is nobody left to send to
        }
        finally
        {
            Interlocked.Exchange(ref _isAsking, 0);
        }
    }

    // The library ends its tasks on the thread that reads the bus, and goes on there with whoever waits for them.
    private static Task<T> OffTheBusThread<T>(Task<T> task) =>
        task.ContinueWith(done => done, CancellationToken.None, default, TaskScheduler.Default).Unwrap();

    private static Task OffTheBusThread(Task task) =>
        task.ContinueWith(done => done, CancellationToken.None, default, TaskScheduler.Default).Unwrap();

    private static BusException Translate(Exception error) => error switch
    {
        DBusErrorReplyException e => new(e.ErrorName, e.ErrorMessage),
        TimeoutException => new(BusException.NoReply, "no answer came in time"),
        DBusConnectionException or ObjectDisposedException => BusException.Gone(),
        _ => new(BusException.OnThisSide, error.Message),
    };
}

/// <summary>Which method of which object.</summary>
public sealed record BusMethod(string Service, string Path, string Interface, string Member);
