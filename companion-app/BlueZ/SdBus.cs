using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Backstep.BlueZ;

/// <summary>
/// libsystemd's D-Bus client (man sd-bus(3)), and the two calls of libc that wake a thread out of poll. Only functions without variable arguments:
/// .NET cannot make variadic calls on Linux. All but <see cref="Wake"/> belong to the bus thread.
/// </summary>
internal static unsafe partial class SdBus
{
    /// <summary>The library; on every Linux with systemd.</summary>
    public const string Library = "libsystemd.so.0";

    private const string C = "libc";

    // eventfd(2): EFD_CLOEXEC | EFD_NONBLOCK
    private const int EventFdFlags = 0x80000 | 0x800;

    [LibraryImport(Library, EntryPoint = "sd_bus_new")]
    public static partial int New(out BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_address", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetAddress(BusHandle bus, string address);

    [LibraryImport(Library, EntryPoint = "sd_bus_set_bus_client")]
    public static partial int SetBusClient(BusHandle bus, int isBusClient);

    [LibraryImport(Library, EntryPoint = "sd_bus_start")]
    public static partial int Start(BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_flush_close_unref")]
    public static partial nint FlushCloseUnref(nint bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_process")]
    public static partial int Process(BusHandle bus, nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_fd")]
    public static partial int GetFd(BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_events")]
    public static partial int GetEvents(BusHandle bus);

    [LibraryImport(Library, EntryPoint = "sd_bus_get_timeout")]
    public static partial int GetTimeout(BusHandle bus, out ulong monotonicMicroseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_add_match", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddMatch(BusHandle bus, nint slot, string match, delegate* unmanaged[Cdecl]<nint, nint, nint, int> callback, nint userData);

    [LibraryImport(Library, EntryPoint = "sd_bus_call_async")]
    public static partial int CallAsync(
        BusHandle bus, out nint slot, MessageHandle message, delegate* unmanaged[Cdecl]<nint, nint, nint, int> callback, nint userData, ulong microseconds);

    [LibraryImport(Library, EntryPoint = "sd_bus_slot_unref")]
    public static partial nint SlotUnref(nint slot);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_call", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewMethodCall(BusHandle bus, out MessageHandle message, string destination, string path, string contract, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_add_fallback", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddFallback(BusHandle bus, nint slot, string prefix, delegate* unmanaged[Cdecl]<nint, nint, nint, int> callback, nint userData);

    [LibraryImport(Library, EntryPoint = "sd_bus_send")]
    public static partial int Send(BusHandle bus, MessageHandle message, nint cookie);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_signal", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int NewSignal(BusHandle bus, out MessageHandle message, string path, string contract, string member);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_return")]
    public static partial int NewMethodReturn(nint call, out MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_new_method_error")]
    public static partial int NewMethodError(nint call, out MessageHandle message, SdBusError* error);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_ref")]
    public static partial nint MessageRef(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_unref")]
    public static partial nint MessageUnref(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_basic")]
    public static partial int AppendBasic(MessageHandle message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_append_array")]
    public static partial int AppendArray(MessageHandle message, byte type, void* values, nuint bytes);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_open_container", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenContainer(MessageHandle message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_close_container")]
    public static partial int CloseContainer(MessageHandle message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_peek_type")]
    public static partial int PeekType(nint message, out byte type, out nint contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_enter_container")]
    public static partial int EnterContainer(nint message, byte type, nint contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_enter_container", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int EnterContainer(nint message, byte type, string contents);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_exit_container")]
    public static partial int ExitContainer(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_basic")]
    public static partial int ReadBasic(nint message, byte type, void* value);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_read_array")]
    public static partial int ReadArray(nint message, byte type, out nint values, out nuint bytes);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_at_end")]
    public static partial int AtEnd(nint message, int complete);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_path")]
    public static partial nint GetPath(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_member")]
    public static partial nint GetMember(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_interface")]
    public static partial nint GetInterface(nint message);

    [LibraryImport(Library, EntryPoint = "sd_bus_message_get_error")]
    public static partial SdBusError* GetError(nint message);

    [LibraryImport(C, EntryPoint = "eventfd")]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* fds, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "read")]
    private static partial nint Read(SafeFileHandle fd, void* buffer, nuint bytes);

    [LibraryImport(C, EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle fd, void* buffer, nuint bytes);

    /// <summary>Whether the library is there.</summary>
    public static bool IsAvailable() => NativeLibrary.TryLoad(Library, typeof(SdBus).Assembly, null, out _);

    /// <summary>A descriptor that becomes readable by <see cref="Wake"/>.</summary>
    public static SafeFileHandle NewWaker() => new(EventFd(0, EventFdFlags), ownsHandle: true);

    /// <summary>From any thread.</summary>
    public static void Wake(SafeFileHandle waker)
    {
        ulong one = 1;
        Write(waker, &one, sizeof(ulong));
    }

    /// <summary>Makes it unreadable again.</summary>
    public static void Drain(SafeFileHandle waker)
    {
        ulong count;
        Read(waker, &count, sizeof(ulong));
    }

    /// <summary>Throws what a negative result means.</summary>
    public static int Check(int result) => result >= 0 ? result : throw new BusException(BusException.OnThisSide, Marshal.GetPInvokeErrorMessage(-result));

    public static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";
}

/// <summary>sd_bus_error.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SdBusError
{
    public nint Name;
    public nint Message;
    public int MustFree;
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    public int Fd;
    public short Events;
    public short Results;
}

/// <summary>A connection; must be let go on the thread that used it.</summary>
internal sealed class BusHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SdBus.FlushCloseUnref(handle);
        return true;
    }
}

/// <summary>A message that this program made.</summary>
internal sealed class MessageHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        SdBus.MessageUnref(handle);
        return true;
    }
}
