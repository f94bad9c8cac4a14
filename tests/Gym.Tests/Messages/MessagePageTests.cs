using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Backstep.Gym.Messages;
using Json.Schema;

namespace Backstep.Gym.Tests.Messages;

/// <summary>The page of the messages, the schemas and the records say the same.</summary>
public sealed partial class MessagePageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "companion-app", "Gym", "Messages");

    private static readonly Dictionary<string, JsonTypeInfo> Types = new(StringComparer.Ordinal)
    {
        ["status"] = MessageJson.Default.GatewayStatus,
        ["live"] = MessageJson.Default.ClipLive,
        ["strides"] = MessageJson.Default.StrideBatch,
        ["session"] = MessageJson.Default.ClipSession,
        ["stored"] = MessageJson.Default.StoredBatches,
        ["command"] = MessageJson.Default.ClipCommand,
    };

    public static TheoryData<string> Kinds => [.. Types.Keys];

    [Fact]
    public void Every_example_is_what_its_schema_and_its_record_say()
    {
        var examples = Examples();
        Assert.Equal(Types.Keys.Order(StringComparer.Ordinal),
            examples.Select(one => one.Kind).Distinct().Order(StringComparer.Ordinal));
        foreach (var (topic, kind, json) in examples)
        {
            Assert.True(GymTopics.TryClip("gym", topic, out _, out string message)
                || GymTopics.TryGateway("gym", topic, out _, out message), $"{topic} is no topic");
            Assert.Equal(kind, message);
            Assert.True(IsValid(kind, json), $"{topic}: not as the schema says: {json}");
            object? read = JsonSerializer.Deserialize(json, Types[kind]);
            string again = JsonSerializer.Serialize(read, Types[kind]);
            Assert.True(JsonNode.DeepEquals(Sorted(JsonNode.Parse(json)), Sorted(JsonNode.Parse(again))),
                $"{topic}: the record says {again}");
            if (read is StrideBatch batch)
            {
                Assert.All(batch.Strides, line => Assert.Equal(line, StrideLine.Of(line.ToStride(), line.At)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_schema_names_every_key_of_the_record_and_no_other(string kind)
    {
        var schema = JsonNode.Parse(File.ReadAllText(SchemaFile(kind)))!;
        AssertKeys(schema, Types[kind], kind);
        if (kind == "strides")
        {
            AssertKeys(schema["properties"]!["strides"]!["items"]!, MessageJson.Default.StrideLine, "a stride");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_message_that_lacks_a_key_or_has_a_wrong_one_is_refused_by_schema_and_record(string kind)
    {
        string example = Examples().First(one => one.Kind == kind).Json;
        var keys = JsonNode.Parse(example)!.AsObject().Select(pair => pair.Key).ToArray();
        Assert.All(keys, key =>
        {
            var without = JsonNode.Parse(example)!.AsObject();
            without.Remove(key);
            Assert.False(IsValid(kind, without.ToJsonString()), $"{kind} without {key} is valid");
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(without.ToJsonString(), Types[kind]));
            var wrong = JsonNode.Parse(example)!.AsObject();
            wrong[key] = new JsonObject();
            Assert.False(IsValid(kind, wrong.ToJsonString()), $"{kind} with an object as {key} is valid");
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(wrong.ToJsonString(), Types[kind]));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Keys_that_nobody_knows_are_passed_over(string kind)
    {
        var more = JsonNode.Parse(Examples().First(one => one.Kind == kind).Json)!.AsObject();
        more["laterVersion"] = 1;
        Assert.True(IsValid(kind, more.ToJsonString()));
        Assert.NotNull(JsonSerializer.Deserialize(more.ToJsonString(), Types[kind]));
    }

    private static void AssertKeys(JsonNode schema, JsonTypeInfo type, string what)
    {
        var keys = type.Properties.Select(property => property.Name).Order(StringComparer.Ordinal).ToArray();
        Assert.True(keys.SequenceEqual(schema["properties"]!.AsObject().Select(pair => pair.Key)
            .Order(StringComparer.Ordinal)), $"{what}: keys of the schema and of the record differ");
        Assert.True(keys.SequenceEqual(schema["required"]!.AsArray().Select(key => (string)key!)
            .Order(StringComparer.Ordinal)), $"{what}: not every key is required");
    }

    internal static bool IsValid(string kind, string json) =>
        Schemas.GetOrAdd(kind, static one => JsonSchema.FromText(File.ReadAllText(SchemaFile(one))))
            .Evaluate(JsonDocument.Parse(json).RootElement, new EvaluationOptions { RequireFormatValidation = true })
            .IsValid;

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, JsonSchema> Schemas = new();

    private static string SchemaFile(string kind) => Path.Combine(Folder, "schemas", $"{kind}.schema.json");

    private static List<(string Topic, string Kind, string Json)> Examples() =>
    [
        .. ExamplePattern().Matches(File.ReadAllText(Path.Combine(Folder, "README.md")))
            .Select(match => (match.Groups[1].Value, match.Groups[1].Value.Split('/')[^1], match.Groups[2].Value)),
    ];

    /// <summary>Keys in order, numbers as they compare: 2 and 2.0 are one.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject one => new JsonObject(one.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray many => new JsonArray([.. many.Select(Sorted)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number =>
            JsonValue.Create(value.GetValue<JsonElement>().GetDouble()),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("<!-- (backstep/\\S+) -->\\s+```json\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();
}
