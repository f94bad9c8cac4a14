using System.Globalization;
using System.Text.Json;
using Backstep.Gym.Messages;
using Backstep.Walks;

namespace Backstep.Gym.Server;

/// <summary>Whether a message says what can be. All text from MQTT is hostile. Each answers with what is wrong, in
/// words for whoever runs the gateway, or null.</summary>
public static class MessageChecks
{
    // Ours: the product began after it; and a clock may be wrong by a time zone and daylight saving, no more.
    private static readonly DateTimeOffset Earliest = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(26);

    // Digits of an outbox' and a flash's name: Messages/StrideBatch.cs.
    private const int OutboxDigits = 16;
    private const int FlashDigits = 8;

    private const int MostSession = 65535;

    // A day; whatever is longer was not walked.
    private const int MostSeconds = 24 * 3600;

    /// <summary>A batch of strides.</summary>
    /// <param name="batch">The message.</param>
    /// <param name="topicsClip">The clip whose topic it came on.</param>
    /// <param name="now">The server's clock; one that is not set judges nobody.</param>
    public static string? Problem(StrideBatch batch, string topicsClip, DateTimeOffset now) =>
        Sender(batch.Gateway, batch.Outbox, batch.Batch) ?? Place(batch.Clip, topicsClip, batch.Flash, batch.Run)
        ?? (batch.Session is < 1 or > MostSession ? "session is out of range" : null)
        ?? (batch.Strides.Count is < 1 or > StrideBatch.MostStrides
            ? $"a batch has 1 to {StrideBatch.MostStrides} strides" : null)
        ?? batch.Strides.Select(line => Line(line, now)).FirstOrDefault(problem => problem != null);

    /// <summary>A session at its end.</summary>
    /// <inheritdoc cref="Problem(StrideBatch, string, DateTimeOffset)"/>
    public static string? Problem(ClipSession session, string topicsClip, DateTimeOffset now) =>
        Sender(session.Gateway, session.Outbox, session.Batch)
        ?? Place(session.Clip, topicsClip, session.Flash, session.Run)
        ?? (session.Session is < 1 or > MostSession ? "session is out of range" : null)
        ?? (IsBelievable(session.StartedAt, now) && IsBelievable(session.EndedAt, now)
            ? null : "startedAt or endedAt is no time at which anybody walked")
        ?? (session.EndedAt < session.StartedAt ? "endedAt is before startedAt" : null)
        ?? (AreIn(MostSeconds, session.ElapsedSeconds, session.ActiveSeconds, session.BackwardStrides,
                session.ForwardStrides, session.UnknownStrides)
            && AreIn(100, session.ToeFirstPercent, session.RailsHeldPercent)
            && AreIn(1000, session.MeanCadenceStepsPerMinute)
            && session.DistanceMeters is null or (>= 0 and < 1e6)
            && session.InclinePercent is null or (> -100 and < 100)
            ? null : "a figure is out of range");

    /// <summary>A clip, as it is now.</summary>
    /// <inheritdoc cref="Problem(StrideBatch, string, DateTimeOffset)"/>
    public static string? Problem(ClipLive live, string topicsClip, DateTimeOffset now) =>
        Named(live.Gateway) ?? (live.Clip == topicsClip ? null : "clip is not the topic's")
        ?? (IsBelievable(live.At, now) ? null : "at is no time at which anybody walked")
        ?? (live.Name?.Length > 200 || live.Firmware?.Length > 100 ? "name or firmware is too long" : null)
        ?? (AreIn(100, live.BatteryPercent, live.ToeFirstPercent, live.RailsHeldPercent)
            ? null : "a percentage is out of range");

    /// <summary>A gateway's status.</summary>
    public static string? Problem(GatewayStatus status, string topicsGateway) =>
        status.Gateway != topicsGateway ? "gateway is not the topic's"
        : status.State is not (GatewayStatus.Online or GatewayStatus.Offline) ? "state is neither online nor offline"
        : status.BatchesWaiting < 0 || status.ClipsFollowed < 0 || status.ClipsWaiting < 0 || status.Adapters < 0
            ? "a figure is out of range" : null;

    /// <summary>Whose batch it was meant to be, where it cannot be read as a whole: enough to refuse it by
    /// name.</summary>
    public static (string Gateway, string Outbox, long Batch)? Salvage(ReadOnlySpan<byte> bytes)
    {
        var (gateway, outbox, batch) = ("", "", 0L);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                string? key = reader.GetString();
                reader.Read();
                switch (key, reader.TokenType)
                {
                    case ("gateway", JsonTokenType.String):
                        gateway = reader.GetString()!;
                        break;
                    case ("outbox", JsonTokenType.String):
                        outbox = reader.GetString()!;
                        break;
                    case ("batch", JsonTokenType.Number):
                        reader.TryGetInt64(out batch);
                        break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // what was read up to here may do
        }

        return Sender(gateway, outbox, batch) == null ? (gateway, outbox, batch) : null;
    }

    private static string? Sender(string gateway, string outbox, long batch) => Named(gateway)
        ?? (IsHex(outbox, OutboxDigits) ? null : "outbox is not 16 hexadecimal digits")
        ?? (batch >= 1 ? null : "batch counts from 1");

    private static string? Named(string gateway) => GymTopics.IsName(gateway) && gateway != GymTopics.Clips
        ? null : "gateway is no name";

    private static string? Place(string clip, string topicsClip, string flash, int run) =>
        clip != topicsClip ? "clip is not the topic's"
        : !IsHex(flash, FlashDigits) ? "flash is not 8 hexadecimal digits"
        : run < 1 ? "run counts from 1" : null;

    private static string? Line(StrideLine line, DateTimeOffset now)
    {
        if (line.Number < 1 || !IsBelievable(line.At, now))
        {
            return string.Create(CultureInfo.InvariantCulture, $"stride {line.Number}: "
                + $"{(line.Number < 1 ? "numbers count from 1" : "no time at which anybody walked")}");
        }

        try
        {
            line.ToStride();
            return null;
        }
        catch (BadInputException e)
        {
            return e.Message;
        }
    }

    private static bool IsHex(string text, int digits) =>
        text.Length == digits && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static bool IsBelievable(DateTimeOffset? at, DateTimeOffset now) =>
        at is not { } moment || now < Earliest || (moment >= Earliest && moment <= now + Ahead);

    private static bool AreIn(int most, params ReadOnlySpan<int?> values)
    {
        foreach (int? value in values)
        {
            if (value < 0 || value > most)
            {
                return false;
            }
        }

        return true;
    }
}
