using Mono.Cecil;
using Safety.Tests.Api;
using Safety.Tests.Il;

namespace Safety.Tests.Rules;

/// <summary>
/// NanoHost may offer less than the real assemblies, never more and never something else: each of its public types and
/// members outside the Backstep namespaces is spelled as the API files would spell it, and that very line must be
/// there.
/// </summary>
public sealed class HostAgainstApi(NanoApi api)
{
    private const string Rule = "host-never-lies";

    public IEnumerable<Finding> Check(ModuleDefinition host) =>
        AssemblyApi.Describe(host)
            .Where(t => !t.Name.StartsWith("Backstep.", StringComparison.Ordinal))
            .SelectMany(CheckType);

    private IEnumerable<Finding> CheckType(ApiType mine)
    {
        if (api.Find(mine.Name) is not { } real)
        {
            yield return new Finding(Rule, mine.Name, "is public",
                "no API file has this type: make it internal, or move it to a Backstep namespace");
            yield break;
        }

        if (mine.Header != real.Header)
        {
            yield return Differs(mine.Name, mine.Header, real.Header);
        }

        foreach (string wrong in mine.Bases.Except(real.Bases))
        {
            yield return Differs(mine.Name, $"has base {wrong}",
                $"has {(real.Bases.Count == 0 ? "no base" : string.Join(", ", real.Bases))}");
        }

        // An interface may be left out; the base class may not, because code can rely on it (catch, casts).
        if (real.Kind is "class" or "enum" && real.Bases.FirstOrDefault(IsNoInterface) is { } baseClass
            && !mine.Bases.Contains(baseClass))
        {
            yield return Differs(mine.Name, $"lacks the base {baseClass}", $"has base {baseClass}");
        }

        foreach (ApiMember member in mine.Members)
        {
            ApiMember[] sameName = [.. real.Members.Where(m => m.Name == member.Name)];
            if (!sameName.Any(m => Matches(member, m)))
            {
                yield return sameName.Length == 0
                    ? new Finding(Rule, mine.Name, $"offers {member}",
                        "the real type has no member of that name: remove it, or make it internal")
                    : Differs(mine.Name, $"offers {member}", string.Join("; ", sameName.AsEnumerable()));
            }
        }
    }

    private bool IsNoInterface(string name) => api.Find(name) is not { Kind: "interface" };

    /// <summary>The same line; only an accessor may be missing.</summary>
    private static bool Matches(ApiMember mine, ApiMember real) =>
        real.ToString() == mine.ToString()
        || (mine.Kind == "property" && real.Kind == "property"
            && (real.CanRead || !mine.CanRead) && (real.CanWrite || !mine.CanWrite)
            && (mine with { CanRead = true, CanWrite = true }).ToString() == (real with { CanRead = true,
                CanWrite = true }).ToString());

    private static Finding Differs(string where, string mine, string real) =>
        new(Rule, where, mine, $"the real one is: {real}; make NanoHost's the same");
}
