using Backstep.Walks.Live;
using Backstep.Walks.Strides;
using Spectre.Console;

namespace Backstep.Companion.Live;

/// <summary>The live view on a terminal: its own screen, no cursor, drawn over in place. Whatever happens, disposing
/// gives the terminal back as it was.</summary>
public sealed class LiveScreen : IDisposable
{
    private const int EraseBelow = 0;
    private const int EraseAll = 2;

    private readonly IAnsiConsole _console;
    private readonly Units _units;
    private (int Width, int Height) _size;

    /// <summary>Takes the terminal.</summary>
    public LiveScreen(IAnsiConsole console, Units units)
    {
        _console = console;
        _units = units;
        console.WriteAnsi(writer => writer.EnterAltScreen());
        console.WriteAnsi(writer => writer.HideCursor());
    }

    /// <summary>Draws a snapshot into whatever size the terminal has now.</summary>
    public void Draw(LiveSnapshot live)
    {
        var profile = _console.Profile;
        var size = (profile.Width, profile.Height);
        if (size != _size)
        {
            _size = size;
            _console.WriteAnsi(writer => writer.EraseInDisplay(EraseAll));
        }

        var frame = LiveView.Draw(live, _units, profile.Width, profile.Height, profile.Capabilities.Unicode);
        _console.WriteAnsi(writer => writer.CursorHome());
        _console.Write(frame);
        if (frame.Height < profile.Height)
        {
            _console.WriteAnsi(writer => writer.EraseInDisplay(EraseBelow));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _console.WriteAnsi(writer => writer.ResetStyle());
        _console.WriteAnsi(writer => writer.ShowCursor());
        _console.WriteAnsi(writer => writer.ExitAltScreen());
    }
}
