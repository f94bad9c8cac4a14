namespace Backstep.Flash;

/// <summary>One assembly in a deployment image, or on a board.</summary>
/// <param name="Name">Its name; null where the image does not say it itself.</param>
/// <param name="Version">Its version.</param>
/// <param name="NativeChecksum">Checksum of the native part that it calls; 0 where it calls none.</param>
public sealed record NanoAssembly(string? Name, Version Version, uint NativeChecksum = 0);
