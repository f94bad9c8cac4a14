namespace Backstep.Files.Recording;

/// <summary>The fixed recording format: one header line, units in the names.</summary>
public static class MotionColumns
{
    /// <summary>The seven columns, in the order in which they are written. They may be read in any order.</summary>
    public static IReadOnlyList<string> Names { get; } = ["t_s", "ax_g", "ay_g", "az_g", "gx_dps", "gy_dps", "gz_dps"];

    /// <summary>The header line as written.</summary>
    public static string Header { get; } = string.Join(',', Names);
}
