namespace Backstep.Files.Recording;

/// <summary>What the chip would have said: six integers in the scale of <see cref="Gait.MotionScale"/>, in the sensor's
/// axes.</summary>
public readonly record struct ChipSample(short Ax, short Ay, short Az, short Gx, short Gy, short Gz);
