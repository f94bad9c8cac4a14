using Backstep.NanoHost;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>A read by a central.</summary>
public class GattReadRequest
{
    private readonly ushort _requestId;
    private Buffer? _value;

    internal GattReadRequest(ushort requestId) => _requestId = requestId;

    /// <summary>Length of the answer; the real class throws before the answer, and so does this one.</summary>
    public uint Length => _value!.Length;

    /// <summary>Answers with a copy of the value.</summary>
    public void RespondWithValue(Buffer value)
    {
        _value = value;
        Machine.Current.Radio.AnswerRead(_requestId, value.ToArray(), 0);
    }

    /// <summary>Answers with an ATT error.</summary>
    public void RespondWithProtocolError(byte protocolError) =>
        Machine.Current.Radio.AnswerRead(_requestId, [], protocolError);
}

/// <summary>A read by a central.</summary>
public class GattReadRequestedEventArgs
{
    private readonly ushort _requestId;

    internal GattReadRequestedEventArgs(ushort requestId) => _requestId = requestId;

    /// <summary>Always null, as in the real library.</summary>
    public GattSession? Session => null;

    /// <summary>The request; answer it within 2 s or the central gets error 0x0E.</summary>
    public GattReadRequest GetRequest() => new(_requestId);
}

/// <summary>A write by a central.</summary>
public class GattWriteRequest
{
    private readonly ushort _requestId;

    internal GattWriteRequest(ushort requestId)
    {
        _requestId = requestId;
        Value = new Buffer(Machine.Current.Radio.WrittenValue(requestId));
    }

    /// <summary>Always 0.</summary>
    public uint Offset => 0;

    /// <summary>Always with response, as in the real library, also for a write without.</summary>
    public GattWriteOption Option => GattWriteOption.WriteWithResponse;

    /// <summary>What was written.</summary>
    public Buffer Value { get; }

    /// <summary>Accepts the write. Call one of the two answers exactly once and in time: a second or late one blocks
    /// the native stack of the device for good.</summary>
    public void Respond() => Machine.Current.Radio.AnswerWrite(_requestId, 0);

    /// <summary>Refuses the write.</summary>
    public void RespondWithProtocolError(byte protocolError) =>
        Machine.Current.Radio.AnswerWrite(_requestId, protocolError);
}

/// <summary>A write by a central.</summary>
public class GattWriteRequestedEventArgs
{
    private readonly ushort _requestId;

    internal GattWriteRequestedEventArgs(ushort requestId) => _requestId = requestId;

    /// <summary>Always null, as in the real library.</summary>
    public GattSession? Session => null;

    /// <summary>The request; answer it within 2 s or the central gets error 0x0E.</summary>
    public GattWriteRequest GetRequest() => new(_requestId);
}
