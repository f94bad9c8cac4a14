using Backstep.Link;

namespace Backstep.Terminal;

/// <summary>What a doctor found, in lines: well, BAD, or neither; and what mends it.</summary>
public static class DoctorLines
{
    private const int Labels = 18;

    /// <summary>Writes them.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="checks">What was looked at.</param>
    /// <param name="verdict">The sentence at the end.</param>
    public static void Write(TextWriter writer, IReadOnlyList<DoctorCheck> checks, string verdict)
    {
        var lines = new SummaryWriter(writer, Labels);
        foreach (var check in checks)
        {
            string mark = check.IsFine switch { true => "ok", false => "BAD", _ => "--" };
            lines.Line($"{mark,-4} {check.Name}", check.Finding);
            if (check.Mend != null)
            {
                lines.Line("", "-> " + check.Mend);
            }
        }

        writer.WriteLine();
        SummaryWriter.Wrap(writer, verdict);
    }
}
