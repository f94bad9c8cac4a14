namespace Backstep.Link;

/// <summary>One thing that Bluetooth needs.</summary>
/// <param name="Name">What.</param>
/// <param name="IsFine">Whether it is as it must be; null when it could not be looked at, because something before it
/// is missing.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Mend">What to do about it; null when nothing.</param>
public sealed record DoctorCheck(string Name, bool? IsFine, string Finding, string? Mend);
