using System.Text.Json.Serialization;
using Backstep.Rehearsal;
using Backstep.WebEngine.Looks;
using Backstep.WebEngine.Replays;
using Backstep.WebEngine.Shown;

namespace Backstep.WebEngine;

/// <summary>What the page learns first.</summary>
/// <param name="Version">Of this build.</param>
/// <param name="Scenarios">What a simulated walker can do.</param>
/// <param name="MostMinutes">More is advised to nobody.</param>
public sealed record HelloJson(string Version, IReadOnlyList<ScenarioJson> Scenarios, double MostMinutes);

/// <summary>A scenario.</summary>
public sealed record ScenarioJson(string Name, string About);

/// <summary>A demo, as the page asks for it.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Seed">Another seed, another walk.</param>
/// <param name="Seconds">How long, in virtual seconds.</param>
/// <param name="Units">metric or us.</param>
/// <param name="TargetMinutes">The time that is set; null: the whole length.</param>
/// <param name="Mode">treadmill or free; null: treadmill.</param>
/// <param name="Keep">Whether its session outlasts the page.</param>
public sealed record DemoOptionsJson(string Scenario = "backward", int Seed = 1, double Seconds = 180,
    string? Units = null, double? TargetMinutes = null, string? Mode = null, bool Keep = false);

/// <summary>What came of a demo.</summary>
/// <param name="Session">Its key; null when there was none.</param>
/// <param name="Truth">As <c>backstep demo --json</c>.</param>
public sealed record DemoEndJson(string? Session, DemoJson Truth);

/// <summary>A live walk, as the page asks for it.</summary>
/// <param name="Device">What the walker has chosen.</param>
/// <param name="Units">metric or us.</param>
/// <param name="TargetMinutes">The time that is set; null for none.</param>
/// <param name="Mode">treadmill or free; null: treadmill.</param>
/// <param name="Sound">Whether cues are to be heard.</param>
public sealed record LiveOptionsJson(PageDeviceJson Device, string? Units = null, double? TargetMinutes = null,
    string? Mode = null, bool Sound = true);

/// <summary>A device, as a browser tells it.</summary>
/// <param name="Id">The browser's own name for it; no address.</param>
/// <param name="Name">What it calls itself, if it does.</param>
public sealed record PageDeviceJson(string Id, string? Name);

/// <summary>What came of a live walk.</summary>
/// <param name="Session">Its key; null when there was none.</param>
public sealed record LiveEndJson(string? Session);

/// <summary>How a page's JSON is written: straight code for each type, a third of the size of what could be read,
/// too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(HelloJson))]
[JsonSerializable(typeof(DemoEndJson))]
[JsonSerializable(typeof(LiveEndJson))]
[JsonSerializable(typeof(LookJson))]
[JsonSerializable(typeof(ReplayedJson))]
[JsonSerializable(typeof(ListedSessionJson[]))]
[JsonSerializable(typeof(ShownSessionJson))]
internal sealed partial class AnswerJson : JsonSerializerContext;

/// <summary>How what a page asks for is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DemoOptionsJson))]
[JsonSerializable(typeof(LiveOptionsJson))]
[JsonSerializable(typeof(ReplayOptionsJson))]
internal sealed partial class RequestJson : JsonSerializerContext;
