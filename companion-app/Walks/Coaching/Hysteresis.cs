namespace Backstep.Walks.Coaching;

/// <summary>On beyond one threshold, off only beyond another: a value that hovers does not flicker. No value means
/// off.</summary>
/// <param name="on">Where it turns on. Above <paramref name="off"/>: a high value is what it watches for; below: a low
/// one.</param>
/// <param name="off">Where it turns off.</param>
public sealed class Hysteresis(double on, double off)
{
    /// <summary>The state after the last value.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Takes the newest value, or null when there is none.</summary>
    public bool Update(double? value)
    {
        if (value is not { } number)
        {
            IsOn = false;
        }
        else if (on > off)
        {
            IsOn = IsOn ? number > off : number >= on;
        }
        else
        {
            IsOn = IsOn ? number < off : number <= on;
        }

        return IsOn;
    }
}
