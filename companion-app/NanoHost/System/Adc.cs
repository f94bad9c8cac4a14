using Backstep.NanoHost;

namespace System.Device.Adc;

/// <summary>How a channel measures.</summary>
public enum AdcChannelMode
{
    /// <summary>Against ground.</summary>
    SingleEnded = 0,

    /// <summary>Against another pin.</summary>
    Differential = 1,
}

/// <summary>What all converters share.</summary>
public abstract class AdcControllerBase
{
    /// <summary>Channels.</summary>
    public abstract int ChannelCount { get; }

    /// <summary>Mode.</summary>
    public abstract AdcChannelMode ChannelMode { get; set; }

    /// <summary>Greatest reading.</summary>
    public abstract int MaxValue { get; }

    /// <summary>Smallest reading.</summary>
    public abstract int MinValue { get; }

    /// <summary>Bits.</summary>
    public abstract int ResolutionInBits { get; }

    /// <summary>Whether it can measure so.</summary>
    public abstract bool IsChannelModeSupported(AdcChannelMode channelMode);

    /// <summary>Opens a channel.</summary>
    public abstract AdcChannel OpenChannel(int channelNumber);
}

/// <summary>The converter of an ESP32: 20 channels at fixed pins (see PinMap), 12 bits, raw.</summary>
public class AdcController : AdcControllerBase
{
    private readonly Machine _machine = Machine.Current;

    /// <inheritdoc/>
    public override int ChannelCount => 20;

    /// <inheritdoc/>
    public override AdcChannelMode ChannelMode { get; set; } = AdcChannelMode.SingleEnded;

    /// <inheritdoc/>
    public override int MaxValue => 4095;

    /// <inheritdoc/>
    public override int MinValue => 0;

    /// <inheritdoc/>
    public override int ResolutionInBits => 12;

    /// <inheritdoc/>
    public override bool IsChannelModeSupported(AdcChannelMode channelMode) =>
        channelMode == AdcChannelMode.SingleEnded;

    /// <inheritdoc/>
    public override AdcChannel OpenChannel(int channelNumber)
    {
        var pin = _machine.PinMap.AnalogPin(channelNumber);
        return pin >= 0 ? new AdcChannel(this, _machine, pin)
            : throw new ArgumentException("An ESP32 has the channels 0 to 19.", nameof(channelNumber));
    }
}

/// <summary>What all channels share.</summary>
public abstract class AdcChannelBase
{
    /// <summary>The converter; null once disposed.</summary>
    public AdcController Controller { get; internal set; } = null!;

    /// <summary>A raw reading.</summary>
    public abstract int ReadValue();

    /// <summary>A reading as a part of the greatest.</summary>
    public double ReadRatio() => ReadValue() / (double)Controller.MaxValue;
}

/// <summary>One channel.</summary>
public class AdcChannel : AdcChannelBase, IDisposable
{
    private readonly Machine _machine;
    private readonly int _pin;
    private bool _disposed;

    internal AdcChannel(AdcController controller, Machine machine, int pin)
    {
        Controller = controller;
        _machine = machine;
        _pin = pin;
    }

    /// <inheritdoc/>
    public override int ReadValue()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _machine.Analog.Read(_pin);
    }

    /// <summary>Closes the channel.</summary>
    public void Dispose()
    {
        _disposed = true;
        GC.SuppressFinalize(this);
    }
}
