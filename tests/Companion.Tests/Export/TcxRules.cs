using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Backstep.Files.Export;

namespace Backstep.Companion.Tests.Export;

/// <summary>
/// The rules of the two schemas as far as an activity goes: order, counts and types of elements, required attributes,
/// nothing unknown. Source: TrainingCenterDatabasev2.xsd and ActivityExtensionv2.xsd as Garmin published them at
/// www8.garmin.com/xmlschemas, told in our words; the names of types are the schemas'. The schemas themselves are
/// Garmin's and not kept here.
/// </summary>
internal static partial class TcxRules
{
    private const int Many = int.MaxValue;

    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly Dictionary<string, Child[]> Sequences = new()
    {
        ["TrainingCenterDatabase_t"] = [Optional("Activities", "ActivityList_t"),
            Optional("Author", "AbstractSource_t"), Optional("Extensions", "Extensions_t")],
        ["ActivityList_t"] = [new("Activity", "Activity_t", 0, Many)],
        ["Activity_t"] =
        [
            Required("Id", "dateTime"), new("Lap", "ActivityLap_t", 1, Many), Optional("Notes", "string"),
            Optional("Creator", "AbstractSource_t"), Optional("Extensions", "Extensions_t"),
        ],
        ["ActivityLap_t"] =
        [
            Required("TotalTimeSeconds", "double"), Required("DistanceMeters", "double"),
            Optional("MaximumSpeed", "double"), Required("Calories", "unsignedShort"),
            Required("Intensity", "Intensity_t"), Optional("Cadence", "CadenceValue_t"),
            Required("TriggerMethod", "TriggerMethod_t"), new("Track", "Track_t", 0, Many),
            Optional("Notes", "string"), Optional("Extensions", "Extensions_t"),
        ],
        ["Track_t"] = [new("Trackpoint", "Trackpoint_t", 1, Many)],
        ["Trackpoint_t"] =
        [
            Required("Time", "dateTime"), Optional("AltitudeMeters", "double"), Optional("DistanceMeters", "double"),
            Optional("Cadence", "CadenceValue_t"),
            Optional("SensorState", "SensorState_t"), Optional("Extensions", "Extensions_t"),
        ],
        ["Device_t"] = [Required("Name", "Token_t"), Required("UnitId", "unsignedInt"),
            Required("ProductID", "unsignedShort"), Required("Version", "Version_t")],
        ["Application_t"] = [Required("Name", "Token_t"), Required("Build", "Build_t"), Required("LangID", "LangID_t"),
            Required("PartNumber", "PartNumber_t")],
        ["Build_t"] = [Required("Version", "Version_t"), Optional("Type", "Token_t"), Optional("Time", "Token_t"),
            Optional("Builder", "Token_t")],
        ["Version_t"] =
        [
            Required("VersionMajor", "unsignedShort"), Required("VersionMinor", "unsignedShort"),
            Optional("BuildMajor", "unsignedShort"), Optional("BuildMinor", "unsignedShort"),
        ],
        ["TPX"] = [Optional("Speed", "double"), Optional("RunCadence", "CadenceValue_t"),
            Optional("Watts", "unsignedShort"), Optional("Extensions", "Extensions_t")],
        ["LX"] =
        [
            Optional("AvgSpeed", "double"), Optional("MaxBikeCadence", "CadenceValue_t"),
            Optional("AvgRunCadence", "CadenceValue_t"), Optional("MaxRunCadence", "CadenceValue_t"),
            Optional("Steps", "unsignedShort"), Optional("AvgWatts", "unsignedShort"),
            Optional("MaxWatts", "unsignedShort"), Optional("Extensions", "Extensions_t"),
        ],
    };

    private static readonly Dictionary<string, (string Name, string[] Values)> Attributes = new()
    {
        ["Activity_t"] = ("Sport", ["Running", "Biking", "Other"]),
        ["ActivityLap_t"] = ("StartTime", []),
    };

    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["Intensity_t"] = ["Active", "Resting"],
        ["TriggerMethod_t"] = ["Manual", "Distance", "Location", "Time", "HeartRate"],
        ["SensorState_t"] = ["Present", "Absent"],
    };

    /// <summary>What breaks a rule, a line each.</summary>
    public static IReadOnlyList<string> Broken(XDocument document)
    {
        var broken = new List<string>();
        if (document.Root!.Name != (XNamespace)TcxExport.Namespace + "TrainingCenterDatabase")
        {
            broken.Add($"the root is {document.Root.Name}");
        }
        else
        {
            Check(document.Root, "TrainingCenterDatabase_t", broken);
        }

        return broken;
    }

    private static void Check(XElement element, string type, List<string> broken)
    {
        if (type == "AbstractSource_t")
        {
            type = (string?)element.Attribute(Instance + "type") is { } named and ("Device_t" or "Application_t")
                ? named : "no type that is allowed";
        }

        if (type == "Extensions_t")
        {
            CheckExtensions(element, broken);
        }
        else if (Sequences.TryGetValue(type, out var sequence))
        {
            CheckSequence(element, sequence, broken);
            CheckAttributes(element, type, broken);
        }
        else if (element.HasElements || !IsValue(element.Value, type))
        {
            broken.Add($"{element.Name.LocalName} is '{element.Value}', and must be {type}");
        }
    }

    private static void CheckSequence(XElement element, Child[] sequence, List<string> broken)
    {
        var children = element.Elements().ToArray();
        int at = 0;
        foreach (var (name, type, least, most) in sequence)
        {
            int count = 0;
            while (at < children.Length && children[at].Name == element.Name.Namespace + name)
            {
                Check(children[at], type, broken);
                (at, count) = (at + 1, count + 1);
            }

            if (count < least || count > most)
            {
                broken.Add($"{element.Name.LocalName} has {count} {name} where {least} to {most} may be");
            }
        }

        if (at < children.Length)
        {
            broken.Add($"{element.Name.LocalName} has {children[at].Name.LocalName} where it may not be");
        }
    }

    private static void CheckAttributes(XElement element, string type, List<string> broken)
    {
        if (Attributes.TryGetValue(type, out var attribute))
        {
            string? value = (string?)element.Attribute(attribute.Name);
            bool right = value != null
                && (attribute.Values.Length == 0 ? IsValue(value, "dateTime") : attribute.Values.Contains(value));
            if (!right)
            {
                broken.Add($"{attribute.Name} of {element.Name.LocalName} is '{value}'");
            }
        }

        if (type == "TPX" && (string?)element.Attribute("CadenceSensor") is not (null or "Footpod" or "Bike"))
        {
            broken.Add("CadenceSensor is unknown");
        }
    }

    /// <summary>xsd:any of other namespaces; what belongs to the activity extension is held to it.</summary>
    private static void CheckExtensions(XElement element, List<string> broken)
    {
        foreach (var child in element.Elements())
        {
            if (child.Name.Namespace == element.Name.Namespace)
            {
                broken.Add($"{child.Name.LocalName} is an extension in the schema's own namespace");
            }
            else if (child.Name.Namespace == TcxExport.ActivityNamespace)
            {
                Check(child, child.Name.LocalName is "TPX" or "LX" ? child.Name.LocalName : "no extension", broken);
            }
        }
    }

    private static bool IsValue(string value, string type) => type switch
    {
        "string" => true,
        "dateTime" =>
            DateTimeForm().IsMatch(value) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
        "double" => DoubleForm().IsMatch(value),
        "unsignedShort" => ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "unsignedInt" => uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "CadenceValue_t" =>
            byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out byte cadence) && cadence <= 254,
        "Token_t" => value.Length > 0 && value == value.Trim() && !value.Contains("  ", StringComparison.Ordinal),
        "LangID_t" => value.Length == 2,
        "PartNumber_t" => PartNumberForm().IsMatch(value),
        _ => Words.TryGetValue(type, out var words) && words.Contains(value),
    };

    private static Child Required(string name, string type) => new(name, type, 1, 1);

    private static Child Optional(string name, string type) => new(name, type, 0, 1);

    [GeneratedRegex(@"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")]
    private static partial Regex DateTimeForm();

    [GeneratedRegex(@"^([+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|-?INF|NaN)$")]
    private static partial Regex DoubleForm();

    [GeneratedRegex(@"^[\p{Lu}\d]{3}-[\p{Lu}\d]{5}-[\p{Lu}\d]{2}$")]
    private static partial Regex PartNumberForm();

    private sealed record Child(string Name, string Type, int Least, int Most);
}
