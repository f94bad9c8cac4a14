using Backstep.Gait;
using Backstep.Link;
using Backstep.Protocol;
using Backstep.VirtualSensor;
using Backstep.VirtualSensor.Radio;
using Backstep.Walks;

namespace Backstep.Rehearsal.Room;

/// <summary>A clip of a simulated room: the sensor's own program on the shoe of one walker after another. Its time
/// passes with real time, whether or not anybody listens. One caller at a time.</summary>
public sealed class SimulatedClip : IDisposable
{
    // The largest that a central may ask for (Core specification, volume 3, part F, 3.2.9).
    private const ushort WantedMtu = 517;

    private readonly VirtualDevice _device;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _gate = new();

    /// <summary>Switches it on.</summary>
    /// <param name="number">What stands on it, from 1.</param>
    /// <param name="walkers">Who wears it.</param>
    /// <param name="time">Real time.</param>
    public SimulatedClip(int number, WalkersInTurn walkers, TimeProvider time)
    {
        (Number, Walkers, _time) = (number, walkers, time);
        _device = new VirtualDevice(walkers, new VirtualDeviceOptions
        {
            Seed = number,
            Volume = ConfiguredVolume.Of(number % 2 == 0 ? Placement.LeftShoe : Placement.RightShoe, Name),
        });
        _start = time.GetTimestamp();
        StartedAt = time.GetUtcNow();
        MakeItsGateways();
    }

    /// <summary>What stands on it.</summary>
    public int Number { get; }

    /// <summary>What it calls itself in the air.</summary>
    public string Name => FormattableString.Invariant($"Clip {Number}");

    /// <summary>Its Bluetooth address; no real one looks like that.</summary>
    public string Address => SimulatedRoom.AddressOf(Number);

    /// <summary>Who wears it.</summary>
    public WalkersInTurn Walkers { get; }

    /// <summary>When it was switched on.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>How long its own time has run since <see cref="StartedAt"/>.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _device.Elapsed;
            }
        }
    }

    /// <summary>What it advertises as; null while it does not, because it has a central or is out of reach.</summary>
    public string? AdvertisedName
    {
        get
        {
            lock (_gate)
            {
                return _device.Radio.InRange ? _device.Radio.Advertisement?.LocalName : null;
            }
        }
    }

    /// <summary>Whether it is within reach.</summary>
    public bool InRange
    {
        get
        {
            lock (_gate)
            {
                return _device.Radio.InRange;
            }
        }

        set
        {
            lock (_gate)
            {
                _device.Radio.InRange = value;
            }
        }
    }

    /// <summary>Takes the cell out and puts it in again.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _device.PowerOff();
            _device.PowerOn();
        }
    }

    /// <summary>Brings it up to now.</summary>
    /// <exception cref="SensorException">Its program has stopped.</exception>
    public void Pass()
    {
        lock (_gate)
        {
            var due = Ahead;
            if (due < TimeSpan.Zero)
            {
                _device.Advance(-due);
            }

            if (_device.Fault is { } fault)
            {
                throw new SensorException($"the program of {Name} has stopped: {fault.GetType().Name}: "
                    + $"{OneLine.Of(fault.Message)} This is a fault in backstep: please report it.", fault);
            }
        }
    }

    /// <summary>A call of its central, which may let its time run ahead; ends when real time has caught up.</summary>
    /// <exception cref="SensorLinkException">The link is gone, or the clip refuses.</exception>
    internal async Task<T> CallAsync<T>(Func<VirtualRadio, T> call, CancellationToken cancellationToken)
    {
        T result;
        TimeSpan ahead;
        lock (_gate)
        {
            try
            {
                result = GattCall.Do(() => call(_device.Radio));
            }
            finally
            {
                ahead = Ahead;
            }
        }

        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, _time, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>Connects a central that has paired, as whoever reaches for it: the gateway, or who asks it what it has
    /// counted.</summary>
    internal static VirtualCentral ConnectTo(VirtualRadio radio)
    {
        var central = radio.Connect();
        try
        {
            central.ExchangeMtu(WantedMtu);
            central.Encrypt(authenticated: true, (int)ControlCommand.FactoryPasskey);
            return central;
        }
        catch (GattException)
        {
            central.Disconnect(); // half a link is none
            throw;
        }
    }

    // A gym pairs its clips when it sets them up. One that has just been switched on lets itself be paired for two
    // minutes only (firmware/Sensor/Bluetooth/Pairing.cs), and the turn of the last of two hundred comes later.
    private void MakeItsGateways()
    {
        InMemoryBluetooth.Boot(_device);
        GattCall.Do(() =>
        {
            ConnectTo(_device.Radio).Disconnect();
            return true;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _device.Dispose();
        }
    }

    private TimeSpan Ahead => _device.Elapsed - _time.GetElapsedTime(_start);
}
