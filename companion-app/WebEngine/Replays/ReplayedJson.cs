using Backstep.Files.Recording;
using Backstep.WebEngine.Shown;

namespace Backstep.WebEngine.Replays;

/// <summary>What a page needs to be told about a recording.</summary>
/// <param name="Mount">As <c>backstep replay --mount</c> takes it; null: the sensor's axes are the foot's.</param>
/// <param name="Side">left or right; null: not told.</param>
public sealed record ReplayOptionsJson(string? Mount = null, string? Side = null);

/// <summary>What came of a recording.</summary>
/// <param name="EventsCsv">To the letter what <c>backstep replay --events</c> writes.</param>
/// <param name="Figures">What <c>backstep replay --json</c> says.</param>
/// <param name="Strides">For charts.</param>
public sealed record ReplayedJson(string EventsCsv, ReplayJson Figures, IReadOnlyList<ShownStrideJson> Strides);
