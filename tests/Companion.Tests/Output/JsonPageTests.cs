using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Backstep.Companion.Output;
using Backstep.Lab;

namespace Backstep.Companion.Tests.Output;

/// <summary>
/// The page that documents the JSON is held against the records that make it: every key, its type, and whether it may
/// be null. BACKSTEP_UPDATE_JSON_PAGE=1 writes the rows that are missing; what they mean is for a person to say.
/// </summary>
public class JsonPageTests
{
    private static readonly string Programs =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../companion-app"));

    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<string> Pages => ["Companion/Output/README.md", "Lab/README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_object_is_documented_key_by_key(string name)
    {
        string page = Path.Combine(Programs, name);
        JsonSerializerContext context = name.StartsWith("Lab", StringComparison.Ordinal) ? LabJson.Context
            : JsonOutput.Context;
        Assert.SkipUnless(Directory.Exists(Path.GetDirectoryName(page)), "the sources are not where they were built");
        if (Environment.GetEnvironmentVariable("BACKSTEP_UPDATE_JSON_PAGE") == "1")
        {
            Update(page, context);
        }

        var written = Sections(File.ReadAllLines(page));
        var made = Documents(context).ToDictionary(one => one.Heading, one => one.Keys);
        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), written.Keys.Order(StringComparer.Ordinal));
        foreach (var (heading, keys) in made)
        {
            string[] missing = [.. keys.Except(written[heading].Select(row => row.Key))];
            string[] surplus = [.. written[heading].Select(row => row.Key).Except(keys)];
            Assert.True(missing.Length == 0,
                $"{heading}: put into {page}:\n{string.Join('\n', missing.Select(key => $"{key} ... |"))}");
            Assert.True(surplus.Length == 0, $"{heading}: there is no longer in {page}:\n{string.Join('\n', surplus)}");
            Assert.All(written[heading],
                row => Assert.False(string.IsNullOrWhiteSpace(row.Meaning), $"{heading}: {row.Key} says nothing"));
        }
    }

    private static void Update(string page, JsonSerializerContext context)
    {
        string[] lines = File.ReadAllLines(page);
        var meanings = Sections(lines)
            .ToDictionary(section => section.Key,
                section => section.Value.ToDictionary(row => row.Key, row => row.Meaning));
        var head = lines.TakeWhile(line => !line.StartsWith("## backstep.", StringComparison.Ordinal)).ToList();
        foreach (var (heading, keys) in Documents(context))
        {
            head.AddRange([$"## {heading}", "", "| key | type | what |", "|---|---|---|"]);
            head.AddRange(
                keys.Select(key => $"{key}{meanings.GetValueOrDefault(heading)?.GetValueOrDefault(key) ?? " "}|"));
            head.Add("");
        }

        File.WriteAllText(page, string.Join('\n', head).TrimEnd() + '\n');
    }

    /// <summary>Headings and rows as they should be, for whoever writes the page.</summary>
    private static IEnumerable<(string Heading, string[] Keys)> Documents(JsonSerializerContext context)
    {
        foreach (var attribute in context.GetType().GetCustomAttributesData()
            .Where(one => one.AttributeType == typeof(JsonSerializableAttribute)))
        {
            var type = (Type)attribute.ConstructorArguments[0].Value!;
            object example = Example(type);
            if (type.GetProperty("Schema")?.GetValue(example) is string schema)
            {
                string heading = type.GetProperty("Event")?.GetValue(example) is string name ? $"{schema}: {name}"
                    : schema;
                yield return (heading, [.. Keys(context, type, "")]);
            }
        }
    }

    private static object Example(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        return constructor.Invoke(
            [
                .. constructor.GetParameters()
                    .Select(
                        parameter => parameter.ParameterType.IsValueType
                            ? RuntimeHelpers.GetUninitializedObject(parameter.ParameterType) : null)]);
    }

    private static IEnumerable<string> Keys(JsonSerializerContext context, Type type, string path)
    {
        var info = context.GetTypeInfo(type)!;
        foreach (var property in info.Properties)
        {
            string key = path + property.Name;
            yield return $"| `{key}` | {Word(property)} |";
            var inner = Item(property.PropertyType) ?? property.PropertyType;
            if (context.GetTypeInfo(inner)?.Kind == JsonTypeInfoKind.Object)
            {
                foreach (string below in Keys(context, inner, key + (inner == property.PropertyType ? "." : "[].")))
                {
                    yield return below;
                }
            }
        }
    }

    private static string Word(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        bool isNullable = type != property.PropertyType
            || (property.AttributeProvider is PropertyInfo member
                && Nullability.Create(member).ReadState == NullabilityState.Nullable);
        return Name(type) + (isNullable ? " or null" : "");
    }

    private static string Name(Type type) =>
        type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type.IsEnum ? "text"
        : type == typeof(bool) ? "true or false"
        : type.IsPrimitive ? "number"
        : Item(type) is { } item ? $"list of {Name(item)}"
        : "object";

    private static Type? Item(Type type) => type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetGenericArguments().LastOrDefault();

    private static Dictionary<string, List<(string Key, string Meaning)>> Sections(string[] lines)
    {
        var sections = new Dictionary<string, List<(string, string)>>();
        List<(string, string)>? rows = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("## backstep.", StringComparison.Ordinal))
            {
                sections.Add(line[3..].Trim(), rows = []);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                rows = null;
            }
            else if (rows != null && line.StartsWith("| `", StringComparison.Ordinal))
            {
                string[] cells = line.Split('|');
                rows.Add(($"|{cells[1]}|{cells[2]}|", cells[3]));
            }
        }

        return sections;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
