using System.Globalization;
using Backstep.Gait;
using Backstep.Walks.Rails;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary>Whether rail baselines hold at the incline that is walked: as the walker told it, else as the shoe measures
/// it while it is walked.</summary>
/// <param name="baselines">The walker's; null when there are none.</param>
/// <param name="told">The incline in % that the walker told.</param>
internal sealed class RailIncline(RailBaselines? baselines, double? told)
{
    private RailTrust? _trust; // as it was before the incline spoke against it
    private bool _hasSaid;

    /// <summary>What the told incline has against them; null for nothing.</summary>
    public string? Judge() => baselines != null && !KeptRails.FitsIncline(baselines, told)
        ? $"Rails: calibrated at {At(baselines)}, so unknown today. 'backstep calibrate rails' takes a minute each way."
        : null;

    /// <summary>Looks at the incline that is measured; says once when it speaks against them.</summary>
    public string? Judge(WalkRails rails, double? measured)
    {
        if (told != null || baselines == null || measured == null)
        {
            return null;
        }

        if (KeptRails.FitsIncline(baselines, measured))
        {
            rails.Trust = _trust ?? rails.Trust;
            _trust = null;
            return null;
        }

        _trust ??= rails.Trust;
        rails.Trust = RailTrust.Nothing;
        bool isNew = !_hasSaid;
        _hasSaid = true;
        return !isNew ? null : string.Create(CultureInfo.InvariantCulture,
            $"rails: calibrated at {At(baselines)}, and the shoe measures {measured:0.0} %: unknown as long as it "
            + $"does");
    }

    private static string At(RailBaselines baselines) =>
        string.Create(CultureInfo.InvariantCulture, $"{baselines.InclineTenthsPercent / 10.0:0.#} % incline");
}
