using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>Answers what bluetoothd asks while two devices pair (org.bluez.Agent1). One at a time; the last question
/// counts.</summary>
/// <param name="path">Where it is exported.</param>
public sealed class PairingAgent(string path) : IDisposable
{
    /// <summary>It can enter six digits, and show none (Core specification, volume 3, part H, 2.3.2).</summary>
    public const string KeyboardOnly = "KeyboardOnly";

    /// <summary>It can do neither: pairing without proof.</summary>
    public const string NoInputNoOutput = "NoInputNoOutput";

    private readonly Lock _gate = new();
    private CancellationTokenSource _cancel = new(); // of the open question; under _gate

    /// <summary>Its object.</summary>
    public string Path { get; } = path;

    /// <summary>Whether it has anything to do with a device. Others are refused. On the bus thread.</summary>
    public Func<string, bool> Accepts { get; set; } = _ => false;

    /// <summary>Gets the passkey of a device, 0 to 999999; null refuses. Cancelled when the pairing has ended without
    /// it.</summary>
    public Func<string, CancellationToken, Task<uint?>> GetPasskey { get; set; } = (_,
        _) => Task.FromResult<uint?>(null);

    /// <summary>Makes bluetoothd ask this agent: about pairings that this program begins, or about all of
    /// them.</summary>
    /// <param name="bus">The connection that exports it.</param>
    /// <param name="capability">What it can do.</param>
    /// <param name="isDefault">Whether it is asked about pairings that others begin, too.</param>
    /// <param name="timeout">For each answer of bluetoothd.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">bluetoothd does not want it.</exception>
    public async Task RegisterAsync(BusConnection bus, string capability, bool isDefault, TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        object[] agent = [new ObjectPath(Path)];
        object[] what = [new ObjectPath(Path), capability];
        try
        {
            await bus.CallAsync(Method("RegisterAgent"), timeout, cancellationToken, what).ConfigureAwait(false);
        }
        catch (BusException e) when (e.Name == "org.bluez.Error.AlreadyExists")
        {
            // its capability may be another
            await UnregisterAsync(bus, timeout, cancellationToken).ConfigureAwait(false);
            await bus.CallAsync(Method("RegisterAgent"), timeout, cancellationToken, what).ConfigureAwait(false);
        }

        if (isDefault)
        {
            await bus.CallAsync(Method("RequestDefaultAgent"), timeout, cancellationToken, agent).ConfigureAwait(false);
        }
    }

    /// <summary>It is asked no more.</summary>
    /// <exception cref="BusException">bluetoothd did not know it.</exception>
    public Task UnregisterAsync(BusConnection bus, TimeSpan timeout, CancellationToken cancellationToken) =>
        bus.CallAsync(Method("UnregisterAgent"), timeout, cancellationToken, new ObjectPath(Path));

    /// <summary>A call to its object.</summary>
    public void OnCall(BusCall call)
    {
        switch (call)
        {
            case { Interface: not BlueZNames.Agent }:
                call.FailUnknown();
                break;
            case { Member: "Release" or "Cancel" }:
                Renew();
                call.Reply();
                break;
            case { Subject: null }:
                Reject(call);
                break;
            case { Subject: { } device } when !Accepts(device):
                Reject(call);
                break;
            case { Member: "RequestPasskey", Subject: { } device }:
                _ = AnswerAsync(call, device, Renew());
                break;
            case { Member: "RequestAuthorization" }: // a pairing without proof
                call.Reply();
                break;
            // not with these capabilities; no answer is waited for
            case { Member: "DisplayPasskey" or "DisplayPinCode" }:
                call.Reply();
                break;
            default: // a comparison of numbers, a classic PIN, a classic profile
                Reject(call);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _cancel.Dispose();
        }
    }

    private static BusMethod Method(string member) =>
        new(BlueZNames.Service, "/org/bluez", BlueZNames.AgentManager, member);

    private static void Reject(BusCall call) => call.Fail("org.bluez.Error.Rejected", "refused");

    private async Task AnswerAsync(BusCall call, string device, CancellationToken cancellationToken)
    {
        try
        {
            if (await GetPasskey(device, cancellationToken).ConfigureAwait(false) is { } passkey)
            {
                call.Reply(passkey);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            call.Fail("org.bluez.Error.Canceled", "cancelled");
            return;
        }

        Reject(call);
    }

    /// <summary>Ends the open question.</summary>
    private CancellationToken Renew()
    {
        CancellationTokenSource old;
        CancellationToken token;
        lock (_gate)
        {
            old = _cancel;
            _cancel = new CancellationTokenSource();
            token = _cancel.Token;
        }

        old.CancelAfter(TimeSpan.Zero); // not at once: this is the bus thread
        return token;
    }
}
