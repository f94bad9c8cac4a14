using System.Text;
using Backstep.VirtualSensor.Radio;
using nanoFramework.Device.Bluetooth;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace VirtualSensor.Tests;

public sealed class RadioGatt
{
    private static readonly Guid DeviceInformation = new("0000180a-0000-1000-8000-00805f9b34fb");

    [Fact]
    public void The_advertisement_has_flags_name_and_service_and_spills_into_the_scan_response()
    {
        using var bench = new RadioBench();
        var seen = bench.Device.Radio.Advertisement!;
        Assert.Equal("Bench", seen.LocalName);
        Assert.Equal([RadioBench.Service], seen.ServiceUuids);
        Assert.Equal(new byte[] { 2, 1, 6, 6, 9 }.Concat("Bench"u8.ToArray()).Concat(new byte[] { 17, 7 }).ToArray(),
            seen.Data[..12]);
        Assert.Equal(28, seen.Data.Length);
        Assert.Empty(seen.ScanResponse);
        Assert.Equal("Bench", bench.Device.Radio.DeviceName);
        Assert.Equal(0x0442, bench.Device.Radio.Appearance);
        Assert.Contains("advertising Started", bench.Log);
    }

    [Fact]
    public void What_fits_in_neither_packet_is_left_out_and_told()
    {
        GattServiceProviderAdvertisementStatus status = default;
        using var device = BoardBench.Device((_, _) =>
        {
            BluetoothLEServer.Instance.DeviceName = "A name of twenty-odd bytes";
            var provider = GattServiceProvider.Create(RadioBench.Service).ServiceProvider;
            var parameters = new GattServiceProviderAdvertisingParameters { ServiceData = new Buffer(new byte[14]) };
            provider.StartAdvertising(parameters);
            status = provider.AdvertisementStatus;
        });
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
        Assert.Equal(GattServiceProviderAdvertisementStatus.StartedWithoutAllAdvertisementData, status);
        var seen = device.Radio.Advertisement!;
        Assert.True(seen.Data.Length <= 31 && seen.ScanResponse.Length <= 31);
        Assert.Equal("A name of twenty-odd bytes", seen.LocalName);
    }

    [Fact]
    public void Service_data_follows_the_short_uuid_and_is_sent_with_the_buffers_whole_capacity()
    {
        using var device = BoardBench.Device((_, _) =>
        {
            var provider = GattServiceProvider.Create(new Guid("00001826-0000-1000-8000-00805f9b34fb")).ServiceProvider;
            provider.StartAdvertising(
                new GattServiceProviderAdvertisingParameters { ServiceData = new Buffer([1, 1, 0]) });
        });
        device.Advance(TimeSpan.FromSeconds(1));
        device.RethrowFault();
        Assert.Equal([1, 1, 0], device.Radio.Advertisement!.ServiceData(0x1826)!);

        using var careless = BoardBench.Device((_, _) =>
        {
            var provider = GattServiceProvider.Create(new Guid("00001826-0000-1000-8000-00805f9b34fb")).ServiceProvider;
            var data = new DataWriter();
            data.WriteByte(1);
            provider.StartAdvertising(
                new GattServiceProviderAdvertisingParameters { ServiceData = data.DetachBuffer() });
        });
        careless.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(careless.Radio.Advertisement!.ServiceData(0x1826)); // 2 + 32 bytes: too long for either packet
    }

    [Fact]
    public void A_default_device_information_comes_with_the_first_service()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        Assert.Contains(central.Characteristics, one => one.Service == DeviceInformation);
        Assert.Equal("nanoFramework",
            Encoding.UTF8.GetString(central.Read(DeviceInformation, GattCharacteristicUuids.ManufacturerNameString)));
        Assert.Equal("ESP32",
            Encoding.UTF8.GetString(central.Read(DeviceInformation, GattCharacteristicUuids.ModelNumberString)));
    }

    [Fact]
    public void One_central_at_a_time_and_advertising_goes_on_after_it_left()
    {
        using var bench = new RadioBench();
        var radio = bench.Device.Radio;
        var central = radio.Connect();
        Assert.Null(radio.Advertisement);
        Assert.Throws<InvalidOperationException>(() => radio.Connect());
        bench.Advance(50);
        central.Disconnect();
        Assert.False(central.IsConnected);
        Assert.NotNull(radio.Advertisement);
        bench.Advance(50);
        Assert.Equal(["session Active", "session Closed"], bench.Log[1..]);
        Assert.True(radio.Connect().IsConnected);
    }

    [Fact]
    public void Values_are_read_and_written_over_the_air_in_virtual_time()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        var before = bench.Device.Elapsed;
        Assert.Equal([1, 2, 3], central.Read(RadioBench.Service, RadioBench.Open));
        // there, handled within 10 ms, and back
        Assert.InRange((bench.Device.Elapsed - before).TotalMilliseconds, 30, 90);
        central.Write(RadioBench.Service, RadioBench.Open, [7, 8]);
        Assert.Equal([7, 8], bench.Value);
        Assert.Equal([7, 8], central.Read(RadioBench.Service, RadioBench.Open));
    }

    [Fact]
    public void Long_values_are_read_in_parts_and_written_whole()
    {
        using var bench = new RadioBench { Value = [.. Enumerable.Range(0, 100).Select(i => (byte)i)] };
        var central = bench.Device.Radio.Connect();
        Assert.Equal(bench.Value, central.Read(RadioBench.Service, RadioBench.Open));
        var longer = Enumerable.Range(0, 300).Select(i => (byte)(i * 7)).ToArray();
        central.Write(RadioBench.Service, RadioBench.Open, longer);
        Assert.Equal(longer, bench.Value);
        Error(GattErrors.InvalidLength, () => central.Write(RadioBench.Service, RadioBench.Open, new byte[513]));
        Assert.Equal(longer, bench.Value);
    }

    [Fact]
    public void Attribute_errors_are_those_of_the_specification()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        Error(GattErrors.InvalidHandle, () => central.Read(RadioBench.Service, Guid.Empty));
        Error(GattErrors.InvalidHandle, () => central.Write(Guid.Empty, RadioBench.Open, [1]));
        Error(GattErrors.ReadNotPermitted, () => central.Read(RadioBench.Service, RadioBench.Notified));
        Error(GattErrors.WriteNotPermitted, () => central.Write(RadioBench.Service, RadioBench.Notified, [1]));
        Error(GattErrors.AttributeNotFound, () => central.Subscribe(RadioBench.Service, RadioBench.Open, _ => { }));
        Error(GattErrors.Unlikely, () => central.Read(RadioBench.Service, RadioBench.Unhandled));
        Error(GattErrors.Unlikely, () => central.Write(RadioBench.Service, RadioBench.Unhandled, [1]));
        bench.OnWrite = request => request.RespondWithProtocolError(0x80);
        bench.OnRead = request => request.RespondWithProtocolError(0x81);
        Error(0x80, () => central.Write(RadioBench.Service, RadioBench.Open, [1]));
        Error(0x81, () => central.Read(RadioBench.Service, RadioBench.Open));
        Assert.Equal(0, bench.Device.Radio.UnansweredRequests);
    }

    [Fact]
    public void A_request_that_is_not_answered_fails_after_two_seconds_and_the_next_one_works()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        bench.OnRead = _ => { };
        var before = bench.Device.Elapsed;
        Error(GattErrors.Unlikely, () => central.Read(RadioBench.Service, RadioBench.Open));
        Assert.InRange((bench.Device.Elapsed - before).TotalSeconds, 2, 2.1);
        Assert.Equal(1, bench.Device.Radio.UnansweredRequests);
        bench.OnRead = null;
        Assert.Equal([1, 2, 3], central.Read(RadioBench.Service, RadioBench.Open));
    }

    [Fact]
    public void A_request_may_be_answered_later_from_the_loop()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        bench.OnWrite = request =>
        {
            var due = bench.Clock.NowMilliseconds + 500;
            bench.Loop = () =>
            {
                if (bench.Clock.NowMilliseconds >= due)
                {
                    bench.Loop = null;
                    request.Respond();
                }
            };
        };
        var before = bench.Device.Elapsed;
        central.Write(RadioBench.Service, RadioBench.Open, [1]);
        Assert.InRange((bench.Device.Elapsed - before).TotalMilliseconds, 530, 600);
    }

    [Fact]
    public void A_write_that_is_answered_twice_blocks_the_stack_for_good()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        bench.OnWrite = request =>
        {
            request.Respond();
            request.Respond();
        };
        central.Write(RadioBench.Service, RadioBench.Open, [1]);
        Assert.True(bench.Device.Radio.IsWedged);
        Error(GattErrors.Unlikely, () => central.Read(RadioBench.Service, RadioBench.Open));
    }

    [Fact]
    public void A_handler_that_throws_is_a_fault_and_no_later_event_is_handled()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        bench.OnWrite = _ => throw new FormatException("in a handler");
        Error(GattErrors.Unlikely, () => central.Write(RadioBench.Service, RadioBench.Open, [1]));
        Assert.IsType<FormatException>(bench.Device.Fault);
        Error(GattErrors.Unlikely, () => central.Read(RadioBench.Service, RadioBench.Open));
    }

    [Fact]
    public void A_write_without_response_reaches_the_firmware_and_returns_at_once()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        var before = bench.Device.Elapsed;
        central.Write(RadioBench.Service, RadioBench.Command, [5]);
        Assert.Equal(before, bench.Device.Elapsed);
        bench.Advance(60);
        Assert.Equal([5], bench.Value);
    }

    [Fact]
    public void Requests_from_a_callback_wait_their_turn()
    {
        using var bench = new RadioBench();
        var central = bench.Device.Radio.Connect();
        byte[]? read = null;
        using var subscription = central.Subscribe(RadioBench.Service, RadioBench.Notified,
            _ => read ??= central.Read(RadioBench.Service, RadioBench.Open));
        bench.OnWrite = request =>
        {
            bench.NotifiedByDevice.NotifyValue(new Buffer([1]));
            request.Respond();
        };
        central.Write(RadioBench.Service, RadioBench.Open, [9]);
        bench.Advance(200);
        Assert.Equal([1, 2, 3], read!);
    }

    private static void Error(byte expected, Action action) =>
        Assert.Equal(expected, Assert.Throws<GattException>(action).AttError);
}
