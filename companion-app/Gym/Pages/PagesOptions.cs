using System.Net;

namespace Backstep.Gym.Pages;

/// <summary>What the pages are told once.</summary>
public sealed record PagesOptions
{
    /// <summary>Whether others than this computer can reach them: then the board wants a token, and staff must log in.
    /// The host decides it by the address that it listens on, never by where a request comes from: behind a proxy all
    /// come from this computer.</summary>
    public bool IsOnNetwork { get; init; }

    /// <summary>Names under which they may be asked for, besides localhost and addresses in digits. A page elsewhere
    /// that points a name of its own here (DNS rebinding) is not among them.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Proxies whose word about who asks, and whether by TLS, counts.</summary>
    public IReadOnlyList<IPAddress> TrustedProxies { get; init; } = [];

    /// <summary>The most event streams at once.</summary>
    public int MostStreams { get; init; } = 10_000;

    /// <summary>A reader that takes nothing for so long is cut. Ours: a phone that changes cells needs a few
    /// seconds.</summary>
    public TimeSpan SlowReader { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The language of all pages, as in <c>Texts.json</c>; null: as each browser asks for.</summary>
    public string? Language { get; init; }

    /// <summary>Where phones reach the pages, for the QR codes: <c>https://board.example</c>; null: as staff reach them
    /// when they print.</summary>
    public Uri? PublicAddress { get; init; }
}
