using Safety.Tests.Il;

namespace Safety.Tests.Rules;

/// <summary>Something that device code must keep to.</summary>
public interface IDeviceRule
{
    /// <summary>Short name, as in a bad sample's [Breaks] attribute.</summary>
    string Name { get; }

    IEnumerable<Finding> Check(DeviceCode code);
}
