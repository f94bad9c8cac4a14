using QRCoder;

namespace Backstep.Gym.Pages;

/// <summary>QR codes as SVG.</summary>
internal static class QrCode
{
    private const int UnitsPerModule = 4; // of the picture, which is scaled to its place

    /// <summary>The code of a text, with the quiet zone that readers need. Level M: a sheet on a belt gets
    /// dirty.</summary>
    public static HtmlText Svg(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        string svg = code.GetGraphic(UnitsPerModule, "#000000", "#ffffff", drawQuietZones: true,
            SvgQRCode.SizingMode.ViewBoxAttribute);
        return HtmlText.Made(svg.Replace("<svg ", "<svg aria-hidden=\"true\" ", StringComparison.Ordinal));
    }
}
