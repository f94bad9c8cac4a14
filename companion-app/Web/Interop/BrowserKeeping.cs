using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Backstep.WebEngine.Keeping;

namespace Backstep.Web.Interop;

/// <summary>IndexedDB, by the page's module "keep".</summary>
[SupportedOSPlatform("browser")]
internal sealed partial class BrowserKeeping : IPageKeeping
{
    /// <inheritdoc/>
    void IPageKeeping.Append(string key, string text) => Append(key, text);

    /// <inheritdoc/>
    void IPageKeeping.Forget(string key) => Forget(key);

    [JSImport("append", "keep")]
    private static partial void Append(string key, string text);

    [JSImport("forget", "keep")]
    private static partial void Forget(string key);
}
