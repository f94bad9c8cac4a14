namespace Safety.Tests.Device;

/// <summary>nanoFramework's own mscorlib, which a normal restore brings (Safety.Tests.csproj).</summary>
public static class CoreLibrary
{
    public const string AssemblyName = "mscorlib";

    /// <summary>Where it lies beside the test program; null when its package was not restored.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Ends the running test, with one line that says why, when the package was not restored.</summary>
    public static string OrSkip()
    {
        Assert.SkipWhen(
            Path is null,
            "nanoFramework.CoreLibrary was not restored: firmware compiled against a stub made of its API file.");
        return Path!;
    }

    private static string? Find()
    {
        string path = System.IO.Path.Combine(AppContext.BaseDirectory, "CoreLibrary", AssemblyName + ".dll");
        return File.Exists(path) ? path : null;
    }
}
