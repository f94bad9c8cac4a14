namespace Backstep.Cost;

/// <summary>A part of the program, and what it took on the 32-bit CLR.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Types">The classes that it begins with. What they alone lead to belongs to it.</param>
/// <param name="MeasuredBytes">As measured on the first firmware that was; null for what was not told apart.</param>
public sealed record MemoryPart(string Name, IReadOnlyList<string> Types, long? MeasuredBytes);

/// <summary>The parts in the order in which they are made: what two of them share belongs to the first.</summary>
public static class MemoryParts
{
    /// <summary>The GATT server.</summary>
    public const string Gatt = "GATT server, all services";

    /// <summary>The library's server, which the first question for it makes.</summary>
    public const string Server = "BLE server";

    /// <summary>What is left.</summary>
    public const string Rest = "the rest of the program, and its static fields";

    /// <summary>
    /// Before Main, beside the assemblies' tables: threads, the types' hash table, events, the exception that is kept
    /// for the worst. Measured.
    /// </summary>
    public const long ClrBytes = 33_448 - 25_896;

    /// <summary>Tables and the CLR's own, as measured.</summary>
    public const long MeasuredBeforeMain = 33_448;

    /// <summary>Live objects after the start, as measured.</summary>
    public const long MeasuredLive = 59_436;

    /// <summary>The same while somebody walks, 1 to 40 minutes.</summary>
    public const long MeasuredWalking = 63_000;

    /// <summary>All.</summary>
    public static IReadOnlyList<MemoryPart> All { get; } =
    [
        new("GPIO: light and button", ["StatusLed", "Button"], 636),
        new("battery", ["Battery"], 216),
        new("raw motion buffer", ["RawMotionBuffer"], 2172),
        new("passkey", ["Passkey"], 72),
        new("session log", ["WalkLog"], 132),
        new("journal", ["SessionJournal"], 708),
        new("ring of 1,024 strides", ["StrideRing"], 20_544),
        new("session, odometer", ["WalkRecorder"], null),
        new("feed, engine, rails, guide", ["MotionFeed"], 4464),
        new("settings", ["Settings"], 300),
        new("motion chip", ["MotionChip"], 684),
        new("sampler", ["MotionSampler"], 252),
        new("session reader", ["SessionReader"], 324),
        new(Server, [], 348),
        new(Gatt, ["GattServer"], 24_156),
    ];
}
