using Backstep.Gait;

namespace Backstep.Walks.Rails;

/// <summary>
/// Held, free or unknown, out of a probability that is looked at four times a second, with a bound on how often the
/// word changes that holds whatever the evidence is:
/// <list type="bullet">
/// <item>a word stands for a minute (<see cref="LeastSeconds"/>), unless the evidence turned round: it is surest
/// (<see cref="Surest"/>) of another word than it was surest of before, as when a hand lets go;</item>
/// <item>a word that turned round within that time stands for three seconds at least.</item>
/// </list>
/// While the evidence does not turn round, as while a hand does the same, the word thus changes at most once in any
/// minute; and what is surest for three seconds is said within these, whatever came before. The property tests hold
/// both. The figures were set on simulated arms: <c>backstep-lab rails --check</c>, seeds 1, 9103, 9104.
/// </summary>
internal sealed class SteadyPosture
{
    /// <summary>For so long a word stands unless the evidence turns round: a minute, and what two sensors' clocks may
    /// run apart in it.</summary>
    public const double LeastSeconds = 61;

    /// <summary>From this probability on a word is said, as by the shoe
    /// (<c>firmware/Gait/RailEstimator.cs</c>).</summary>
    public const double Sure = 0.9;

    /// <summary>Evidence turns round from at least so sure of one thing to at least so sure of the other.</summary>
    public const double Surest = 0.95;

    /// <summary>A word that follows so soon on another needs <see cref="RestlessAgreeing"/>: a finger that goes from
    /// key to key rests in between.</summary>
    public const double RestlessSeconds = 6.5;

    /// <summary>Quarter seconds that must agree then: three seconds.</summary>
    public const int RestlessAgreeing = 12;

    // Said after two quarter seconds that agree; kept until the contrary is as sure, or until it has been below a half
    // for two and a half seconds: half a second less than a change may take to be told. Set and held as said above.
    private const double StillSure = 0.5;
    private const int Agreeing = 2;
    private const int LongOpen = 10;

    private Posture _candidate;
    private Posture _surestOf;
    private int _agreed;
    private double _changed = double.NegativeInfinity;

    /// <summary>The word.</summary>
    public Posture Posture { get; private set; }

    /// <summary>Nothing is known of what was before: the walk stopped.</summary>
    public void Clear()
    {
        (Posture, _candidate, _surestOf) = (Posture.Unknown, Posture.Unknown, Posture.Unknown);
        (_agreed, _changed) = (0, double.NegativeInfinity);
    }

    /// <summary>Takes the next quarter second.</summary>
    /// <param name="held">Probability that the rails are held.</param>
    /// <param name="isDoubted">Whether somebody has reason to say the contrary: then nothing is said but what is
    /// sure.</param>
    /// <param name="seconds">When.</param>
    public void Add(double held, bool isDoubted, double seconds)
    {
        double keep = isDoubted ? Sure : StillSure;
        var clear = held >= (Posture == Posture.Held ? keep : Sure) ? Posture.Held
            : 1 - held >= (Posture == Posture.Free ? keep : Sure) ? Posture.Free
            : Posture.Unknown;
        _agreed = clear == _candidate ? _agreed + 1 : 1;
        _candidate = clear;
        bool isSurest = clear != Posture.Unknown && Math.Max(held, 1 - held) >= Surest;
        if (clear != Posture && MayChange(clear, isSurest && clear != _surestOf, seconds - _changed))
        {
            (Posture, _changed) = (clear, seconds);
        }

        _surestOf = isSurest && clear == Posture ? clear : _surestOf;
    }

    private bool MayChange(Posture clear, bool hasTurnedRound, double since) =>
        (hasTurnedRound || since >= LeastSeconds)
            && _agreed >= (since < RestlessSeconds ? RestlessAgreeing : clear == Posture.Unknown ? LongOpen : Agreeing);
}
