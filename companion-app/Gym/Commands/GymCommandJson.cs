using System.Text.Json.Serialization;
using Backstep.Link;

namespace Backstep.Gym.Commands;

/// <summary><c>user list --json</c>.</summary>
/// <param name="Users">By name.</param>
public sealed record GymUsersJson(IReadOnlyList<GymUserJson> Users)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.gym.users/1";
}

/// <summary>One of them.</summary>
/// <param name="Name">Which.</param>
/// <param name="Role">staff, gateway, reader, server.</param>
public sealed record GymUserJson(string Name, string Role);

/// <summary><c>doctor --json</c>.</summary>
/// <param name="IsFine">Whether nothing is in the way.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record GymDoctorJson(bool IsFine, IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>Name and version of this layout.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "backstep.gym.doctor/1";
}

/// <summary>What the gym's commands print as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(GymUsersJson))]
[JsonSerializable(typeof(GymDoctorJson))]
internal sealed partial class GymCommandJson : JsonSerializerContext;
