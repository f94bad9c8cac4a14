using System.Globalization;
using Backstep.Gym.Keeping;
using Backstep.Store;
using Backstep.Walks;

namespace Backstep.Gym.Server;

/// <summary>Deletes once a day what is older than the gym wants to keep.</summary>
public sealed partial class GymRetention(IGymStore store, TimeProvider time, ILogger log)
{
    /// <summary>The setting's key.</summary>
    public const string Setting = RoomSettings.RetentionDays;

    /// <summary>Unless the gym says otherwise. Ours: a month, so that a walker can still come back for an
    /// export.</summary>
    public const int DefaultDays = RoomSettings.UsualDays;

    /// <summary>The most: ten years.</summary>
    public const int MostDays = 3650;

    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    // Ours: a store that was away is asked again soon.
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(10);

    /// <summary>Days, from a text that staff typed.</summary>
    /// <exception cref="BadRequestException">It is no number of days.</exception>
    public static int Days(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            && days is >= 1 and <= MostDays ? days
            : throw new BadRequestException($"'{OneLine.Of(text)}' is no number of days from 1 to {MostDays}.");

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = Every;
            try
            {
                await ForgetAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ExplainedException e)
            {
                LogTrouble(OneLine.Of(e.Message));
                wait = AfterTrouble;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Deletes it now.</summary>
    /// <returns>How many strides.</returns>
    /// <exception cref="StoreException">The store did not answer.</exception>
    /// <exception cref="BadRequestException">The setting is no number of days: nothing is deleted on a
    /// guess.</exception>
    public async Task<long> ForgetAsync(CancellationToken cancellationToken)
    {
        string? told = await store.SettingAsync(Setting, cancellationToken).ConfigureAwait(false);
        int days = told == null ? DefaultDays : Days(told);
        long strides = await store.ForgetBeforeAsync(time.GetUtcNow().AddDays(-days), cancellationToken)
            .ConfigureAwait(false);
        LogForgotten(days, strides);
        return strides;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "older than {Days} days: {Strides} strides deleted")]
    private partial void LogForgotten(int days, long strides);

    [LoggerMessage(Level = LogLevel.Error, Message = "what is too old was not deleted: {Trouble}")]
    private partial void LogTrouble(string trouble);
}
