using Backstep.Link;
using Backstep.Protocol;
using Backstep.Rehearsal;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;
using Backstep.VirtualSensor.Walker;
using Backstep.Walks.Live;
using Backstep.Walks.Strides;
using Backstep.WebEngine.Keeping;
using Backstep.WebEngine.Live;

namespace Backstep.WebEngine.Tests;

/// <summary>A page whose browser has the sensor's own program in reach, with Web Bluetooth's calls and errors. Virtual
/// time passes while the page waits.</summary>
internal sealed class PageBesideSensor : IPageRadio, IPageKeeping, IDisposable
{
    /// <summary>What a browser calls a device: no address.</summary>
    public const string Id = "hXZ3+cXn9qEJ5bcKoRlqAA==";

    private readonly VirtualDevice _device;
    private readonly PageBluetooth _bluetooth;
    private VirtualCentral? _central;

    public PageBesideSensor(Walker walker, int seed, bool isPaired = true)
    {
        (Walker, IsPaired) = (walker, isPaired);
        _device = new VirtualDevice(walker, new VirtualDeviceOptions { Seed = seed, HasOneThread = true,
            Volume = ConfiguredVolume.Of(Placement.RightShoe) });
        _bluetooth = new PageBluetooth(this, (patience, _) =>
        {
            Pass(patience.TotalSeconds);
            return Task.CompletedTask;
        });
        Time = new VirtualTime(_device);
        Archive = new PageArchive(this);
        Pass(2);
    }

    public Walker Walker { get; }

    public bool IsPaired { get; }

    public TimeProvider Time { get; }

    public PageArchive Archive { get; private set; }

    /// <summary>What is kept, in order, each with the time of the walk in s.</summary>
    public List<RestoredJson> Kept { get; } = [];

    public double Seconds => _device.Elapsed.TotalSeconds;

    public VirtualRadio Air => _device.Radio;

    /// <summary>A walk with it, connected.</summary>
    public async Task<LiveWalk> BeginAsync()
    {
        var walk = new LiveWalk(_bluetooth, new SensorSighting("Backstep", Id, null, null, false),
            new LiveSetup("Backstep", IsSimulated: false, Units.Metric), isHeard: true, Archive, Time);
        await walk.ConnectAsync();
        return walk;
    }

    /// <summary>Follows until a moment.</summary>
    public async Task UntilAsync(LiveWalk walk, double seconds, Action? passed = null)
    {
        while (Seconds < seconds)
        {
            await walk.PumpAsync();
            passed?.Invoke();
        }
    }

    /// <summary>The page is loaded anew, with what was kept.</summary>
    public void Reload()
    {
        _central?.Disconnect(); // a browser lets go with the page
        _central = null;
        Archive = new PageArchive(this);
        Archive.Restore([.. Kept]);
    }

    public void Append(string key, string text) => Kept.Add(new RestoredJson(key, Seconds, text));

    public void Forget(string key) => Kept.RemoveAll(piece => piece.Key == key);

    public Task ConnectAsync(string deviceId) => Do(() =>
    {
        Assert.Equal(Id, deviceId);
        var central = _device.Radio.Connect();
        central.Disconnected += () =>
        {
            if (_central == central)
            {
                _central = null;
                _bluetooth.OnLost(Id, "");
            }
        };
        _central = central;
        central.ExchangeMtu(517);
        if (IsPaired)
        {
            central.Encrypt(authenticated: true, (int)ControlCommand.FactoryPasskey);
        }

        return true;
    });

    public Task DisconnectAsync(string deviceId)
    {
        var central = _central;
        _central = null;
        central?.Disconnect();
        return Task.CompletedTask;
    }

    public Task<byte[]> ReadAsync(string deviceId, Guid service, Guid characteristic) =>
        Do(() => Central.Read(service, characteristic));

    public Task WriteAsync(string deviceId, Guid service, Guid characteristic, byte[] value) => Do(() =>
    {
        Central.Write(service, characteristic, value);
        return true;
    });

    public Task SubscribeAsync(string deviceId, Guid service, Guid characteristic) => Do(() =>
        Central.Subscribe(service, characteristic, value => _bluetooth.OnValue(Id, characteristic, value)));

    public void Dispose() => _device.Dispose();

    private VirtualCentral Central => _central ?? throw new LinkLostException();

    private void Pass(double seconds) => _device.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>As the page's module tells Chromium's errors.</summary>
    private static Task<T> Do<T>(Func<T> action)
    {
        try
        {
            return Task.FromResult(action());
        }
        catch (GattException e) when (e.AttError is 0x05 or 0x08 or 0x0F)
        {
            return Failed("Network: GATT Error: Not paired.");
        }
        catch (GattException)
        {
            return Failed("NotSupported: GATT operation failed for unknown reason.");
        }
        catch (LinkLostException)
        {
            return Failed("Network: GATT Server is disconnected. Cannot perform GATT operations.");
        }
        catch (InvalidOperationException)
        {
            return Failed("Network: Bluetooth Device is no longer in range.");
        }

        Task<T> Failed(string told) => Task.FromException<T>(PageRadioText.Of(told));
    }
}
