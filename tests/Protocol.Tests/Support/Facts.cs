using System.Globalization;
using System.Reflection;
using Backstep.Gait;

namespace Backstep.Protocol.Tests.Support;

/// <summary>All that a message says, as lines "Name = value": for comparing two messages, and a message with the
/// page.</summary>
internal static class Facts
{
    public static string[] Of(object message) => [.. Lines(message)];

    private static IEnumerable<string> Lines(object message) => message switch
    {
        string or int or Enum => [$"Value = {Show(message)}"],
        Stride[] strides => strides.SelectMany((stride, i) => Prefixed($"Stride{i}.", stride)),
        Mount mount =>
            typeof(Mount).GetFields(BindingFlags.Public | BindingFlags.Instance)
                .Select(f => $"{f.Name} = {Show(f.GetValue(mount))}"),
        TreadmillData data => Properties(data).Concat(OtherFields(data)),
        RawMotion motion =>
            Properties(motion)
                .Concat(Enumerable.Range(0, motion.Count).Select(i => $"Sample{i} = {Sample(motion, i)}")),
        WristMotion wrist =>
            Properties(wrist)
                .Concat(Enumerable.Range(0, WristMotion.Axes).Select(axis => $"Mean{axis} = {wrist.Mean(axis)}")),
        ScResponse response =>
            Properties(response)
                .Concat(
                    Enumerable.Range(0, response.LocationCount).Select(i => $"Location{i} = {response.Location(i)}")),
        _ => Properties(message),
    };

    private static IEnumerable<string> Properties(object message) =>
        message.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(p => p.MetadataToken)
            .SelectMany(p => p.GetValue(message) switch
        {
            Mount mount => Prefixed(p.Name + ".", mount),
            LogRange range => Prefixed(p.Name + ".", range),
            RailBaseline baseline => Prefixed(p.Name + ".", baseline),
            var value => [$"{p.Name} = {Show(value)}"],
        });

    private static IEnumerable<string> Prefixed(string prefix, object message) =>
        Lines(message).Select(line => prefix + line);

    // What has no property of its own, such as another maker's heart rate.
    private static IEnumerable<string> OtherFields(TreadmillData data) =>
        Enum.GetValues<TreadmillField>()
            .Where(
                f => f is > TreadmillField.RampAngle and not TreadmillField.ElapsedTime
                    && data.Get(f) != Message.Missing)
            .Select(f => $"{f} = {data.Get(f)}");

    private static string Sample(RawMotion motion, int sample) =>
        string.Join(", ", Enumerable.Range(0, RawMotion.Axes).Select(axis => motion.Get(sample, axis)));

    private static string Show(object? value) => value switch
    {
        null => "none",
        string text => $"\"{text}\"",
        int and Message.Missing or long and Message.Missing => "missing",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
