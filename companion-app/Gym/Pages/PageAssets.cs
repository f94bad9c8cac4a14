using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Backstep.Gym.Pages;

/// <summary>Scripts, styles and pictures; they lie in the program.</summary>
internal static class PageAssets
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Tag)> Files = Load();

    /// <summary>Where a file is had, in this version.</summary>
    public static string Url(string name) => $"/assets/{name}?v={Files[name].Tag}";

    /// <summary>Sends one. In its own version it may be kept for good; else it is asked for anew, and not sent if it is
    /// the same.</summary>
    public static async Task SendAsync(HttpContext context)
    {
        string name = context.Request.RouteValues["name"] as string ?? "";
        if (!Files.TryGetValue(name, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        string tag = $"\"{file.Tag}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = context.Request.Query["v"] == file.Tag
            ? "public, max-age=31536000, immutable" : "no-cache";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = Types[Path.GetExtension(name)];
        context.Response.ContentLength = file.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static FrozenDictionary<string, (byte[] Bytes, string Tag)> Load()
    {
        const string folder = "pages/assets/";
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[folder.Length..], name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
            }, StringComparer.Ordinal);
    }
}
