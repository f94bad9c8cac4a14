using Mono.Cecil;
using Safety.Tests.Api;
using Safety.Tests.Il;
using Safety.Tests.Rules;

namespace Safety.Tests;

/// <summary>The rules themselves: each finds the code that was written to break it, and none finds fault with good
/// code.</summary>
public sealed class BadSampleTests
{
    private const string Good = "Backstep.BadSamples.GoodSample";
    private static readonly ModuleDefinition Samples = Firmware.Load("Safety.Tests.BadSamples");

    public static TheoryData<string, string, string> BadSamples =>
    [
        .. from type in Samples.Types
           from attribute in type.CustomAttributes
           where attribute.AttributeType.Name == "BreaksAttribute"
           select new TheoryDataRow<string, string, string>(type.FullName,
               (string)attribute.ConstructorArguments[0].Value, (string)attribute.ConstructorArguments[1].Value),
    ];

    public static TheoryData<string> RuleNames => FirmwareTests.RuleNames;

    [Theory]
    [MemberData(nameof(BadSamples))]
    public void A_bad_sample_is_caught(string sample, string rule, string expected)
    {
        Finding[] findings = [.. Rule(rule).Check(Code(sample))];
        Assert.Contains(findings, f => f.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.All(findings, f => Assert.Equal(rule, f.Rule));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Every_rule_has_a_bad_sample(string rule) =>
        Assert.Contains(BadSamples, s => s.Data.Item2 == rule);

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void No_rule_finds_fault_with_good_code(string rule) =>
        Finding.AssertNone(Rule(rule).Check(Code(Good)));

    [Fact]
    public void The_sample_path_of_the_good_sample_is_walked_through_calls_and_interfaces() =>
        Assert.Equal(["GoodSample.Add", "GoodSafe.Divide", "GoodSample.set_Count", "GoodSample.get_Count", "Ear.Hear"],
            Code(Good).SamplePath.Methods.Select(m => $"{m.DeclaringType.Name}.{m.Name}"), new InAnyOrder());

    [Fact]
    public void A_sample_path_that_starts_nowhere_is_a_finding()
    {
        DeviceCode code = new([Samples], t => t.FullName == Good, [Good + ".NoSuchMethod"], [],
            "Backstep.BadSamples.GoodSafe");
        Assert.Contains(Rule("sample-path-no-allocation").Check(code), f => f.What == "there is no such method");
    }

    [Fact]
    public void A_sample_path_ends_where_a_stride_is_made()
    {
        const string sample = "Backstep.BadSamples.AllocatesFarAway";
        DeviceCode code = new([Samples], t => t.FullName == sample, [sample + ".Add"], [sample + ".Two"],
            "Backstep.BadSamples.GoodSafe");
        Assert.Empty(Rule("sample-path-no-allocation").Check(code));
    }

    [Fact]
    public void A_finding_names_method_offset_source_line_and_remedy()
    {
        Finding finding = Assert.Single(Rule("guarded-math").Check(Code("Backstep.BadSamples.FloatDivision")));
        Assert.Matches(
            @"^\[guarded-math\] Backstep\.BadSamples\.FloatDivision\.Half\(float, float\) "
            + @"\(IL_[0-9a-f]{4}, LanguageSamples\.cs "
            + @"line \d+\): div on float or double -> .*Divide", finding.ToString());
    }

    [Theory]
    [InlineData("FastMode = 7", "FastMode = 1")]
    [InlineData("offers Turbo = 2", "has no member of that name")]
    [InlineData("I2cTransferStatus: has base byte", "has int")]
    [InlineData("offers field NotReal : int (public const = 3)", "no member of that name")]
    [InlineData("offers property DeviceAddress : int { get; set; } (public)", "{ get; } (public)")]
    [InlineData("offers ctor .ctor(int busId, int deviceAddress, System.Device.I2c.I2cBusSpeed busSpeed = 0) (public)",
        "busSpeed) (public)")]
    [InlineData("I2cConnectionSettings: class", "sealed class")]
    [InlineData("offers method Read(byte[] buffer) ->", "Read(System.SpanByte buffer)")]
    [InlineData("offers method WriteByte(byte value) -> int",
        "WriteByte(byte value) -> System.Device.I2c.I2cTransferResult")]
    [InlineData("offers method Write(System.SpanByte data)", "Write(System.SpanByte buffer)")]
    [InlineData("offers method Dispose(bool disposing) -> void (protected virtual)", "Dispose() -> void (public)")]
    [InlineData("I2cTransferResult: sealed class", "struct System.Device.I2c.I2cTransferResult")]
    [InlineData("System.Device.I2c.I2cTurbo: is public", "no API file has this type")]
    [InlineData("offers (object sender, System.EventArgs e) -> void", "PinValueChangedEventArgs e")]
    [InlineData("offers method PinCount() -> int (public)", "property PinCount : int { get; } (public)")]
    [InlineData("AdcChannel: lacks the base System.Device.Adc.AdcChannelBase", "AdcChannelBase")]
    public void A_lie_of_the_fake_host_is_found(string lie, string truth) =>
        Assert.Contains(new HostAgainstApi(NanoApi.Device).Check(Samples).Select(f => f.ToString()),
            f => f.Contains(lie, StringComparison.Ordinal) && f.Contains(truth, StringComparison.Ordinal));

    [Fact]
    public void What_the_fake_host_says_rightly_is_not_found()
    {
        string[] found = [.. new HostAgainstApi(NanoApi.Device).Check(Samples).Select(f => f.ToString())];
        Assert.DoesNotContain(found, f => f.Contains("PinEventTypes", StringComparison.Ordinal));
        Assert.DoesNotContain(found,
            f => f.Contains("BusId", StringComparison.Ordinal)
                && !f.Contains("busSpeed", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(found, f => f.Contains("Create(", StringComparison.Ordinal));
        Assert.DoesNotContain(found, f => f.Contains("Hidden", StringComparison.Ordinal));
        Assert.DoesNotContain(found, f => f.Contains("BadSamples", StringComparison.Ordinal));
    }

    private static IDeviceRule Rule(string name) => LanguageRules.All(NanoApi.Device).Single(r => r.Name == name);

    /// <summary>One sample, with what is nested in it; its Add, if any, runs for every motion sample.</summary>
    private static DeviceCode Code(string sample)
    {
        bool Belongs(TypeDefinition type) =>
            type.FullName == sample || type.FullName.StartsWith(sample + "/", StringComparison.Ordinal);
        bool hasAdd = Samples.GetType(sample).Methods.Any(m => m.Name == "Add");
        return new DeviceCode([Samples], Belongs, hasAdd ? [sample + ".Add"] : [], [], "Backstep.BadSamples.GoodSafe");
    }

    private sealed class InAnyOrder : IEqualityComparer<IEnumerable<string>>
    {
        public bool Equals(IEnumerable<string>? x, IEnumerable<string>? y) =>
            x!.Order(StringComparer.Ordinal).SequenceEqual(y!.Order(StringComparer.Ordinal));

        public int GetHashCode(IEnumerable<string> obj) => 0;
    }
}
