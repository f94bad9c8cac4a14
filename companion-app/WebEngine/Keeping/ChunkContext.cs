using System.Text.Json.Serialization;

namespace Backstep.WebEngine.Keeping;

/// <summary>How pieces are written: short, as there are thousands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChunkJson))]
[JsonSerializable(typeof(RestoredJson[]))]
internal sealed partial class ChunkContext : JsonSerializerContext;
