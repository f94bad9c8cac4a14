namespace Backstep.VirtualSensor.Processing;

/// <summary>A device's program, in both forms in which a processor can run it.</summary>
/// <param name="Run">Runs it for ever.</param>
/// <param name="Build">Builds it; then a pass of it, which says how long there is nothing to do afterwards, in
/// ms.</param>
internal sealed record DeviceProgram(Action Run, Func<Func<int>> Build);
