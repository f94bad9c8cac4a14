namespace nanoFramework.Device.Bluetooth
{
    /// <summary>Number of a connection.</summary>
    public class BluetoothDeviceId
    {
        internal BluetoothDeviceId(int id) => Id = id;

        /// <summary>The connection handle; 0 for the server's own session.</summary>
        public int Id { get; }

        /// <summary>Wraps a number.</summary>
        public static BluetoothDeviceId FromId(int deviceId) => new(deviceId);
    }
}

namespace nanoFramework.Device.Bluetooth.GenericAttributeProfile
{
    /// <summary>What became of the link.</summary>
    public class GattSessionStatusChangedEventArgs
    {
        internal GattSessionStatusChangedEventArgs(GattSessionStatus status) => Status = status;

        /// <summary>No error is ever told.</summary>
        public BluetoothError Error => BluetoothError.Success;

        /// <summary>Active or closed.</summary>
        public GattSessionStatus Status { get; }
    }

    /// <summary>The link to a central. Only the server's own session (BluetoothLEServer.Session) raises events and
    /// knows the MTU.</summary>
    public class GattSession
    {
        internal GattSession(BluetoothDeviceId deviceId) => DeviceId = deviceId;

        /// <summary>Handles a change of the link.</summary>
        public delegate void GattSessionStatusChangedEventHandler(object sender,
            GattSessionStatusChangedEventArgs args);

        /// <summary>The link came or went.</summary>
        public event GattSessionStatusChangedEventHandler? SessionStatusChanged;

        /// <summary>The central exchanged the MTU.</summary>
        public event EventHandler? MaxPduSizeChanged;

        /// <summary>The connection.</summary>
        public BluetoothDeviceId DeviceId { get; }

        /// <summary>The ATT MTU of the last exchange. As on the device: 0 before the first one, and it is NOT reset
        /// when the link goes.</summary>
        public ushort MaxMtuSize { get; private set; }

        /// <summary>A session for a connection; it raises no events.</summary>
        public static GattSession FromDeviceId(BluetoothDeviceId deviceId) => new(deviceId);

        internal void OnStatus(GattSessionStatus status) =>
            SessionStatusChanged?.Invoke(this, new GattSessionStatusChangedEventArgs(status));

        internal void OnMtu(ushort mtu)
        {
            MaxMtuSize = mtu;
            MaxPduSizeChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>A central that enabled notifications or indications.</summary>
    public class GattSubscribedClient
    {
        internal GattSubscribedClient(ushort connection) =>
            Session = new GattSession(new BluetoothDeviceId(connection));

        /// <summary>1024, whatever the MTU is (as in the real library: do not use it).</summary>
        public ushort MaxNotificationSize => 1024;

        /// <summary>The connection; its MaxMtuSize is 0.</summary>
        public GattSession Session { get; }
    }

    /// <summary>What came of a notification.</summary>
    public class GattClientNotificationResult
    {
        internal GattClientNotificationResult(int code, GattSubscribedClient client, ushort length)
        {
            ProtocolError = (byte)code;
            Status = code == 0 ? GattCommunicationStatus.Success : GattCommunicationStatus.Unreachable;
            SubscribedClient = client;
            BytesSent = length;
        }

        /// <summary>NimBLE's return code (6 out of buffers, 7 not connected), not an ATT error.</summary>
        public byte ProtocolError { get; }

        /// <summary>Success or Unreachable.</summary>
        public GattCommunicationStatus Status { get; }

        /// <summary>For whom.</summary>
        public GattSubscribedClient SubscribedClient { get; }

        /// <summary>The length of the value as given, also when it was cut to the MTU.</summary>
        public ushort BytesSent { get; }
    }
}
