using Backstep.Gait;

namespace Backstep.Walks.Rails;

/// <summary>
/// Of a probability that wavers four times a second, a word that does not. A hand that goes to the rail or leaves it is
/// told at once; a hand that does the same all the time must not be told to do one thing and then another. The bounds
/// were set on simulated arms with the seeds of tuning.
/// </summary>
internal sealed class SteadyPosture
{
    /// <summary>So long after a word was taken back, the next one must be surer.</summary>
    public const double WarySeconds = 60;

    // Said from 90 % on, for two quarter seconds; kept until the contrary is as sure, or until it has been below a half
    // for two and a half seconds.
    private const double Sure = 0.9;
    private const double StillSure = 0.5;
    private const int Agreeing = 2;
    private const int LongOpen = 10;

    // Within the wary minute "unknown" takes four seconds, or ten when the word before was "unknown" as well; and only
    // this takes it back.
    private const int WaryOpen = 16;
    private const int WaryOpenAgain = 40;
    private const double Surest = 0.97;

    // A finger that goes from key to key rests in between: what follows a word taken back so shortly before must last
    // three seconds.
    private const double RestlessSeconds = 6.5;
    private const int RestlessAgreeing = 12;

    private Posture _candidate;
    private int _agreed;
    private double _changed = double.NegativeInfinity, _takenBack = double.NegativeInfinity;

    /// <summary>The word.</summary>
    public Posture Posture { get; private set; }

    /// <summary>Nothing is known of what was before.</summary>
    public void Clear()
    {
        (Posture, _candidate, _agreed) = (Posture.Unknown, Posture.Unknown, 0);
        (_changed, _takenBack) = (double.NegativeInfinity, double.NegativeInfinity);
    }

    /// <summary>Takes the next quarter second.</summary>
    /// <param name="held">Probability that the rails are held.</param>
    /// <param name="isDoubted">Whether somebody has reason to say the contrary: then nothing is said but what is
    /// sure.</param>
    /// <param name="seconds">When.</param>
    public void Add(double held, bool isDoubted, double seconds)
    {
        double keep = isDoubted && seconds - _changed > WarySeconds ? Sure : StillSure;
        var clear = held >= (Posture == Posture.Held ? keep : Sure) ? Posture.Held
            : 1 - held >= (Posture == Posture.Free ? keep : Sure) ? Posture.Free
            : Posture.Unknown;
        _agreed = clear == _candidate ? _agreed + 1 : 1;
        _candidate = clear;
        if (clear != Posture && MaySay(clear, Math.Max(held, 1 - held), isDoubted, seconds))
        {
            _takenBack = Posture == Posture.Unknown ? _takenBack : seconds;
            (Posture, _changed) = (clear, seconds);
        }
    }

    private bool MaySay(Posture clear, double certainty, bool isDoubted, double seconds)
    {
        double since = seconds - _takenBack;
        bool isWary = since <= WarySeconds;
        if (clear == Posture.Unknown)
        {
            bool wasUnknown = _changed > _takenBack && seconds - _changed <= WarySeconds;
            return _agreed >= (wasUnknown ? WaryOpenAgain : isWary ? WaryOpen : LongOpen);
        }

        bool isTooEarly = isWary && (isDoubted || (Posture == Posture.Unknown && certainty < Surest));
        return !isTooEarly && _agreed >= (since < RestlessSeconds ? RestlessAgreeing : Agreeing);
    }
}
