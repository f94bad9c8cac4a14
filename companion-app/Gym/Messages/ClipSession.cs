namespace Backstep.Gym.Messages;

/// <summary>A clip's session at its end. Retained, so that who comes later still sees the last one. It waits in the
/// gateway's outbox like strides, and is confirmed like them.</summary>
/// <param name="Gateway">Whose outbox.</param>
/// <param name="Outbox">See <see cref="StrideBatch.Outbox"/>.</param>
/// <param name="Batch">See <see cref="StrideBatch.Batch"/>: sessions and strides are numbered together.</param>
/// <param name="Clip">Whose.</param>
/// <param name="Simulated">Whether no person walked.</param>
/// <param name="Flash">See <see cref="StrideBatch.Flash"/>.</param>
/// <param name="Run">See <see cref="StrideBatch.Run"/>.</param>
/// <param name="Session">Its number, 1 to 65535.</param>
/// <param name="StartedAt">When it began; null when the clip's clock was not set.</param>
/// <param name="EndedAt">When it ended; null when not known.</param>
/// <param name="FirstNumber">Its first stride; null when none is held.</param>
/// <param name="LastNumber">Its last stride; null when none is held.</param>
/// <param name="ElapsedSeconds">From start to end.</param>
/// <param name="ActiveSeconds">Without pauses.</param>
/// <param name="BackwardStrides">Backward.</param>
/// <param name="ForwardStrides">Forward.</param>
/// <param name="UnknownStrides">Of unknown direction.</param>
/// <param name="ToeFirstPercent">Of the backward ones whose landing is known.</param>
/// <param name="RailsHeldPercent">Of those for which it is known.</param>
/// <param name="MeanCadenceStepsPerMinute">While walking; both feet.</param>
/// <param name="DistanceMeters">Where it could be measured.</param>
/// <param name="InclinePercent">Over the session.</param>
public sealed record ClipSession(
    string Gateway,
    string Outbox,
    long Batch,
    string Clip,
    bool Simulated,
    string Flash,
    int Run,
    int Session,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    uint? FirstNumber,
    uint? LastNumber,
    int? ElapsedSeconds,
    int? ActiveSeconds,
    int? BackwardStrides,
    int? ForwardStrides,
    int? UnknownStrides,
    int? ToeFirstPercent,
    int? RailsHeldPercent,
    int? MeanCadenceStepsPerMinute,
    double? DistanceMeters,
    double? InclinePercent);
