namespace Backstep.Cost.Tests;

/// <summary>Eats samples as the gait engine does, but too dearly, in one way or another.</summary>
public sealed class ExpensiveEngine(int turnsEverySample, int turnsEveryThousandth, bool allocates, bool callsUnknown)
{
    private int _samples;
    private float _sum;

    /// <summary>What is kept alive of the last sample.</summary>
    public object? Kept { get; private set; }

    /// <summary>One sample.</summary>
    public bool Add(short ax, short ay, short az)
    {
        _samples++;
        int turns = _samples % 1000 == 0 ? turnsEveryThousandth : turnsEverySample;
        for (int i = 0; i < turns; i++)
        {
            _sum += (ax * ay) + az;
        }

        if (allocates)
        {
            Kept = new float[3];
        }

        if (callsUnknown)
        {
            _sum += Math.Clamp(_sum, -1f, 1f);
        }

        return false;
    }
}
