using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Backstep.BlueZ;

/// <summary>One connection to a D-Bus daemon. A thread of its own owns it; calls come in from anywhere and end as tasks, never on that thread.</summary>
public sealed class BusConnection : IDisposable
{
    private const short PollIn = 1;

    private readonly string _address;
    private readonly IReadOnlyList<string> _matches;
    private readonly Action<BusSignal> _onSignal;
    private readonly BusExport? _export;
    private readonly SafeFileHandle _waker = SdBus.NewWaker();
    private readonly ConcurrentQueue<Action<BusHandle>> _requests = new();
    private readonly HashSet<PendingCall> _pending = []; // of the bus thread
    private readonly HashSet<BusCall> _calls = []; // of others, not answered yet; of the bus thread
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private volatile bool _stop;
    private bool _isClosed; // under _gate, so that no request is left in the queue for ever

    private BusConnection(string address, IReadOnlyList<string> matches, Action<BusSignal> onSignal, BusExport? export)
    {
        _export = export;
        _address = address;
        _matches = matches;
        _onSignal = onSignal;
        _thread = new Thread(Run) { IsBackground = true, Name = "D-Bus" };
    }

    /// <summary>Ends when the connection has: by <see cref="Dispose"/>, or because the daemon went.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Whether this computer has what a connection needs.</summary>
    public static bool IsLibraryAvailable => SdBus.IsAvailable();

    /// <summary>Connects.</summary>
    /// <param name="address">D-Bus address, such as unix:path=/run/dbus/system_bus_socket.</param>
    /// <param name="matches">Match rules of the signals wanted.</param>
    /// <param name="onSignal">Called on the bus thread with each: must be quick and must not wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="export">What others may call.</param>
    /// <exception cref="BusException">No daemon there, or it refuses.</exception>
    public static async Task<BusConnection> OpenAsync(
        string address, IReadOnlyList<string> matches, Action<BusSignal> onSignal, CancellationToken cancellationToken, BusExport? export = null)
    {
        var connection = new BusConnection(address, matches, onSignal, export);
        connection._thread.Start();
        try
        {
            await connection._opened.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">Which.</param>
    /// <param name="timeout">How long a reply may take.</param>
    /// <param name="onReply">Given the body on the bus thread, before any signal that came after it.</param>
    /// <param name="cancellationToken">Gives up; the other side is not told.</param>
    /// <param name="arguments">See <see cref="BusMessage.Append"/>.</param>
    /// <returns>The body of the reply.</returns>
    /// <exception cref="BusException">It failed, or no reply came in time.</exception>
    public async Task<object?[]> CallAsync(
        BusMethod method, TimeSpan timeout, Action<object?[]>? onReply, CancellationToken cancellationToken, params object[] arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new PendingCall(this, onReply);
        if (!TryPost(bus => Begin(bus, call, method, timeout, arguments)))
        {
            throw Gone();
        }

        using var registration = cancellationToken.Register(() => TryPost(_ => Abandon(call, cancellationToken)));
        return await call.Result.Task.ConfigureAwait(false);
    }

    /// <summary>Tells everyone who listens. Nothing happens when the connection has ended.</summary>
    public void Emit(string path, string contract, string member, params object[] arguments) => TryPost(bus =>
    {
        SdBus.Check(SdBus.NewSignal(bus, out var signal, path, contract, member));
        Send(bus, signal, arguments);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop = true;
        if (_thread.IsAlive)
        {
            SdBus.Wake(_waker);
            if (Thread.CurrentThread != _thread)
            {
                _thread.Join();
            }
        }

        _waker.Dispose();
    }

    private static BusException Gone() => new(BusException.Disconnected, "the connection to the D-Bus daemon has ended");

    internal void Answer(BusCall call, object[] values) => TryPost(bus => Close(call, () =>
    {
        SdBus.Check(SdBus.NewMethodReturn(call.Message, out var reply));
        Send(bus, reply, values);
    }));

    internal unsafe void Refuse(BusCall call, string name, string text) => TryPost(bus => Close(call, () =>
    {
        fixed (byte* nameBytes = Encoding.UTF8.GetBytes(name + '\0'), textBytes = Encoding.UTF8.GetBytes(text + '\0'))
        {
            var error = new SdBusError { Name = (nint)nameBytes, Message = (nint)textBytes };
            SdBus.Check(SdBus.NewMethodError(call.Message, out var reply, &error));
            Send(bus, reply, []);
        }
    }));

    private static void Send(BusHandle bus, MessageHandle message, object[] values)
    {
        using (message)
        {
            foreach (object value in values)
            {
                BusMessage.Append(message, value);
            }

            SdBus.Check(SdBus.Send(bus, message, 0));
        }
    }

    /// <summary>Answers a call and lets go of it. After the end of the connection it is too late for that.</summary>
    private void Close(BusCall call, Action answer)
    {
        if (_calls.Remove(call))
        {
            try
            {
                answer();
            }
            finally
            {
                SdBus.MessageUnref(call.Message);
            }
        }
    }

    private bool TryPost(Action<BusHandle> request)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _requests.Enqueue(request);
                SdBus.Wake(_waker);
            }

            return !_isClosed;
        }
    }

    private void Run()
    {
        BusHandle? bus = null;
        var self = GCHandle.Alloc(this);
        try
        {
            bus = Open(GCHandle.ToIntPtr(self));
            _opened.SetResult();
            Loop(bus);
        }
        catch (Exception e)
        {
            _opened.TrySetException(e);
        }
        finally
        {
            lock (_gate)
            {
                _isClosed = true;
            }

            foreach (var call in _pending.ToArray())
            {
                Forget(call);
                call.Result.TrySetException(Gone());
            }

            foreach (var call in _calls)
            {
                SdBus.MessageUnref(call.Message);
            }

            _calls.Clear();
            while (bus is { IsInvalid: false } && _requests.TryDequeue(out var request))
            {
                Carry(request, bus); // Begin sees that the connection is closed
            }

            bus?.Dispose();
            self.Free();
            _closed.TrySetResult();
        }
    }

    private unsafe BusHandle Open(nint self)
    {
        SdBus.Check(SdBus.New(out var bus));
        try
        {
            SdBus.Check(SdBus.SetAddress(bus, _address));
            SdBus.Check(SdBus.SetBusClient(bus, 1));
            SdBus.Check(SdBus.Start(bus));
            foreach (string match in _matches)
            {
                SdBus.Check(SdBus.AddMatch(bus, 0, match, &OnSignal, self));
            }

            if (_export != null)
            {
                SdBus.Check(SdBus.AddFallback(bus, 0, _export.Root, &OnCall, self));
            }

            return bus;
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }

    private unsafe void Loop(BusHandle bus)
    {
        var fds = stackalloc PollFd[2];
        while (!_stop)
        {
            while (_requests.TryDequeue(out var request))
            {
                Carry(request, bus);
            }

            int processed = SdBus.Process(bus, 0);
            if (processed < 0)
            {
                return;
            }

            if (processed > 0)
            {
                continue;
            }

            int events = SdBus.GetEvents(bus);
            if (events < 0)
            {
                return;
            }

            fds[0] = new PollFd { Fd = SdBus.GetFd(bus), Events = (short)events };
            fds[1] = new PollFd { Fd = (int)_waker.DangerousGetHandle(), Events = PollIn };
            SdBus.Poll(fds, 2, PollMilliseconds(bus));
            SdBus.Drain(_waker);
        }
    }

    // A signal or an answer that cannot be sent concerns nobody but its receiver; a call tells its caller itself.
    private static void Carry(Action<BusHandle> request, BusHandle bus)
    {
        try
        {
            request(bus);
        }
        catch (BusException e)
        {
            Trace.TraceWarning($"a D-Bus message could not be sent: {e.Message}");
        }
    }

    private static int PollMilliseconds(BusHandle bus)
    {
        if (SdBus.GetTimeout(bus, out ulong due) <= 0 || due == ulong.MaxValue)
        {
            return -1;
        }

        // Both count from the same zero: Stopwatch reads CLOCK_MONOTONIC on Linux.
        double now = Stopwatch.GetTimestamp() * (1e6 / Stopwatch.Frequency);
        return (int)Math.Clamp(Math.Ceiling((due - now) / 1000), 0, int.MaxValue);
    }

    private unsafe void Begin(BusHandle bus, PendingCall call, BusMethod method, TimeSpan timeout, object[] arguments)
    {
        if (_isClosed || call.Result.Task.IsCompleted)
        {
            call.Result.TrySetException(Gone());
            return;
        }

        try
        {
            SdBus.Check(SdBus.NewMethodCall(bus, out var message, method.Service, method.Path, method.Interface, method.Member));
            using (message)
            {
                foreach (object argument in arguments)
                {
                    BusMessage.Append(message, argument);
                }

                call.Handle = GCHandle.Alloc(call);
                _pending.Add(call);
                SdBus.Check(SdBus.CallAsync(bus, out call.Slot, message, &OnReply, GCHandle.ToIntPtr(call.Handle), (ulong)timeout.TotalMicroseconds));
            }
        }
        catch (Exception e)
        {
            Forget(call);
            call.Result.TrySetException(e);
        }
    }

    private void Abandon(PendingCall call, CancellationToken cancellationToken)
    {
        Forget(call);
        call.Result.TrySetCanceled(cancellationToken);
    }

    /// <summary>Lets go of all that a call holds; no reply comes to it any more.</summary>
    private void Forget(PendingCall call)
    {
        if (_pending.Remove(call))
        {
            if (call.Slot != 0)
            {
                SdBus.SlotUnref(call.Slot);
            }

            call.Handle.Free();
        }
    }

    // No exception may cross into the library.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnReply(nint message, nint userData, nint error)
    {
        var call = (PendingCall)GCHandle.FromIntPtr(userData).Target!;
        try
        {
            var failure = SdBus.GetError(message);
            if (failure != null)
            {
                call.Result.TrySetException(new BusException(SdBus.Text(failure->Name), SdBus.Text(failure->Message)));
            }
            else
            {
                object?[] body = BusMessage.ReadBody(message);
                call.OnReply?.Invoke(body);
                call.Result.TrySetResult(body);
            }
        }
        catch (Exception e)
        {
            call.Result.TrySetException(e);
        }

        call.Owner.Forget(call);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSignal(nint message, nint userData, nint error)
    {
        try
        {
            var connection = (BusConnection)GCHandle.FromIntPtr(userData).Target!;
            connection._onSignal(new BusSignal(SdBus.Text(SdBus.GetPath(message)), SdBus.Text(SdBus.GetMember(message)), BusMessage.ReadBody(message)));
        }
        catch (Exception e)
        {
            Trace.TraceWarning($"a D-Bus signal could not be read: {e.Message}");
        }

        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnCall(nint message, nint userData, nint error)
    {
        BusCall? call = null;
        try
        {
            var connection = (BusConnection)GCHandle.FromIntPtr(userData).Target!;
            call = new BusCall(connection, message);
            connection._calls.Add(call);
            connection._export!.OnCall(call);
        }
        catch (Exception e)
        {
            call?.Fail("org.freedesktop.DBus.Error.Failed", e.Message);
        }

        return 1;
    }

    private sealed class PendingCall(BusConnection owner, Action<object?[]>? onReply)
    {
        public nint Slot;
        public GCHandle Handle;

        public BusConnection Owner { get; } = owner;

        public Action<object?[]>? OnReply { get; } = onReply;

        public TaskCompletionSource<object?[]> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Which method of which object.</summary>
public sealed record BusMethod(string Service, string Path, string Interface, string Member);

/// <summary>A signal as it came.</summary>
/// <param name="Path">The object that sent it.</param>
/// <param name="Member">Its name.</param>
/// <param name="Arguments">Its body, of whatever types.</param>
public sealed record BusSignal(string Path, string Member, IReadOnlyList<object?> Arguments);
