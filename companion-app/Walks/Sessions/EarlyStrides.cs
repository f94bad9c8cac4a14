namespace Backstep.Walks.Sessions;

/// <summary>Strides that came before their session was told: they wait for it.</summary>
/// <param name="epoch">From which their times count.</param>
/// <param name="leaveOut">Told those that are in no session.</param>
internal sealed class EarlyStrides(DateTimeOffset epoch, Action<IEnumerable<KeptStride>> leaveOut)
{
    private readonly List<KeptStride> _strides = [];

    /// <summary>When its contact was.</summary>
    public DateTimeOffset TimeOf(KeptStride early) => epoch + early.At;

    /// <summary>Takes one. Those of before a time wait no longer.</summary>
    public void Add(KeptStride stride, DateTimeOffset at, DateTimeOffset tooOld)
    {
        leaveOut(_strides.Where(old => TimeOf(old) < tooOld));
        _strides.RemoveAll(old => TimeOf(old) < tooOld);
        _strides.Add(stride with { At = at - epoch });
    }

    /// <summary>Takes out those of a session that begins; the others are in none. Those of another start of the sensor
    /// are of the session before.</summary>
    /// <param name="sensor">Whose session it is.</param>
    /// <param name="from">When it began.</param>
    public KeptStride[] TakeFrom(int sensor, DateTimeOffset from)
    {
        int? run = _strides.LastOrDefault(stride => stride.Sensor == sensor)?.Run;
        var own = _strides.Where(stride => TimeOf(stride) >= from && (stride.Sensor != sensor || stride.Run == run))
            .ToArray();
        leaveOut(_strides.Except(own));
        _strides.Clear();
        return own;
    }

    /// <summary>No session begins any more: those of before a time are in none.</summary>
    public void Close(DateTimeOffset before)
    {
        leaveOut(_strides.Where(stride => TimeOf(stride) < before));
        _strides.Clear();
    }
}
