using System.Globalization;

namespace Backstep.Terminal;

/// <summary>
/// Says on a terminal how far something has come, in one line that is drawn over and gone in the end. Nothing is shown
/// within the first second, and nothing ever where there is no terminal.
/// </summary>
/// <param name="writer">Standard error, so that it never gets into a file; null for nowhere.</param>
/// <param name="what">What is counted: "walkers".</param>
/// <param name="total">How many there will be.</param>
/// <param name="time">The clock.</param>
public sealed class ProgressLine(TextWriter? writer, string what, int total, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private TimeSpan _next = Silence;
    private int _done;
    private int _width;

    /// <summary>One more is done. May be called from several threads.</summary>
    public void Step() => Reach(Interlocked.Increment(ref _done));

    /// <summary>So many are done.</summary>
    public void Reach(int done)
    {
        if (writer == null)
        {
            return;
        }

        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_start);
            if (elapsed < _next)
            {
                return;
            }

            _next = elapsed + Interval;
            string line = string.Create(CultureInfo.InvariantCulture,
                $"{done} of {total} {what} ({100.0 * done / Math.Max(1, total):0} %)");
            writer.Write('\r' + line.PadRight(_width));
            writer.Flush();
            _width = Math.Max(_width, line.Length);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_width > 0)
        {
            writer?.Write('\r' + new string(' ', _width) + '\r');
            writer?.Flush();
            _width = 0;
        }
    }
}
