namespace Backstep.Gait
{
    /// <summary>
    /// Motion samples in, strides out. Causal, at 100 Hz, on the raw integers of the chip, without I/O, clock or allocation per sample.
    /// <para>A stride is what lies between two foot-flats. While the foot is flat, gravity levels the axes and the gyroscope's bias is learnt; once it
    /// moves, a strapdown carries it to the next foot-flat, where everything about the stride is known and decided at once.</para>
    /// </summary>
    public sealed class GaitEngine
    {
        /// <summary>A foot strike angle of -4 degrees or less is a toe landing, unless set otherwise.</summary>
        public const int DefaultToeLandingHalfDegrees = -8;

        /// <summary>A foot strike angle of 4 degrees or more is a heel landing, unless set otherwise.</summary>
        public const int DefaultHeelLandingHalfDegrees = 8;

        private const float DegreesPerSecondPerCount = 1f / MotionScale.GyroscopeCountsPerDegreePerSecond;
        private const float StepSeconds = 1f / MotionScale.SampleRateHertz;
        private const float OneG = MotionScale.AccelerometerCountsPerG;

        // The foot rests: slower than the sway of a standing person's foot.
        private const float RestRate = 15f;

        // The foot is flat though not at rest: the ceiling grows with the movement that led to it, since fast steps settle less.
        private const float QuietRateShare = 0.15f;
        private const float LowestQuietRate = 40f;
        private const float HighestQuietRate = 110f;

        // The specific force of a flat foot, in g.
        private const float QuietForceLow = 0.7f;
        private const float QuietForceHigh = 1.35f;

        // 40 ms of it after all phases of a step make a foot-flat. Before that 50 ms, unless the foot still travels or has not come back to the pitch it started
        // from: then it is a calm moment of the swing. After 250 ms the strapdown is wrong, not the foot.
        private const int FlatAfterWholeStepSamples = 4;
        private const int FlatSamples = 5;
        private const int CertainlyFlatSamples = 25;
        private const float FlatWithinDegrees = 6f;
        private const float FastRate = 300f;
        private const int WholeStepPhases = 3;
        private const float StillTravellingMetersPerSecond = 0.4f;
        private const float TravellingShareOfPeak = 0.35f;

        // Slower than this from rest to heel-rise is swaying: begin again.
        private const int LongestOnsetSamples = 60;

        // 25 degrees: more than any treadmill's incline and the push of a foot that settles (18 lost real strides), less than most ways to hold a shoe.
        private const float UprightCosine = 0.906f;

        // Longer than any swing of a walk.
        private const int LongestMovementSamples = 300;

        // How long a stillness must last to be levelled by at once: the first one, and later ones.
        private const int FirstLevelSamples = 20;
        private const int RestLevelSamples = 100;

        private readonly FootFrame _frame;
        private readonly Stillness _stillness = new Stillness();
        private readonly Strapdown _strapdown = new Strapdown();
        private readonly PitchLobes _lobes = new PitchLobes();
        private readonly MotionHistory _history = new MotionHistory();
        private readonly StrideJudge _judge;

        private uint _samples;
        private bool _moving;
        private bool _left;
        private int _rest;
        private bool _lost = true;
        private int _quiet;
        private float _peakRate2;
        private float _peakSpeed2;
        private float _quietRate2;

        private int _calmX, _calmY, _calmZ;

        /// <summary>An engine that knows nothing yet but how the chip sits and on which foot.</summary>
        public GaitEngine(Mount mount, FootSide side)
            : this(mount, side, DefaultToeLandingHalfDegrees, DefaultHeelLandingHalfDegrees)
        {
        }

        /// <summary>The same, with the walker's own idea of a toe and a heel landing.</summary>
        /// <param name="mount">How the chip sits.</param>
        /// <param name="side">On which foot; without it tilt is missing.</param>
        /// <param name="toeLandingHalfDegrees">Foot strike angles at or below this are toe landings.</param>
        /// <param name="heelLandingHalfDegrees">Foot strike angles at or above this are heel landings.</param>
        public GaitEngine(Mount mount, FootSide side, int toeLandingHalfDegrees, int heelLandingHalfDegrees)
        {
            _frame = new FootFrame(mount);
            _judge = new StrideJudge(side, toeLandingHalfDegrees, heelLandingHalfDegrees);
            _quietRate2 = LowestQuietRate * LowestQuietRate;
        }

        /// <summary>Samples so far, lost ones included: the engine's clock, in units of <see cref="MotionScale.SampleMilliseconds"/>.</summary>
        public uint SampleCount
        {
            get { return _samples; }
        }

        /// <summary>Whether the foot has rested long enough, once, to know up from down and the gyroscope's bias. No strides before that.</summary>
        public bool IsLevelled
        {
            get { return _frame.IsLevelled; }
        }

        /// <summary>The stride that <see cref="Add"/> has just announced. Allocates one record.</summary>
        public Stride TakeStride()
        {
            return _judge.TakeStride();
        }

        /// <summary>Samples are missing: whatever was under way is dropped, and no stride is made across the gap. The clock goes on.</summary>
        /// <param name="lostSamples">How many; an estimate will do, the strides after it are timed by it.</param>
        public void Gap(uint lostSamples)
        {
            _samples += lostSamples;
            _moving = false;
            _lost = true;
            _quiet = 0;
            _calmX = _calmY = _calmZ = 0;
            _stillness.End();
            _judge.Gap();
        }

        /// <summary>One sample, as the chip gives it (<see cref="MotionScale"/>). Returns true when a stride is complete: take it before the next sample.</summary>
        public bool Add(short ax, short ay, short az, short gx, short gy, short gz)
        {
            _samples++;
            FootFrame frame = _frame;
            if (!frame.IsLevelled)
            {
                WatchStillness(ax, ay, az, gx, gy, gz);
                return false;
            }

            float wx = (gx - frame.BiasX) * DegreesPerSecondPerCount;
            float wy = (gy - frame.BiasY) * DegreesPerSecondPerCount;
            float wz = (gz - frame.BiasZ) * DegreesPerSecondPerCount;
            float rate2 = wx * wx + wy * wy + wz * wz;
            float force2 = (float)ax * ax + (float)ay * ay + (float)az * az;
            bool calm = rate2 < _quietRate2
                && force2 > QuietForceLow * QuietForceLow * OneG * OneG
                && force2 < QuietForceHigh * QuietForceHigh * OneG * OneG;
            if (calm)
            {
                _quiet++;
                _calmX += ax;
                _calmY += ay;
                _calmZ += az;
                WatchStillness(ax, ay, az, gx, gy, gz);
            }
            else
            {
                _quiet = 0;
                _calmX = _calmY = _calmZ = 0;
                EndStillness();
            }

            bool rest = calm && rate2 < RestRate * RestRate;
            _rest = rest ? _rest + 1 : 0;
            if (!_moving)
            {
                if (rest)
                {
                    if (_lost && _quiet >= FlatSamples)
                    {
                        _lost = !StandsUpright();
                    }

                    return false;
                }

                StartMoving();
            }

            if (!_left)
            {
                // Between rest and a movement worth the name: heel-rise begins slowly, but so does the sway of someone standing.
                if (!calm)
                {
                    _left = true;
                }
                else if (_rest >= FlatSamples || _strapdown.Samples >= LongestOnsetSamples)
                {
                    _moving = false;
                    return false;
                }
            }

            float pitchRate = frame.YX * wx + frame.YY * wy + frame.YZ * wz;
            float rollRate = frame.XX * wx + frame.XY * wy + frame.XZ * wz;
            Strapdown strapdown = _strapdown;
            _history.Add(pitchRate * StepSeconds, rollRate * StepSeconds, force2, ax, ay, az);
            strapdown.Step(wx, wy, wz, ax, ay, az);
            _lobes.Step(pitchRate, strapdown.Samples);
            float speed2 = strapdown.VelocityX * strapdown.VelocityX + strapdown.VelocityY * strapdown.VelocityY;
            if (speed2 > _peakSpeed2)
            {
                _peakSpeed2 = speed2;
            }

            if (rate2 > _peakRate2)
            {
                _peakRate2 = rate2;
                SetQuietRate();
            }

            if (_left && _quiet >= FlatAfterWholeStepSamples && IsFlat(speed2))
            {
                return FootFlat();
            }

            if (strapdown.Samples >= LongestMovementSamples)
            {
                // Carried, shaken or run with: integrate no further, and trust the next foot-flat only as a new beginning.
                _lost = true;
                StartMoving();
            }

            return false;
        }

        // A foot on the ground has gravity where it had it when it was levelled. A shoe that is carried, or a foot held up while sitting, comes to rest anyhow.
        private bool StandsUpright()
        {
            FootFrame frame = _frame;
            float along = frame.ZX * _calmX + frame.ZY * _calmY + frame.ZZ * _calmZ;
            float length2 = (float)_calmX * _calmX + (float)_calmY * _calmY + (float)_calmZ * _calmZ;
            return along > 0f && along * along > UprightCosine * UprightCosine * length2;
        }

        private bool IsFlat(float speed2)
        {
            if (_quiet >= CertainlyFlatSamples)
            {
                return true;
            }

            // A slow foot can be calm in mid-air, then it is not where it left from. In a fast one the gyroscope's scale or clipping may say so without it being true.
            float pitch = _history.PitchNow;
            bool backAtStart = pitch < FlatWithinDegrees && pitch > -FlatWithinDegrees;
            if (_lobes.Phases >= WholeStepPhases)
            {
                return backAtStart || _peakRate2 > FastRate * FastRate;
            }

            bool travelling = speed2 > StillTravellingMetersPerSecond * StillTravellingMetersPerSecond
                && speed2 > TravellingShareOfPeak * TravellingShareOfPeak * _peakSpeed2;
            return _quiet >= FlatSamples && backAtStart && !travelling;
        }

        private void StartMoving()
        {
            _moving = true;
            _left = false;
            _peakRate2 = 0f;
            _peakSpeed2 = 0f;
            _strapdown.Start(_frame);
            _lobes.Start();
            _history.Start();
        }

        private void SetQuietRate()
        {
            float rate2 = QuietRateShare * QuietRateShare * _peakRate2;
            _quietRate2 = rate2 < LowestQuietRate * LowestQuietRate ? LowestQuietRate * LowestQuietRate
                : rate2 > HighestQuietRate * HighestQuietRate ? HighestQuietRate * HighestQuietRate
                : rate2;
        }

        private bool FootFlat()
        {
            _moving = false;
            _lobes.Finish();
            bool lost = _lost;
            _lost = !StandsUpright();
            return !lost && !_lost && _judge.Judge(_samples, _quiet, _lobes, _strapdown, _history);
        }

        private void WatchStillness(int ax, int ay, int az, int gx, int gy, int gz)
        {
            Stillness still = _stillness;
            if (!still.Holds(ax, ay, az, gx, gy, gz))
            {
                EndStillness();
            }

            still.Take(ax, ay, az, gx, gy, gz);
            if (still.Samples >= (_frame.IsLevelled ? RestLevelSamples : FirstLevelSamples))
            {
                _frame.SetFromRest(still);
                still.End();
            }
        }

        private void EndStillness()
        {
            if (_stillness.Samples != 0)
            {
                _frame.LearnFromFlat(_stillness);
                _stillness.End();
            }
        }
    }
}
