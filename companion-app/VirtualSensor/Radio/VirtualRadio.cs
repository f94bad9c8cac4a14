using Backstep.NanoHost;
using Backstep.VirtualSensor.Processing;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.VirtualSensor.Radio;

/// <summary>The device's Bluetooth stack with the air around it: what NimBLE does below the nanoFramework library, and
/// one central that may connect.</summary>
public sealed class VirtualRadio
{
    /// <summary>The library's native code waits that long for the application, then answers the central with error
    /// 0x0E.</summary>
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private const int OutOfBuffers = 6, NotConnected = 7, UnknownCharacteristic = 1;

    private static readonly PairingSetup NothingSet = new(DevicePairingProtectionLevel.None,
        DevicePairingIOCapabilities.NoInputNoOutput, true);

    private readonly Timeline _timeline;
    private readonly Processor _processor;
    private readonly LinkOptions _options;
    private readonly Random _random;
    private readonly Dictionary<ulong, Bond> _bonds = [];
    private IReadOnlyList<GattServiceDefinition> _services = [];
    private Machine? _machine;
    private Advertisement? _advertisement;
    private bool _advertising;
    private bool _inRange = true;
    private ushort _lastRequest;
    private Request? _request;
    private Action<bool, int?>? _pairingAnswer;
    private bool _wedged;

    internal VirtualRadio(Timeline timeline, Processor processor, LinkOptions options, int seed)
    {
        _timeline = timeline;
        _processor = processor;
        _options = options;
        _random = new Random(seed);
        Host = new HostSide(this);
    }

    /// <summary>What is advertised now; null when nothing is, and while a central is connected.</summary>
    public Advertisement? Advertisement => _advertising && Link == null ? _advertisement : null;

    /// <summary>The GAP device name.</summary>
    public string DeviceName { get; private set; } = "";

    /// <summary>The GAP appearance.</summary>
    public ushort Appearance { get; private set; }

    /// <summary>The connected central, or null.</summary>
    public VirtualCentral? Central { get; private set; }

    /// <summary>
    /// The two radios hear each other. False: nothing comes through; once the supervision time-out has passed the link
    /// is gone on both ends. True before that: all goes on, late.
    /// </summary>
    public bool InRange
    {
        get => _inRange;
        set
        {
            if (_inRange == value)
            {
                return;
            }

            _inRange = value;
            if (!value && Link is { } link)
            {
                LoseIfStillSilent(link, _timeline.Now);
            }

            SilentSince = value ? null : _timeline.Now;
        }
    }

    /// <summary>Notifications that were longer than the MTU allowed and reached the central cut: a fault of the
    /// firmware, which the device does not tell it of.</summary>
    public int CutNotifications { get; private set; }

    /// <summary>Notifications that were refused because the queue was full or nobody was connected.</summary>
    public int RefusedNotifications { get; private set; }

    /// <summary>A write was answered twice or too late: the device's native code keeps its lock for good, and answers
    /// no request until it restarts.</summary>
    public bool IsWedged => _wedged;

    /// <summary>Requests that the firmware did not answer in time.</summary>
    public int UnansweredRequests { get; private set; }

    internal HostSide Host { get; }

    internal AirLink? Link { get; private set; }

    internal IReadOnlyList<GattServiceDefinition> Services => _services;

    internal PairingSetup Pairing { get; private set; } = NothingSet;

    internal IReadOnlyDictionary<ulong, Bond> Bonds => _bonds;

    private TimeSpan? SilentSince { get; set; }

    /// <summary>Connects a central. Its services are discovered at once.</summary>
    /// <param name="address">The central's address: bonds belong to it.</param>
    /// <exception cref="InvalidOperationException">The device does not advertise, cannot be connected to, has a central
    /// already, or is out of range.</exception>
    public VirtualCentral Connect(ulong address = 0x0000_5E00_5301)
    {
        if (Advertisement is not { IsConnectable: true } || !InRange)
        {
            throw new InvalidOperationException("No connectable device is advertising here.");
        }

        Pipe NewPipe() => new(_timeline, _options, _random, () => InRange, _timeline.Now);
        var link = new AirLink(address, NewPipe(), NewPipe());
        Link = link;
        Central = new VirtualCentral(this, link);
        Raise(events => events.Connected(AirLink.Handle));
        return Central;
    }

    /// <summary>Cuts the link at once on both ends, as after a supervision time-out.</summary>
    public void DropLink()
    {
        if (Link is { } link)
        {
            End(link);
        }
    }

    internal void Attach(Machine machine) => _machine = machine;

    /// <summary>The device loses power or restarts: it forgets all but its bonds, and the central notices by
    /// silence.</summary>
    internal void PowerOff()
    {
        _advertising = false;
        _services = [];
        _request = null;
        _pairingAnswer = null;
        Pairing = NothingSet;
        _wedged = false;
        _machine = null;
        if (Link is { } link)
        {
            link.IsUp = false;
            link.ToCentral.Drop();
            link.ToDevice.Drop();
            Link = null;
            var central = Central;
            Central = null;
            _timeline.In(_options.SupervisionTimeout, () => central?.OnLinkLost());
        }
    }

    internal bool IsAlive(AirLink link) => link.IsUp && ReferenceEquals(Link, link);

    /// <summary>Lets time pass until something is done; false when it took too long.</summary>
    internal bool Wait(Func<bool> done, TimeSpan limit)
    {
        _processor.Advance(_processor.OwnersTime + limit, done);
        return done();
    }

    /// <summary>Hands a value to the central's application, after its own delay, unless the link has gone
    /// meanwhile.</summary>
    internal void ToApplication(AirLink link, Action deliver) => _timeline.In(_options.Delay, () =>
    {
        if (IsAlive(link))
        {
            deliver();
        }
    });

    /// <summary>A request that the firmware must answer. The answer comes over the air.</summary>
    internal void Ask(GattCharacteristicDefinition characteristic, byte[]? written, Action<byte, byte[]> answered)
    {
        var request = new Request(++_lastRequest, written, answered);
        _request = request;
        if (!_wedged)
        {
            Raise(events =>
            {
                if (written == null)
                {
                    events.ReadRequested(characteristic.Id, request.Id);
                }
                else
                {
                    events.WriteRequested(characteristic.Id, request.Id);
                }
            });
        }

        _timeline.In(AnswerTimeout, () =>
        {
            if (ReferenceEquals(_request, request))
            {
                UnansweredRequests++;
                _request = null;
                request.Answer(GattErrors.Unlikely, []);
            }
        });
    }

    internal void SetMtu(AirLink link, ushort mtu)
    {
        link.Mtu = Math.Max((ushort)23, Math.Min(mtu, _options.DeviceMtu));
        Raise(events => events.MtuChanged(AirLink.Handle, link.Mtu));
    }

    internal void SetEnabled(AirLink link, ushort characteristicId, bool on)
    {
        if (on ? link.Enabled.Add(characteristicId) : link.Enabled.Remove(characteristicId))
        {
            Raise(events => events.Subscribed(AirLink.Handle, characteristicId, on));
        }

        if (link.Encrypted && _bonds.TryGetValue(link.Peer, out var bond))
        {
            _ = on ? bond.Enabled.Add(characteristicId) : bond.Enabled.Remove(characteristicId);
        }
    }

    /// <summary>Asks the firmware's owner; <paramref name="answered"/> gets what it said.</summary>
    internal void AskPairing(DevicePairingKinds kind, uint pin, Action<bool, int?> answered)
    {
        _pairingAnswer = answered;
        Raise(events => events.PairingRequested(AirLink.Handle, kind, pin));
    }

    /// <summary>A passkey of 6 digits.</summary>
    internal uint NewPasskey() => (uint)_random.Next(1_000_000);

    /// <summary>A new pairing replaces the bond of an earlier one, with its subscriptions.</summary>
    internal void Rebond(AirLink link, bool authenticated, bool bonds)
    {
        _bonds.Remove(link.Peer);
        if (bonds)
        {
            _bonds[link.Peer] = new Bond(authenticated);
            _bonds[link.Peer].Enabled.UnionWith(link.Enabled);
        }

        SetEncrypted(link, authenticated);
    }

    /// <summary>The link is encrypted now; a bonded peer gets its subscriptions back, as NimBLE restores
    /// them.</summary>
    internal void SetEncrypted(AirLink link, bool authenticated)
    {
        link.Encrypted = true;
        link.Authenticated = authenticated;
        Raise(
            events => events.AuthenticationComplete(AirLink.Handle, DevicePairingResultStatus.Paired, true,
                authenticated));
        foreach (var id in _bonds.TryGetValue(link.Peer, out var bond) ? bond.Enabled.Order().ToArray() : [])
        {
            SetEnabled(link, id, true);
        }
    }

    internal void PairingFailed() =>
        Raise(
            events => events.AuthenticationComplete(AirLink.Handle, DevicePairingResultStatus.AuthenticationFailure,
                false, false));

    /// <summary>Ends a link on both ends: subscriptions are cleared first, then the link is reported closed, then
    /// advertising goes on.</summary>
    internal void End(AirLink link)
    {
        if (!link.IsUp)
        {
            return;
        }

        link.IsUp = false;
        link.ToCentral.Drop();
        link.ToDevice.Drop();
        _request = null;
        _pairingAnswer = null;
        foreach (var id in link.Enabled.Order())
        {
            Raise(events => events.Subscribed(AirLink.Handle, id, false));
        }

        Raise(events => events.Disconnected(AirLink.Handle));
        var central = Central;
        Link = null;
        Central = null;
        central?.OnLinkLost();
    }

    private void LoseIfStillSilent(AirLink link, TimeSpan since) => _timeline.In(_options.SupervisionTimeout, () =>
    {
        if (SilentSince == since)
        {
            End(link);
        }
    });

    private void Raise(Action<IRadioEvents> raise)
    {
        if (_machine is { } machine)
        {
            _processor.Post(() => raise(machine.RadioEvents));
        }
    }

    private sealed record Request(ushort Id, byte[]? Written, Action<byte, byte[]> Answer);

    /// <summary>The side that the library sees.</summary>
    internal sealed class HostSide(VirtualRadio radio) : IRadio
    {
        public IReadOnlyList<ulong> Bonds => [.. radio._bonds.Keys.Order()];

        public void Start(string deviceName, ushort appearance) =>
            (radio.DeviceName, radio.Appearance) = (deviceName, appearance);

        public void Stop()
        {
            radio._advertising = false;
            if (radio.Link is { } link)
            {
                radio._timeline.In(TimeSpan.Zero, () => radio.End(link));
            }
        }

        public void Register(IReadOnlyList<GattServiceDefinition> services) => radio._services = services;

        public void SetPairing(PairingSetup setup) => radio.Pairing = setup;

        public bool Advertise(byte[] advertisement, byte[] scanResponse, bool connectable, bool discoverable)
        {
            radio._advertisement = new Advertisement(advertisement, scanResponse, connectable);
            radio._advertising = true;
            return true;
        }

        public void StopAdvertising() => radio._advertising = false;

        public int Notify(ushort connection, ushort characteristicId, byte[] value)
        {
            var link = radio.Link;
            var result = link == null || connection != AirLink.Handle ? NotConnected
                : !radio._services.Any(
                    service => service.Characteristics.Any(characteristic => characteristic.Id == characteristicId))
                        ? UnknownCharacteristic
                : link.ToCentral.Count >= radio._options.TransmitBuffers ? OutOfBuffers
                : 0;
            if (result != 0 || link == null)
            {
                radio.RefusedNotifications++;
                return result;
            }

            // NimBLE cuts what does not fit (ble_att_truncate_to_mtu) and says success.
            if (value.Length > link.Mtu - 3)
            {
                radio.CutNotifications++;
                value = value[..(link.Mtu - 3)];
            }

            var central = radio.Central;
            link.ToCentral.Send(
                () => radio.ToApplication(link, () => central!.OnNotification(characteristicId, value)));
            return 0;
        }

        public byte[] WrittenValue(ushort requestId) =>
            radio._request is { Written: { } value } request && request.Id == requestId ? [.. value] : [];

        public void AnswerRead(ushort requestId, byte[] value, byte attError) => TryAnswer(requestId, value, attError);

        public void AnswerWrite(ushort requestId, byte attError) =>
            radio._wedged |= !TryAnswer(requestId, [], attError);

        public void AnswerPairing(ushort connection, bool accept, int? passkey)
        {
            var answer = radio._pairingAnswer;
            radio._pairingAnswer = null;
            answer?.Invoke(accept, passkey);
        }

        public void DeleteBond(ulong? address)
        {
            if (address is { } one)
            {
                radio._bonds.Remove(one);
            }
            else
            {
                radio._bonds.Clear();
            }
        }

        private bool TryAnswer(ushort requestId, byte[] value, byte attError)
        {
            if (radio._wedged || radio._request is not { } request || request.Id != requestId)
            {
                return false;
            }

            radio._request = null;
            request.Answer(attError, value);
            return true;
        }
    }
}
