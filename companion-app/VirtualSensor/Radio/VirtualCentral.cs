using Backstep.NanoHost;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.VirtualSensor.Radio;

/// <summary>A phone or PC that is connected to the device. Its calls let virtual time pass until the answer is there;
/// values arrive while time is advanced.</summary>
public sealed class VirtualCentral
{
    /// <summary>Longest attribute value (Core Specification, vol. 3, part F, 3.2.9).</summary>
    private const int LongestValue = 512;

    /// <summary>Silence on a request or on pairing that ends the connection (same, 3.3.3; vol. 3, part H,
    /// 3.4).</summary>
    private static readonly TimeSpan TransactionTimeout = TimeSpan.FromSeconds(30);

    private readonly VirtualRadio _radio;
    private readonly AirLink _link;
    private readonly Dictionary<ushort, List<Action<byte[]>>> _listeners = [];
    private bool _busy;

    internal VirtualCentral(VirtualRadio radio, AirLink link)
    {
        _radio = radio;
        _link = link;
    }

    /// <summary>The link went, whoever ended it.</summary>
    public event Action? Disconnected;

    /// <summary>The link is up.</summary>
    public bool IsConnected => _radio.IsAlive(_link);

    /// <summary>ATT MTU: 23 until <see cref="ExchangeMtu"/>.</summary>
    public ushort Mtu => _link.Mtu;

    /// <summary>The link is encrypted.</summary>
    public bool IsEncrypted => _link.Encrypted;

    /// <summary>It was paired by passkey or comparison.</summary>
    public bool IsAuthenticated => _link.Authenticated;

    /// <summary>All characteristics of all services, in the order of their handles.</summary>
    public IReadOnlyList<(Guid Service, Guid Characteristic, uint Properties)> Characteristics =>
        [
            .. _radio.Services.SelectMany(
                service =>
                    service.Characteristics.Select(
                        characteristic => (service.Uuid, characteristic.Uuid, (uint)characteristic.Properties)))];

    /// <summary>Offers an MTU; the smaller of both offers holds from now on.</summary>
    public void ExchangeMtu(ushort mtu) => Transact(reply =>
    {
        _radio.SetMtu(_link, mtu);
        reply(0, []);
    });

    /// <summary>Reads a value, a long one in parts.</summary>
    /// <exception cref="GattException">The device refused.</exception>
    /// <exception cref="LinkLostException">The link went.</exception>
    public byte[] Read(Guid service, Guid characteristic)
    {
        var target = Find(service, characteristic);
        List<byte> value = [];
        while (true)
        {
            // A full packet means that there may be more: it is read on from there, and the firmware is asked anew each
            // time.
            var part =
                Transact(
                    reply => Guarded(target, GattCharacteristicProperties.Read, target.ReadProtection,
                        GattErrors.ReadNotPermitted, reply, () =>
                _radio.Ask(target, null, (error, whole) => reply(error, [.. whole.Skip(value.Count).Take(Mtu - 1)]))));
            value.AddRange(part);
            if (part.Length < Mtu - 1 || value.Count >= LongestValue)
            {
                return [.. value];
            }
        }
    }

    /// <summary>Writes a value; a characteristic that takes only writes without response gets one, and its refusal is
    /// not told.</summary>
    /// <exception cref="GattException">The device refused.</exception>
    /// <exception cref="LinkLostException">The link went.</exception>
    public void Write(Guid service, Guid characteristic, byte[] value)
    {
        var target = Find(service, characteristic);
        if ((target.Properties & (GattCharacteristicProperties.Write
            | GattCharacteristicProperties.WriteWithoutResponse)) == GattCharacteristicProperties.WriteWithoutResponse)
        {
            WriteCommand(target, [.. value.Take(Mtu - 3)]);
            return;
        }

        // A value longer than one packet goes in prepared parts first; the firmware sees it once, whole.
        for (var at = 0; value.Length > Mtu - 3 && value.Length <= LongestValue && at < value.Length; at += Mtu - 5)
        {
            Transact(
                reply => Guarded(target, GattCharacteristicProperties.Write, target.WriteProtection,
                    GattErrors.WriteNotPermitted, reply, () => reply(0, [])));
        }

        Transact(
            reply => Guarded(target, GattCharacteristicProperties.Write, target.WriteProtection,
                GattErrors.WriteNotPermitted, reply, () =>
        {
            if (value.Length > LongestValue)
            {
                reply(GattErrors.InvalidLength, []);
            }
            else
            {
                _radio.Ask(target, [.. value], reply);
            }
        }));
    }

    /// <summary>
    /// Enables notifications, or indications where there are only those, and calls back with every value on the thread
    /// that advances time. Disposing disables them. The library on the device sends notifications even to those who
    /// asked for indications; like BlueZ and Android this central takes both.
    /// </summary>
    /// <exception cref="GattException">The device refused; 0x0A when the characteristic has neither.</exception>
    public IDisposable Subscribe(Guid service, Guid characteristic, Action<byte[]> onValue)
    {
        var target = Find(service, characteristic);
        if ((target.Properties & (GattCharacteristicProperties.Notify | GattCharacteristicProperties.Indicate)) == 0)
        {
            throw new GattException(GattErrors.AttributeNotFound);
        }

        var listeners = _listeners.TryGetValue(target.Id, out var known) ? known : _listeners[target.Id] = [];
        listeners.Add(onValue);
        try
        {
            // The CCCD is never protected by the library, whatever the characteristic's own protection.
            SetCccd(target.Id, true);
        }
        catch
        {
            listeners.Remove(onValue);
            throw;
        }

        return new Subscription(this, target.Id, onValue);
    }

    /// <summary>Encrypts the link: with the keys of an earlier pairing, or by pairing now.</summary>
    /// <param name="authenticated">The central can show and enter a passkey, and wants it proven. The device may not be
    /// able to: see <see cref="IsAuthenticated"/> afterwards.</param>
    /// <param name="passkey">What the person enters or confirms; null: what the device shows.</param>
    /// <param name="bonds">The central wants to keep the keys. Without, a pairing leaves nothing on either
    /// side.</param>
    /// <exception cref="PairingException">It failed; the link is not encrypted.</exception>
    public void Encrypt(bool authenticated = false, int? passkey = null, bool bonds = true)
    {
        if (bonds && _radio.Bonds.TryGetValue(_link.Peer, out var bond) && (bond.Authenticated || !authenticated))
        {
            Transact(reply =>
            {
                _radio.SetEncrypted(_link, bond.Authenticated);
                reply(0, []);
            });
            return;
        }

        var failure = Transact(reply => Pair(authenticated, passkey, bonds, ok => reply(0, ok ? [] : [1])));
        if (failure.Length > 0)
        {
            throw new PairingException("the passkey was wrong or not accepted");
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Disconnect() => _radio.End(_link);

    internal void OnNotification(ushort characteristicId, byte[] value)
    {
        if (_link.Enabled.Contains(characteristicId) && _listeners.TryGetValue(characteristicId, out var listeners))
        {
            foreach (var listener in listeners.ToArray())
            {
                listener([.. value]);
            }
        }
    }

    internal void OnLinkLost() => Disconnected?.Invoke();

    // Just works, or with the application when both sides have what a passkey needs (vol. 3, part H, 2.3.5.1).
    private void Pair(bool wantsProof, int? passkey, bool bonds, Action<bool> done)
    {
        // What both sides say at its beginning holds for the whole pairing. The library lets go of the bond of an
        // earlier one, and asks nobody.
        var setup = _radio.Pairing;
        bonds &= setup.Bonding;
        _radio.Host.DeleteBond(_link.Peer);
        var proof = wantsProof && setup.Level == DevicePairingProtectionLevel.EncryptionAndAuthentication
            && setup.Capabilities != DevicePairingIOCapabilities.NoInputNoOutput;
        if (!proof)
        {
            _radio.Rebond(_link, false, bonds);
            done(true);
            return;
        }

        var kind = setup.Capabilities switch
        {
            DevicePairingIOCapabilities.DisplayOnly => DevicePairingKinds.DisplayPin,
            DevicePairingIOCapabilities.KeyboardOnly => DevicePairingKinds.ProvidePin,
            _ => DevicePairingKinds.ConfirmPinMatch,
        };
        var number = _radio.NewPasskey();
        _radio.AskPairing(kind, kind == DevicePairingKinds.ConfirmPinMatch ? number : 0, (accepted, answer) =>
        {
            var shown = kind == DevicePairingKinds.ConfirmPinMatch ? (int)number : answer;
            var ok = accepted && shown != null && (passkey ?? shown) == shown;
            if (ok)
            {
                _radio.Rebond(_link, true, bonds);
            }
            else
            {
                _radio.PairingFailed();
            }

            done(ok);
        });
    }

    private void SetCccd(ushort id, bool on) => Transact(reply =>
    {
        _radio.SetEnabled(_link, id, on);
        reply(0, []);
    });

    private void WriteCommand(GattCharacteristicDefinition target, byte[] value)
    {
        if (!IsConnected)
        {
            throw new LinkLostException();
        }

        static void Ignore(byte error, byte[] nothing)
        {
        }

        _link.ToDevice.Send(
            () => Guarded(target, GattCharacteristicProperties.WriteWithoutResponse, target.WriteProtection,
                GattErrors.WriteNotPermitted, Ignore, () =>
            _radio.Ask(target, value, Ignore)));
    }

    // The checks of NimBLE's attribute server, in its order.
    private void Guarded(
        GattCharacteristicDefinition target, GattCharacteristicProperties right, GattProtectionLevel protection,
        byte refusal, Action<byte, byte[]> reply, Action go)
    {
        var authentication = protection is GattProtectionLevel.AuthenticationRequired
            or GattProtectionLevel.EncryptionAndAuthenticationRequired;
        if ((target.Properties & right) == 0)
        {
            reply(refusal, []);
        }
        else if (protection != GattProtectionLevel.Plain && !_link.Encrypted)
        {
            reply(
                _radio.Bonds.ContainsKey(_link.Peer) ? GattErrors.InsufficientEncryption
                    : GattErrors.InsufficientAuthentication, []);
        }
        else if (authentication && !_link.Authenticated)
        {
            reply(GattErrors.InsufficientAuthentication, []);
        }
        else
        {
            go();
        }
    }

    /// <summary>One request at a time, over the air and back.</summary>
    private byte[] Transact(Action<Action<byte, byte[]>> atDevice)
    {
        _radio.Wait(() => !_busy || !IsConnected, TransactionTimeout);
        if (!IsConnected)
        {
            throw new LinkLostException();
        }

        _busy = true;
        (byte Error, byte[] Value)? answer = null;
        void Arrive(byte error, byte[] value)
        {
            _busy = false;
            answer = (error, value);
        }

        _link.ToDevice.Send(
            () =>
                atDevice(
                    (error,
                        value) => _link.ToCentral.Send(() => _radio.ToApplication(_link, () => Arrive(error, value)))));
        _radio.Wait(() => answer != null || !IsConnected, TransactionTimeout);
        if (answer is not { } got)
        {
            _radio.End(_link);
            throw new LinkLostException();
        }

        return got.Error == 0 ? got.Value : throw new GattException(got.Error);
    }

    private GattCharacteristicDefinition Find(Guid service, Guid characteristic) =>
        _radio.Services.Where(one => one.Uuid == service).SelectMany(one => one.Characteristics)
            .FirstOrDefault(one => one.Uuid == characteristic)
        ?? throw new GattException(GattErrors.InvalidHandle);

    private sealed class Subscription(VirtualCentral central, ushort id, Action<byte[]> onValue) : IDisposable
    {
        private bool _disposed;

        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            central._listeners[id].Remove(onValue);
            if (central._listeners[id].Count == 0 && central.IsConnected)
            {
                central.SetCccd(id, false);
            }
        }
    }
}
