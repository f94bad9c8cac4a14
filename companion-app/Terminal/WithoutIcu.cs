using System.Runtime.InteropServices;

namespace Backstep.Terminal;

/// <summary>
/// A Linux without ICU, such as a container or a small board. .NET would end the program there; this one formats
/// nothing by culture, so it goes on. What is missing then: names whose accents are encoded in two ways are two names.
/// </summary>
public static class WithoutIcu
{
    // What .NET's own search takes, oldest and newest (src/native/libs/System.Globalization.Native/pal_icushim.c of
    // dotnet/runtime: MinICUVersion; two digits).
    private const int Oldest = 50;
    private const int Newest = 99;

    /// <summary>Call before anything that has to do with culture.</summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsLinux() && !HasIcu())
        {
            AppContext.SetSwitch("System.Globalization.Invariant", true);
            AppContext.SetSwitch("System.Globalization.PredefinedCulturesOnly", false);
        }
    }

    // Digits by hand: a number's own words would ask ICU.
    private static bool HasIcu() => Enumerable.Range(Oldest, Newest - Oldest + 1).Reverse().Any(version =>
        NativeLibrary.TryLoad("libicuuc.so." + (char)('0' + (version / 10)) + (char)('0' + (version % 10)), out _));
}
