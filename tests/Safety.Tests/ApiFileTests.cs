using Safety.Tests.Api;

namespace Safety.Tests;

public sealed class ApiFileTests
{
    [Fact]
    public void Every_line_of_every_file_is_read()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "NanoFrameworkApi");
        string[] files = Directory.GetFiles(folder, "*.txt");
        Assert.Equal(21, files.Length);
        foreach (string file in files)
        {
            string[] lines = [.. File.ReadAllText(file).Split('\n').Where(l => l.Length > 0 && !l.StartsWith('#'))];
            ApiAssembly assembly = ApiFile.Read(file);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), $"{assembly.Name}-{assembly.PackageVersion}");
            Assert.Equal(lines.Count(l => !l.StartsWith(' ')), assembly.Types.Count);
            Assert.Equal(lines.Count(l => l.StartsWith(' ')),
                assembly.Types.Where(t => t.Kind != "delegate").Sum(t => t.Members.Count));
        }
    }

    [Fact]
    public void Members_are_written_back_as_they_were_read()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "NanoFrameworkApi"), "*.txt"))
        {
            HashSet<string> lines = [.. File.ReadAllText(file).Split('\n').Select(l => l.Trim(' '))];
            foreach (ApiType type in ApiFile.Read(file).Types.Where(t => t.Kind is not "enum" and not "delegate"))
            {
                foreach (ApiMember member in type.Members)
                {
                    string text = member.Kind == "ctor"
                        ? member.ToString().Replace("ctor .ctor", $"ctor {type.Name}", StringComparison.Ordinal)
                        : member.ToString()
                        .Replace($"{member.Kind} ", $"{member.Kind} {type.Name}.", StringComparison.Ordinal);
                    Assert.True(lines.Any(l => l == text || l.StartsWith(text + " [", StringComparison.Ordinal)),
                        $"{file}: {text}");
                }
            }
        }
    }

    [Theory]
    [InlineData("class A.B", "  method A.B.Run() void (public)")]
    [InlineData("class A.B", "  property A.B.Size : int (public)")]
    [InlineData("class A.B", "  method A.C.Run() -> void (public)")]
    [InlineData("class A.B", "something else")]
    [InlineData("enum A.E : int", "  A.E.One = one")]
    public void A_line_that_cannot_be_read_is_an_error(string type, string line) =>
        Assert.Throws<InvalidDataException>(
            () => ApiFile.Parse("test", ["# assembly X  package version 1.0  assembly version 1.0.0.0", type, line]));

    [Fact]
    public void All_kinds_of_members_are_understood()
    {
        NanoApi api = NanoApi.Device;
        Assert.Equal("sealed", api.Find("System.Device.Gpio.GpioController")?.Modifier);
        Assert.Contains("System.IO.IOException.IOExceptionErrorCode",
            api.Find("System.IO.IOException.IOExceptionErrorCode")?.Name, StringComparison.Ordinal);
        Assert.Equal(["uint"],
            api.Find("nanoFramework.Device.Bluetooth.GenericAttributeProfile.GattCharacteristicProperties")!.Bases);
        Assert.Contains(NanoApi.Methods(api.Find("System.String")!),
            m => m.Name == "get_Chars" && m.Parameters is ["int"] && m.ReturnType == "char");
        Assert.Contains(NanoApi.Methods(api.Find("System.Int32")!),
            m => m.Name == "TryParse" && m.IsStatic && m.Parameters is ["string", "int&"]);
        Assert.Contains(NanoApi.Methods(api.Find("System.Action`1")!),
            m => m.Name == "Invoke" && m.Parameters is ["T"]);
        Assert.Contains(NanoApi.Methods(api.Find("System.Device.Gpio.GpioPin")!), m => m.Name == "add_ValueChanged");
        Assert.Contains(api.Find("System.String")!.Members, m => m.Name == "PadLeft" && m.Parameters[1].Default == " ");
        Assert.Contains(api.WithBases(api.Find("System.IO.FileStream")!), t => t.Name == "System.IO.Stream");
    }
}
