using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Backstep.WebEngine;

namespace Backstep.Web.Interop;

/// <summary>What the page calls: <see cref="PageEngine"/>, whose members tell what goes in and what comes out. Errors
/// are thrown with a sentence for a walker.</summary>
[SupportedOSPlatform("browser")]
public static partial class Page
{
    private static readonly PageEngine Engine = new(new BrowserRadio(), new BrowserKeeping(), TimeProvider.System);

    /// <inheritdoc cref="PageEngine.Hello"/>
    [JSExport]
    public static string Hello() => PageEngine.Hello();

    /// <inheritdoc cref="PageEngine.DemoBegin"/>
    [JSExport]
    public static string DemoBegin(string options) => Engine.DemoBegin(options);

    /// <inheritdoc cref="PageEngine.DemoPass"/>
    [JSExport]
    public static string DemoPass(double seconds) => Engine.DemoPass(seconds);

    /// <inheritdoc cref="PageEngine.DemoEnd"/>
    [JSExport]
    public static string DemoEnd() => Engine.DemoEnd();

    /// <inheritdoc cref="PageEngine.ReplayRun"/>
    [JSExport]
    public static string ReplayRun(string name, byte[] csv, string options) =>
        PageEngine.ReplayRun(name, csv, options);

    /// <inheritdoc cref="PageEngine.LiveBeginAsync"/>
    [JSExport]
    public static Task<string> LiveBegin(string options) => Engine.LiveBeginAsync(options);

    /// <inheritdoc cref="PageEngine.LiveLook"/>
    [JSExport]
    public static string LiveLook() => Engine.LiveLook();

    /// <inheritdoc cref="PageEngine.LivePause"/>
    [JSExport]
    public static void LivePause() => Engine.LivePause();

    /// <inheritdoc cref="PageEngine.LiveMark"/>
    [JSExport]
    public static void LiveMark() => Engine.LiveMark();

    /// <inheritdoc cref="PageEngine.LiveEndAsync"/>
    [JSExport]
    public static Task<string> LiveEnd() => Engine.LiveEndAsync();

    /// <inheritdoc cref="PageEngine.Sessions"/>
    [JSExport]
    public static string Sessions() => Engine.Sessions();

    /// <inheritdoc cref="PageEngine.SessionShow"/>
    [JSExport]
    public static string SessionShow(string key) => Engine.SessionShow(key);

    /// <inheritdoc cref="PageEngine.SessionExport"/>
    [JSExport]
    public static byte[] SessionExport(string key, string format) => Engine.SessionExport(key, format);

    /// <inheritdoc cref="PageEngine.SessionForget"/>
    [JSExport]
    public static void SessionForget(string key) => Engine.SessionForget(key);

    /// <inheritdoc cref="PageEngine.Restore"/>
    [JSExport]
    public static int Restore(string chunks) => Engine.Restore(chunks);

    /// <inheritdoc cref="PageEngine.RadioValue"/>
    [JSExport]
    public static void RadioValue(string deviceId, string characteristic, byte[] value) =>
        Engine.RadioValue(deviceId, characteristic, value);

    /// <inheritdoc cref="PageEngine.RadioLost"/>
    [JSExport]
    public static void RadioLost(string deviceId, string reason) => Engine.RadioLost(deviceId, reason);
}
