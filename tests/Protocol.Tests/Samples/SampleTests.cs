using System.Text.Json;
using Backstep.Protocol.Tests.Support;

namespace Backstep.Protocol.Tests.Samples;

/// <summary>The sample readers (companion-app/samples) understand what the sensor's own encoder writes: the examples of
/// the protocol page, and frames of every kind. No Bluetooth and no bleak is needed.</summary>
public sealed class SampleTests
{
    private const int FramesOfEach = 300;
    private const int Attempts = 100_000;

    private static readonly Dictionary<string, SampleReader> Readers = new[] { SampleReader.Python, SampleReader.Node }
        .ToDictionary(reader => reader.ToString());

    public static TheoryData<string> Languages => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task They_read_the_examples_of_the_page_and_whatever_the_encoder_writes(string language)
    {
        var frames = Examples().Concat(Encoded()).ToArray();
        var read = await Readers[language].ReadAsync(frames);
        foreach (var ((name, frame), understood) in frames.Zip(read))
        {
            string which = $"{language}: {name} {Hex.Text(frame)}";
            var expected = ExpectedFacts.Of(name, frame).ToDictionary(one => SampleReader.Key(one.Key),
                one => one.Value);
            Assert.True(expected.Keys.Order().SequenceEqual(understood.Keys.Order()),
                $"{which}: {string.Join(", ", understood.Keys)}");
            foreach (var (key, value) in expected.Where(one => !Same(one.Value, understood[one.Key])))
            {
                Assert.Fail($"{which}: {key} is {understood[key]}, not {value ?? "null"}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task What_is_too_short_too_long_or_of_a_later_layout_is_refused(string language)
    {
        var frames = Examples().SelectMany(one => Spoilt(one.Name, one.Frame)).ToArray();
        var read = await Readers[language].ReadAsync(frames);
        Assert.All(frames.Zip(read), one => Assert.True(one.Second.ContainsKey("refused"),
            $"{language} takes {one.First.Name} {Hex.Text(one.First.Frame)}"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task They_ask_for_what_the_sensor_has(string language)
    {
        var asked = Assert.Single(await Readers[language].ReadAsync([("Uuids", [])]));
        var all = typeof(Uuids).GetFields().Where(field => field.FieldType == typeof(Guid))
            .ToDictionary(field => SampleReader.Key(field.Name), field => (Guid)field.GetValue(null)!);
        Assert.InRange(asked.Count, 3, 5);
        Assert.All(asked, one => Assert.Equal(all[one.Key].ToString(), one.Value.GetString()));
    }

    private static IEnumerable<(string Name, byte[] Frame)> Examples() =>
        Page.Examples.Where(one => ExpectedFacts.Messages.Contains(one.Name)).Select(one => (one.Name, one.Frame))
            .SelectMany(one => one.Name == "Session" ? WithIncline(one.Frame) : [one]);

    // Bytes that the decoder takes, as the encoder writes them.
    private static IEnumerable<(string Name, byte[] Frame)> Encoded()
    {
        var random = new Random(20_260_601);
        foreach (string name in ExpectedFacts.Messages)
        {
            var codec = Codecs.Named(name);
            int found = 0;
            for (int i = 0; i < Attempts && found < FramesOfEach; i++)
            {
                if (codec.TryDecode(ExpectedFacts.Likely(name, random), out _) is { } value)
                {
                    found++;
                    byte[] frame = codec.Encode(value);
                    foreach (var one in name == "Session" ? WithIncline(frame) : [(name, frame)])
                    {
                        yield return one;
                    }
                }
            }

            Assert.Equal(FramesOfEach, found);
        }
    }

    // 20 bytes, and the incline after them where it is told.
    private static (string Name, byte[] Frame)[] WithIncline(byte[] frame) =>
        [("Session", frame[..20]), ("Session", [.. frame[..20], 25]), ("Session", [.. frame[..20], 0x80]),
            ("Session", [.. frame[..20], 0xF1])];

    private static IEnumerable<(string Name, byte[] Frame)> Spoilt(string name, byte[] frame)
    {
        var wrong = Enumerable.Range(0, frame.Length + 4).Where(length => name != "Session" || length is not (20 or 21))
            .Where(length => length != frame.Length)
            .Select(length => frame.Concat(new byte[4]).Take(length).ToArray());
        foreach (byte[] one in wrong)
        {
            yield return (name, one);
        }

        if (name != "RscMeasurement")
        {
            int at = name == "Stride" ? 8 : 0;
            yield return (name, [.. frame[..at], (byte)(frame[at] | 0x40), .. frame[(at + 1)..]]);
            yield return (name, [.. frame[..at], (byte)(frame[at] | 0x80), .. frame[(at + 1)..]]);
        }
    }

    private static bool Same(object? expected, JsonElement got) => expected switch
    {
        null => got.ValueKind == JsonValueKind.Null,
        string text => got.ValueKind == JsonValueKind.String && got.GetString() == text,
        bool yes => got.ValueKind == (yes ? JsonValueKind.True : JsonValueKind.False),
        double number => got.ValueKind == JsonValueKind.Number
            && Math.Abs(got.GetDouble() - number) <= 1e-9 * Math.Max(1, Math.Abs(number)),
        _ => throw new ArgumentException($"{expected} is neither text, number nor yes or no", nameof(expected)),
    };
}
