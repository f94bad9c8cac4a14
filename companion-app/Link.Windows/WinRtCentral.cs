using System.Collections.Concurrent;
using System.Globalization;
using Backstep.Protocol;
using Backstep.Walks;
using Windows.Devices.Bluetooth;
using Windows.Devices.Bluetooth.Advertisement;
using Windows.Devices.Radios;
using DeviceInformation = Windows.Devices.Enumeration.DeviceInformation;

namespace Backstep.Link.Windows;

/// <summary>
/// Bluetooth on Windows. Compiled with every check of the project, and never yet run: no Windows computer with a radio
/// was at hand.
/// </summary>
public sealed class WinRtCentral : IBluetooth
{
    // Windows' word for "no signal strength" (BluetoothLEAdvertisementReceivedEventArgs.RawSignalStrengthInDBm).
    private const short UnknownSignal = -127;

    private readonly ConcurrentDictionary<string, (ulong Address,
        BluetoothAddressType Kind)> _known = new(StringComparer.OrdinalIgnoreCase);

    private WinRtCentral(Func<string?> askPasskey) => AskPasskey = askPasskey;

    /// <summary>Asks a person for a passkey; null when nobody can be asked.</summary>
    internal Func<string?> AskPasskey { get; }

    /// <summary>Looks whether the adapter can be used.</summary>
    /// <param name="askPasskey">Asks a person for the six digits; null when nobody can be asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BluetoothUnavailableException">There is none, or it is off.</exception>
    public static async Task<IBluetooth> OpenAsync(Func<string?> askPasskey, CancellationToken cancellationToken)
    {
        var adapter = await BluetoothAdapter.GetDefaultAsync().AsTask(cancellationToken).ConfigureAwait(false)
            ?? throw WinRtText.Unavailable(WinRtText.NoAdapter);
        if (!adapter.IsLowEnergySupported || !adapter.IsCentralRoleSupported)
        {
            throw WinRtText.Unavailable(WinRtText.NoLowEnergy);
        }

        var radio = await adapter.GetRadioAsync().AsTask(cancellationToken).ConfigureAwait(false);
        return radio?.State == RadioState.On ? new WinRtCentral(askPasskey)
            : throw WinRtText.Unavailable(WinRtText.Off);
    }

    /// <inheritdoc/>
    public async Task SearchAsync(Action<SensorSighting> onSeen, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        var told = new Dictionary<string, SensorSighting>();

        void Report(SensorSighting sensor)
        {
            lock (gate)
            {
                // The name comes in one packet, the service in another; what was known stays known.
                var before = told.GetValueOrDefault(sensor.Address);
                sensor = sensor with { Name = sensor.Name ?? before?.Name };
                if (sensor != before && !cancellationToken.IsCancellationRequested)
                {
                    told[sensor.Address] = sensor;
                    onSeen(sensor);
                }
            }
        }

        var watcher = new BluetoothLEAdvertisementWatcher { ScanningMode = BluetoothLEScanningMode.Active };
        // in the scan response, beside the name
        watcher.AdvertisementFilter.Advertisement.ServiceUuids.Add(Uuids.Backstep);
        var ended = new TaskCompletionSource<BluetoothError>(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Received += (_, heard) =>
        {
            string address = AddressOf(heard.BluetoothAddress);
            _known[address] = (heard.BluetoothAddress, heard.BluetoothAddressType);
            string name = OneLine.Of(heard.Advertisement.LocalName);
            Report(
                new SensorSighting(name.Length > 0 ? name : null, address,
                    heard.RawSignalStrengthInDBm == UnknownSignal ? null : heard.RawSignalStrengthInDBm, null, false));
        };
        watcher.Stopped += (_, stopped) => ended.TrySetResult(stopped.Error);
        watcher.Start();
        try
        {
            await ReportConnectedAsync(Report, cancellationToken).ConfigureAwait(false);
            var error = await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw WinRtText.Unavailable(
                error == BluetoothError.RadioNotAvailable ? WinRtText.Off
                    : $"Windows ended the search for sensors ({error}).");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            watcher.Stop();
        }
    }

    /// <inheritdoc/>
    public ISensorLink LinkTo(SensorSighting sensor) => new WinRtLink(this, sensor);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>As people write it.</summary>
    internal static string AddressOf(ulong address)
    {
        string digits = address.ToString("X12", CultureInfo.InvariantCulture);
        return string.Join(':', Enumerable.Range(0, 6).Select(i => digits.Substring(2 * i, 2)));
    }

    /// <summary>The device of a sensor that was seen; null when Windows does not know it.</summary>
    internal async Task<BluetoothLEDevice?> DeviceAsync(SensorSighting sensor, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(sensor.Address, out var known))
        {
            return await BluetoothLEDevice.FromBluetoothAddressAsync(known.Address, known.Kind)
                .AsTask(cancellationToken).ConfigureAwait(false);
        }

        return ulong.TryParse(sensor.Address.Replace(":", "", StringComparison.Ordinal),
            NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address)
            ? await BluetoothLEDevice.FromBluetoothAddressAsync(address).AsTask(cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>A sensor that this computer is connected to does not advertise.</summary>
    private async Task ReportConnectedAsync(Action<SensorSighting> tell, CancellationToken cancellationToken)
    {
        string connected = BluetoothLEDevice.GetDeviceSelectorFromConnectionStatus(BluetoothConnectionStatus.Connected);
        foreach (var one in await DeviceInformation.FindAllAsync(connected).AsTask(cancellationToken)
            .ConfigureAwait(false))
        {
            using var device = await BluetoothLEDevice.FromIdAsync(one.Id).AsTask(cancellationToken)
                .ConfigureAwait(false);
            if (device == null)
            {
                continue;
            }

            var services = await device.GetGattServicesForUuidAsync(Uuids.Backstep, BluetoothCacheMode.Cached)
                .AsTask(cancellationToken).ConfigureAwait(false);
            if (services.Services is { Count: > 0 } found)
            {
                foreach (var service in found)
                {
                    service.Dispose();
                }

                string address = AddressOf(device.BluetoothAddress);
                _known[address] = (device.BluetoothAddress, device.BluetoothAddressType);
                string name = OneLine.Of(device.Name);
                tell(new SensorSighting(name.Length > 0 ? name : null, address, null, null, true));
            }
        }
    }
}
