namespace Backstep.Lab.Evaluation;

/// <summary>A number that is drawn for each simulated walker, even between two bounds.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Low">From.</param>
/// <param name="High">To.</param>
/// <param name="Unit">Its unit, or empty.</param>
public sealed record GridRange(string Name, double Low, double High, string Unit);
