namespace Backstep.Protocol.Tests.Support;

/// <content>For theories.</content>
internal static partial class Codecs
{
    public static TheoryData<string> Names => [.. All.Select(codec => codec.Name)];
}
