using Backstep.BlueZ;
using Backstep.NanoHost;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Peripheral.BlueZ;

/// <summary>Pairing with the sensor: how secure the link is, whom it has paired with, and the passkey that is asked
/// for.</summary>
/// <param name="peripheral">bluetoothd.</param>
/// <param name="connection">The number of the link.</param>
/// <param name="raise">Tells the firmware.</param>
/// <param name="wanted">Is told the passkey that the central must enter now.</param>
internal sealed class RadioPairing(BlueZPeripheral peripheral, ushort connection, Action<Action<IRadioEvents>> raise,
    Action<int> wanted)
{
    private readonly HashSet<string> _bonded = new(StringComparer.Ordinal); // paired with us in this run
    private TaskCompletionSource<uint?>? _passkey;
    private bool _isProven; // the passkey was asked for and given; the pairing is not through yet
    private bool _needsPasskey;
    private bool _isEncrypted;

    /// <summary>Whether the link is as secure as a passkey makes it.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>As <see cref="IRadio.Bonds"/>.</summary>
    public IReadOnlyList<ulong> Bonds => [.. _bonded.Select(Address).Order()];

    /// <summary>As <see cref="IRadio.SetPairing"/>.</summary>
    public void Set(PairingSetup setup)
    {
        // The device shows a passkey that its owner chose, and the other side enters it. Linux lets nobody choose what
        // it shows; but two sides that both only enter one agree just when it is the same. So this side enters the
        // owner's passkey, too.
        _needsPasskey = setup.Level == DevicePairingProtectionLevel.EncryptionAndAuthentication
            && setup.Capabilities != DevicePairingIOCapabilities.NoInputNoOutput;
        if (!_isProven)
        {
            SetCapability(); // a pairing under way would be cancelled by it
        }
    }

    /// <summary>A link begins, as secure as none.</summary>
    public void Begin() => (_isEncrypted, IsAuthenticated) = (false, false);

    /// <summary>The link is over.</summary>
    public void End()
    {
        EndPairing();
        _passkey?.TrySetResult(null);
        _passkey = null;
    }

    /// <summary>Notes a pairing that came about while the link is up.</summary>
    public void Note(string device)
    {
        if (peripheral.Tree.Is(device, BlueZNames.Device, "Paired") && _bonded.Add(device))
        {
            Secure(_isProven);
            EndPairing();
        }
    }

    /// <summary>The link is known to be so secure.</summary>
    public void Secure(bool authenticated)
    {
        if (!_isEncrypted || (authenticated && !IsAuthenticated))
        {
            (_isEncrypted, IsAuthenticated) = (true, authenticated);
            raise(events => events.AuthenticationComplete(connection, DevicePairingResultStatus.Paired, true,
                authenticated));
        }
    }

    /// <summary>Asks the firmware for the passkey. On the bus thread.</summary>
    public async Task<uint?> AskPasskeyAsync(CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<uint?>(TaskCreationOptions.RunContinuationsAsynchronously);
        peripheral.Post(() =>
        {
            _passkey?.TrySetResult(null);
            _passkey = answer;
            raise(events => events.PairingRequested(connection, DevicePairingKinds.DisplayPin, 0));
        });
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The firmware's answer.</summary>
    public void Answer(bool accept, int? passkey)
    {
        var question = _passkey;
        _passkey = null;
        if (accept && passkey is >= 0 and <= 999_999)
        {
            _isProven = true;
            wanted(passkey.Value);
            question?.TrySetResult((uint)passkey.Value);
        }
        else
        {
            question?.TrySetResult(null);
        }
    }

    /// <summary>Forgets centrals that paired in this run: what else is paired with this computer is not the
    /// sensor's.</summary>
    public void DeleteBond(ulong? address)
    {
        foreach (string device in _bonded.Where(device => address == null || Address(device) == address).ToArray())
        {
            _bonded.Remove(device);
            peripheral.Forget(device);
        }
    }

    private static ulong Address(string device) =>
        Convert.ToUInt64(
            device[(device.LastIndexOf("dev_", StringComparison.Ordinal) + 4)..].Replace("_", "",
                StringComparison.Ordinal), 16);

    private void SetCapability()
    {
        string capability = _needsPasskey ? PairingAgent.KeyboardOnly : PairingAgent.NoInputNoOutput;
        peripheral.Update(wanted => wanted with { Capability = capability });
    }

    private void EndPairing()
    {
        if (_isProven)
        {
            _isProven = false;
            SetCapability();
        }
    }
}
