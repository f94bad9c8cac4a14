using Backstep.NanoHost;

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile;

/// <summary>How to make a characteristic.</summary>
public class GattLocalCharacteristicParameters
{
    /// <summary>Needed for writes.</summary>
    public GattProtectionLevel WriteProtectionLevel { get; set; } = GattProtectionLevel.Plain;

    /// <summary>Needed for reads. It does not protect notifications: anyone may enable them.</summary>
    public GattProtectionLevel ReadProtectionLevel { get; set; } = GattProtectionLevel.Plain;

    /// <summary>A text for the descriptor 0x2901.</summary>
    public string UserDescription { get; set; } = "";

    /// <summary>A value that the library itself answers reads with; null raises ReadRequested.</summary>
    public Buffer? StaticValue { get; set; }

    /// <summary>What a central may do.</summary>
    public GattCharacteristicProperties CharacteristicProperties { get; set; } = GattCharacteristicProperties.None;
}

/// <summary>What came of making a characteristic.</summary>
public class GattLocalCharacteristicResult
{
    internal GattLocalCharacteristicResult(GattLocalCharacteristic characteristic) => Characteristic = characteristic;

    /// <summary>The characteristic.</summary>
    public GattLocalCharacteristic Characteristic { get; }

    /// <summary>Always success.</summary>
    public BluetoothError Error => BluetoothError.Success;
}

/// <summary>A characteristic of this device.</summary>
public class GattLocalCharacteristic
{
    private readonly Machine _machine;
    private readonly List<GattSubscribedClient> _clients = [];

    internal GattLocalCharacteristic(Machine machine, ushort id, Guid uuid,
        GattLocalCharacteristicParameters parameters)
    {
        _machine = machine;
        Id = id;
        Uuid = uuid;
        CharacteristicProperties = parameters.CharacteristicProperties;
        ReadProtectionLevel = parameters.ReadProtectionLevel;
        WriteProtectionLevel = parameters.WriteProtectionLevel;
        StaticValue = parameters.StaticValue;
        UserDescription = parameters.UserDescription;
    }

    /// <summary>Handles a read, on the event thread.</summary>
    public delegate void GattLocalCharacteristicReadEventHandler(GattLocalCharacteristic sender,
        GattReadRequestedEventArgs ReadRequestEventArgs);

    /// <summary>Handles a write, on the event thread.</summary>
    public delegate void GattLocalCharacteristicWriteEventHandler(GattLocalCharacteristic sender,
        GattWriteRequestedEventArgs WriteRequestEventArgs);

    /// <summary>Handles a change of the subscribed clients, on the event thread; args is null.</summary>
    public delegate void GattLocalCharacteristicClientsChangedEventHandler(GattLocalCharacteristic sender, object args);

    /// <summary>A central reads.</summary>
    public event GattLocalCharacteristicReadEventHandler? ReadRequested;

    /// <summary>A central writes.</summary>
    public event GattLocalCharacteristicWriteEventHandler? WriteRequested;

    /// <summary>A central enabled or disabled notifications or indications.</summary>
    public event GattLocalCharacteristicClientsChangedEventHandler? SubscribedClientsChanged;

    /// <summary>What a central may do.</summary>
    public GattCharacteristicProperties CharacteristicProperties { get; }

    /// <summary>Needed for reads.</summary>
    public GattProtectionLevel ReadProtectionLevel { get; }

    /// <summary>The fixed value, or null.</summary>
    public Buffer? StaticValue { get; }

    /// <summary>Who enabled notifications.</summary>
    public GattSubscribedClient[] SubscribedClients => [.. _clients];

    /// <summary>Text.</summary>
    public string UserDescription { get; }

    /// <summary>UUID.</summary>
    public Guid Uuid { get; }

    /// <summary>Needed for writes.</summary>
    public GattProtectionLevel WriteProtectionLevel { get; }

    internal ushort Id { get; }

    /// <summary>Sends the value to every subscribed client, on the caller's thread.</summary>
    public GattClientNotificationResult[] NotifyValue(Buffer value) =>
        [.. _clients.ToArray().Select(client => NotifyValue(value, client))];

    /// <summary>
    /// Sends a copy of the value to one client. It is a notification always: the native code of the library never sends
    /// an indication, not even to a client that asked for indications. A value longer than the MTU minus 3 is cut by
    /// the stack without a word, as NimBLE does: the result says success and the whole length.
    /// </summary>
    public GattClientNotificationResult NotifyValue(Buffer value, GattSubscribedClient subscribedClient)
    {
        var code = _machine.Radio.Notify((ushort)subscribedClient.Session.DeviceId.Id, Id, value.ToArray());
        return new GattClientNotificationResult(code, subscribedClient, (ushort)value.Length);
    }

    internal void OnReadRequested(ushort requestId)
    {
        var args = new GattReadRequestedEventArgs(requestId);
        if (StaticValue != null)
        {
            args.GetRequest().RespondWithValue(StaticValue);
        }
        else if (ReadRequested != null)
        {
            ReadRequested(this, args);
        }
        else
        {
            args.GetRequest().RespondWithProtocolError(GattProtocolError.UnlikelyError);
        }
    }

    internal void OnWriteRequested(ushort requestId)
    {
        var args = new GattWriteRequestedEventArgs(requestId);
        if (WriteRequested != null)
        {
            WriteRequested(this, args);
        }
        else
        {
            args.GetRequest().RespondWithProtocolError(GattProtocolError.UnlikelyError);
        }
    }

    internal void OnSubscribed(ushort connection, bool on)
    {
        var known = _clients.Exists(client => client.Session.DeviceId.Id == connection);
        if (on && !known)
        {
            _clients.Add(new GattSubscribedClient(connection));
        }
        else if (!on)
        {
            _clients.RemoveAll(client => client.Session.DeviceId.Id == connection);
        }

        SubscribedClientsChanged?.Invoke(this, null!);
    }
}
