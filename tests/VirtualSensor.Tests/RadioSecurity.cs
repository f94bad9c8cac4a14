using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.Security;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace VirtualSensor.Tests;

public sealed class RadioSecurity
{
    [Fact]
    public void Protected_values_need_encryption_and_those_with_a_proof_need_one()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        Error(GattErrors.InsufficientAuthentication, () => central.Read(RadioBench.Service, RadioBench.Encrypted));
        Error(GattErrors.InsufficientAuthentication,
            () => central.Write(RadioBench.Service, RadioBench.Encrypted, [1]));
        Error(GattErrors.InsufficientAuthentication, () => central.Read(RadioBench.Service, RadioBench.Authenticated));

        central.Encrypt();
        Assert.True(central.IsEncrypted);
        Assert.False(central.IsAuthenticated);
        Assert.Equal([1, 2, 3], central.Read(RadioBench.Service, RadioBench.Encrypted));
        Error(GattErrors.InsufficientAuthentication, () => central.Read(RadioBench.Service, RadioBench.Authenticated));
        Assert.Contains("pairing Paired unauthenticated", bench.Log);
    }

    [Fact]
    public void A_bonded_peer_that_has_not_encrypted_yet_gets_the_other_error_and_needs_no_pairing()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect(0x11);
        central.Encrypt();
        central.Disconnect();
        bench.Advance(50);

        central = bench.Device.Radio.Connect(0x11);
        Assert.False(central.IsEncrypted);
        Error(GattErrors.InsufficientEncryption, () => central.Read(RadioBench.Service, RadioBench.Encrypted));
        central.Encrypt();
        Assert.Equal([1, 2, 3], central.Read(RadioBench.Service, RadioBench.Encrypted));
        central.Disconnect();

        // Another peer shares no keys.
        central = bench.Device.Radio.Connect(0x22);
        Error(GattErrors.InsufficientAuthentication, () => central.Read(RadioBench.Service, RadioBench.Encrypted));
    }

    [Fact]
    public void A_device_with_nothing_to_show_cannot_prove_itself()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        central.Encrypt(authenticated: true);
        Assert.True(central.IsEncrypted);
        Assert.False(central.IsAuthenticated);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(123456, true)]
    [InlineData(654321, false)]
    public void With_a_passkey_the_link_is_authenticated_or_pairing_fails(int? entered, bool succeeds)
    {
        using var bench = new RadioBench(setUp: _ =>
        {
            var pairing = BluetoothLEServer.Instance.Pairing;
            pairing.IOCapabilities = DevicePairingIOCapabilities.DisplayOnly;
            pairing.PairingRequested += (_, e) =>
            {
                Assert.Equal(DevicePairingKinds.DisplayPin, e.PairingKind);
                e.Accept(123456);
            };
        });
        var central = bench.Device.Radio.Connect();
        if (succeeds)
        {
            central.Encrypt(authenticated: true, entered);
            Assert.True(central.IsAuthenticated);
            Assert.Equal([1, 2, 3], central.Read(RadioBench.Service, RadioBench.Authenticated));
            Assert.Contains("pairing Paired authenticated", bench.Log);
        }
        else
        {
            Assert.Throws<PairingException>(() => central.Encrypt(authenticated: true, entered));
            Assert.False(central.IsEncrypted);
            bench.Advance(50);
            Assert.Contains("pairing AuthenticationFailure unauthenticated", bench.Log);
        }
    }

    [Fact]
    public void A_pairing_that_nobody_accepts_ends_the_link_after_30_seconds()
    {
        using var bench =
            new RadioBench(
                setUp: _ =>
                    BluetoothLEServer.Instance.Pairing.IOCapabilities = DevicePairingIOCapabilities.DisplayOnly);
        var central = bench.Device.Radio.Connect();
        var before = bench.Device.Elapsed;
        Assert.Throws<LinkLostException>(() => central.Encrypt(authenticated: true));
        Assert.Equal(30, (bench.Device.Elapsed - before).TotalSeconds, 0.1);
    }

    [Fact]
    public void A_bonded_peer_gets_its_subscriptions_back_with_encryption_also_after_a_restart_of_the_device()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect(0x11);
        central.Encrypt();
        central.Subscribe(RadioBench.Service, RadioBench.Notified, _ => { });
        bench.Advance(50);
        bench.Device.PowerOff();
        bench.Advance(5000);
        bench.Device.PowerOn();
        bench.Advance(1000);
        bench.Log.Clear();

        central = bench.Device.Radio.Connect(0x11);
        bench.Advance(50);
        Assert.Equal(["session Active"], bench.Log);
        central.Encrypt();
        bench.Advance(50);
        Assert.Equal(["session Active", "pairing Paired unauthenticated", "notified 1"], bench.Log);
    }

    [Fact]
    public void The_descriptor_that_switches_notifications_is_open_whatever_the_protection()
    {
        // The library has no way to protect it: firmware that notifies secrets must look at the link itself.
        using var bench = new RadioBench();
        List<byte[]> seen = [];
        using var subscription = bench.Device.Radio.Connect()
            .Subscribe(RadioBench.Service, RadioBench.Notified, seen.Add);
        bench.Notify([1]);
        bench.Advance(100);
        Assert.Single(seen);
    }

    [Fact]
    public void The_firmware_can_forget_its_bonds()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect(0x11);
        central.Encrypt();
        List<string> seen = [];
        bench.Loop = () =>
        {
            bench.Loop = null;
            seen.Add($"{DeviceBonding.Count()} {DeviceBonding.IsBonded(0x11)} {DeviceBonding.GetBondInformationAt(0)}");
            DeviceBonding.DeleteAllBonds();
            seen.Add($"{DeviceBonding.Count()}");
        };
        bench.Advance(50);
        Assert.Equal(["1 True 17", "0"], seen);
        central.Disconnect();
        Error(GattErrors.InsufficientAuthentication,
            () => bench.Device.Radio.Connect(0x11).Read(RadioBench.Service, RadioBench.Encrypted));
    }

    private static void Error(byte expected, Action action) =>
        Assert.Equal(expected, Assert.Throws<GattException>(action).AttError);
}
