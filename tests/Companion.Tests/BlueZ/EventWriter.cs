using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Backstep.Companion.Commands;

namespace Backstep.Companion.Tests.BlueZ;

/// <summary>An output whose lines a test can wait for while the command still runs.</summary>
public sealed class EventWriter : TextWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<string> _coming = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _rest = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Whose output it is.</summary>
    public CommandEnvironment? Environment { get; set; }

    public IReadOnlyCollection<string> Lines => _lines;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _rest.Append(value);
            return;
        }

        string line = _rest.ToString().TrimEnd('\r');
        _rest.Clear();
        _lines.Enqueue(line);
        _coming.Writer.TryWrite(line);
    }

    /// <summary>Waits for a line after those that were waited for before.</summary>
    public async Task UntilAsync(Func<string, bool> isIt)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isIt(await _coming.Reader.ReadAsync(patience.Token)))
        {
        }
    }
}
