using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Backstep.Walks;
using Backstep.Walks.Sessions;

namespace Backstep.Files.Export;

/// <summary>A session as a JSON file and back, whole: what <c>export --format json</c> writes and <c>import</c>
/// reads.</summary>
public static class SessionFile
{
    /// <summary>Name of the layout.</summary>
    public const string SchemaName = "backstep.session";

    /// <summary>Its version. A change that an older program would read wrongly makes a new one.</summary>
    public const int SchemaVersion = 1;

    /// <summary>More is no session: a day of walking with two shoes is 60 MB.</summary>
    public const long LongestBytes = 100_000_000;

    private const string Schema = "backstep.session/1";

    // Strict: a key that is missing, twice there, or unknown would be lost or guessed.
    private static readonly SessionFileContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // goes to a file, never into HTML
    });

    /// <summary>Writes it: a line for every part and for every stride.</summary>
    public static void Write(Stream stream, KeptSession session, string version)
    {
        var file = SessionFileMapping.ToJson(session, Schema, "backstep " + version);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16,
            leaveOpen: true) { NewLine = "\n" };
        writer.Write("{\n");
        Part("schema", file.Schema);
        Part("program", file.Program);
        Part("simulated", file.Simulated);
        Part("session", file.Session);
        Part("walker", file.Walker);
        List("sensors", file.Sensors);
        Part("totals", file.Totals);
        List("marks", file.Marks);
        List("pain", file.Pain);
        List("strides", file.Strides);
        writer.Write($"  \"sha256\": \"{DigestOf(file)}\"\n}}\n");

        void Part<T>(string name, T value) => writer.Write($"  \"{name}\": {Json(value)},\n");

        void List<T>(string name, IReadOnlyList<T> values)
        {
            string lines = string.Join(",", values.Select(value => "\n    " + Json(value)));
            writer.Write($"  \"{name}\": [{lines}{(values.Count > 0 ? "\n  " : "")}],\n");
        }
    }

    /// <summary>Reads one. Keys of walker and session are the ones of the store that it came from.</summary>
    /// <param name="stream">A file's content.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="BadInputException">It is no session, of a newer version, damaged, or says what cannot
    /// be.</exception>
    public static KeptSession Read(Stream stream, string name)
    {
        byte[] bytes = InUtf8(ReadAll(stream, name));
        try
        {
            CheckSchema(bytes, name);
            var file = JsonSerializer.Deserialize(bytes, Context.SessionFileJson) ?? throw Foreign(name);
            var session = SessionFileMapping.FromJson(file);
            if (file.Sha256 is { } sum
                && !string.Equals(sum, DigestOf(SessionFileMapping.ToJson(session, file.Schema, file.Program)),
                    StringComparison.OrdinalIgnoreCase))
            {
                throw Damaged(name,
                    "its check sum does not fit its content. If you changed it on purpose, "
                    + "take the line \"sha256\" out", null);
            }

            // The totals are worked out anew: whoever reads a list or a plan goes by them.
            var totals = SessionTotals.Of(session.Summary.Header.Sensors, session.Strides, session.Marks);
            return session with { Summary = session.Summary with { Totals = totals } };
        }
        catch (JsonException e)
        {
            throw Damaged(name, string.Create(CultureInfo.InvariantCulture,
                $"line {(e.LineNumber ?? 0) + 1}: {SessionFileFault.Describe(e)}"), e);
        }
        catch (SessionFileFault e)
        {
            throw Damaged(name, e.In(bytes), e);
        }
        catch (FormatException e)
        {
            throw Damaged(name, e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            throw Damaged(name, "a text in it breaks off in the middle of a character", e);
        }
    }

    private static string DigestOf(SessionFileJson file) =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(file with { Sha256 = null }, Context.SessionFileJson)));

    private static string Json<T>(T value) =>
        JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Context.GetTypeInfo(typeof(T))!);

    private static byte[] ReadAll(Stream stream, string name)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            memory.Write(buffer, 0, read);
            if (memory.Length > LongestBytes)
            {
                throw new BadInputException(
                    $"{name} is larger than any session: it is not one of backstep's. Nothing was imported.");
            }
        }

        return memory.ToArray();
    }

    private static void CheckSchema(byte[] bytes, string name)
    {
        string? schema = null;
        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan());
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (schema == null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    bool isSchema = reader.ValueTextEquals("schema"u8);
                    reader.Read();
                    schema = isSchema && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    reader.Skip();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Foreign(name);
        }

        if (schema == null || !schema.StartsWith(SchemaName + "/", StringComparison.Ordinal))
        {
            throw Foreign(name);
        }

        if (schema != Schema)
        {
            throw new BadInputException(
                $"{name} is a session in the layout '{OneLine.Of(schema)}', and this program knows '{Schema}'. "
                + $"Nothing was imported. Update backstep.");
        }
    }

    // Editors and shells of Windows write a byte order mark, or UTF-16.
    private static byte[] InUtf8(byte[] bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
        [0xFF, 0xFE, ..] => Encoding.Convert(Encoding.Unicode, Encoding.UTF8, bytes, 2, bytes.Length - 2),
        [0xFE, 0xFF, ..] => Encoding.Convert(Encoding.BigEndianUnicode, Encoding.UTF8, bytes, 2, bytes.Length - 2),
        _ => bytes,
    };

    private static BadInputException Foreign(string name) =>
        new($"{name} is not a session of backstep's: only what 'backstep export --format json' writes can be "
            + $"imported. Nothing was imported.");

    private static BadInputException Damaged(string name, string why, Exception? inner) =>
        new($"{name} is damaged: {OneLine.Of(why)}. Nothing was imported.", inner);
}
