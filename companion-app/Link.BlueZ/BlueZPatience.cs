namespace Backstep.Link.BlueZ;

/// <summary>How long to wait for what. A test has less.</summary>
/// <param name="Call">For an answer of bluetoothd itself, or of a sensor that is connected. ATT gives up after 30 s
/// (Core specification, volume 3, part F, 3.3.3).</param>
/// <param name="Connect">For a link. bluetoothd itself gives up after about 20 s.</param>
/// <param name="Pair">For a key to be agreed on; a person may have to find and type six digits. The other side gives up
/// after 30 s of silence (Core specification, volume 3, part H, 3.4).</param>
/// <param name="Services">For the sensor's table of services.</param>
/// <param name="Search">For a sensor that was known and has to be heard again.</param>
/// <param name="Goodbye">For the end of a link; BlueZ takes two seconds.</param>
public sealed record BlueZPatience(TimeSpan Call, TimeSpan Connect, TimeSpan Pair, TimeSpan Services, TimeSpan Search,
    TimeSpan Goodbye)
{
    /// <summary>For people and radios.</summary>
    public static BlueZPatience Usual { get; } = new(
        TimeSpan.FromSeconds(32), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
}
