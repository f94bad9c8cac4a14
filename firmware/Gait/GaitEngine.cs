namespace Backstep.Gait
{
    /// <summary>
    /// Motion samples in, strides out. Causal, at 100 Hz, on the raw integers of the chip, without I/O, clock or
    /// allocation per sample.
    /// <para>A stride is what lies between two foot-flats. While the foot is flat, gravity levels the axes and the
    /// gyroscope's bias is learnt; once it moves, a strapdown carries it to the next foot-flat, where everything about
    /// the stride is known and decided at once.</para>
    /// <para>Samples are added up in pairs, and all numbers below are counts of such sums: see
    /// <see cref="MotionScale.PairSamples"/>.</para>
    /// </summary>
    public sealed class GaitEngine
    {
        /// <summary>A foot strike angle of -4 degrees or less is a toe landing, unless set otherwise.</summary>
        public const int DefaultToeLandingHalfDegrees = -8;

        /// <summary>A foot strike angle of 4 degrees or more is a heel landing, unless set otherwise.</summary>
        public const int DefaultHeelLandingHalfDegrees = 8;

        private const float DegreePerSecond = MotionScale.PairCountsPerDegreePerSecond;
        private const float OneG = MotionScale.PairCountsPerG;

        // The foot rests: slower than the sway of a standing person's foot.
        private const float RestRate = 20f * DegreePerSecond;

        // The foot is flat though not at rest: the ceiling grows with the movement that led to it, since fast steps
        // settle less.
        private const float QuietRateShare = 0.15f;
        private const float LowestQuietRate = 40f * DegreePerSecond;
        private const float HighestQuietRate = 110f * DegreePerSecond;

        // The specific force of a flat foot.
        private const float QuietForceLow = 0.7f * OneG;
        private const float QuietForceHigh = 1.35f * OneG;

        // 40 ms of it after all phases of a step make a foot-flat. Before that 60 ms, unless the foot still travels or
        // has not come back to the pitch it started from: then it is a calm moment of the swing. After 240 ms the
        // strapdown is wrong, not the foot.
        private const int FlatAfterWholeStepPairs = 2;
        private const int FlatPairs = 3;
        private const int CertainlyFlatPairs = 12;
        private const float FlatWithin = 6f * PitchLobes.Degree;
        private const float FastRate = 400f * DegreePerSecond;
        private const int WholeStepPhases = 3;
        private const float StillTravellingMetersPerSecond = 0.4f;
        private const float TravellingShareOfMean = 0.7f;

        // Slower than this from rest to heel-rise is swaying: begin again.
        private const int LongestOnsetPairs = 30;

        // 25 degrees: more than any treadmill's incline and the push of a foot that settles (18 lost real strides),
        // less than most ways to hold a shoe.
        private const float UprightCosine = 0.906f;

        // The shortest swing of a stride, 120 ms, and the foot flat for 40 ms after it.
        private const int ShortestSwingPairs = 8;

        // Longer than any swing of a walk.
        private const int LongestMovementPairs = 150;

        // How long a stillness must last to be levelled by at once: the first one, and later ones; 200 ms and a second,
        // of which every other pair is looked at.
        private const int FirstLevelPairs = 5;
        private const int RestLevelPairs = 25;

        // A stance shorter than this is too noisy to be levelled by (100 ms).
        private const int ShortestStancePairs = 5;

        // The foot is flat, if ever, in the calmest 80 ms of a stance: two pairs before and two after a middle. Only
        // the first 1.3 s are looked at: later it is standing.
        private const int HalfFlatPairs = 2;
        private const int LongestStancePairs = 64;

        // A stance whose calmest moment turns faster rolls through without lying flat anywhere.
        private const float LeastFlatRate = 14f * DegreePerSecond;

        // A movement is recognised as a stride in one pair and described in the next, or, when samples go missing in
        // between, before them; then the next pair tells it.
        private const int NoVerdict = 0;
        private const int Recognised = 1;
        private const int Described = 2;
        private const int Describing = 3;

        // No stride, but what the movement leaves over is learnt from, a pair later: the one in which it ended is dear
        // enough.
        private const int Weighing = 4;

        private readonly FootFrame _frame;
        private readonly Stillness _stillness = new Stillness();
        private readonly Strapdown _strapdown = new Strapdown();
        private readonly PitchLobes _lobes = new PitchLobes();
        private readonly MotionHistory _history = new MotionHistory();
        private readonly StrideJudge _judge;
        private readonly UnreadSteps _unread = new UnreadSteps();
        private readonly InclineMeter _incline = new InclineMeter();
        private Awakening _awakening = new Awakening();

        private uint _samples;
        private uint _flatSamples;
        private bool _moving;
        private bool _left;
        private int _rest;
        private bool _lost = true;
        private int _quiet;
        private int _settled;
        private float _peakRate2;
        private float _calmestRate2;
        private int _verdict;
        private float _quietRate2;

        private bool _spent;
        private bool _isUpright;

        private int _calmX, _calmY, _calmZ;

        // The calm so far up to the last look; how its calmest moment turned; the calm up to that moment's beginning
        // and, once it is over, what it added.
        private int _lookPairs;
        private int _lookX, _lookY, _lookZ;
        private float _flatRate2 = float.MaxValue;
        private int _flatX, _flatY, _flatZ;
        private int _flatFrom;
        private int _flatUntil;
        private int _flatPairs;

        // Every other stance is enough, and half as dear. Gravity along the toes and to the left on the last flat foot,
        // g, until a stride leaves from it.
        private bool _feels;
        private bool _hasStance;
        private float _toToes, _toLeft;

        private bool _half;
        private int _halfAx, _halfAy, _halfAz, _halfGx, _halfGy, _halfGz;

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

        /// <summary>Samples so far, lost ones included: the engine's clock, in units of
        /// <see cref="MotionScale.SampleMilliseconds"/>.</summary>
        public uint SampleCount
        {
            get { return _samples; }
        }

        /// <summary>
        /// Whether up and down and the gyroscope's bias are known: since the foot has rested, or by two stances of a
        /// walk. No strides before that. A first guess that turns out to be none is given up again.
        /// </summary>
        public bool IsLevelled
        {
            get { return _frame.IsLevelled; }
        }

        /// <summary>Whether a stride is still some way off: none waits to be told, and the foot stands, or began to
        /// move less than the shortest swing ago.</summary>
        public bool IsResting
        {
            get { return _verdict == NoVerdict && (!_moving || _history.Newest < ShortestSwingPairs); }
        }

        /// <summary>Whether the foot has moved for some seconds as in walking, and there were no strides of a known
        /// direction: the clip is not as it should be.</summary>
        public bool LacksStrides
        {
            get { return _unread.AreMany(_samples); }
        }

        /// <summary>The slope of the ground, if the mount was calibrated on a level floor: that is for the caller to
        /// know.</summary>
        public InclineMeter Incline
        {
            get { return _incline; }
        }

        /// <summary>The stride that <see cref="Add"/> has just announced. Allocates one record.</summary>
        public Stride TakeStride()
        {
            return TakeStride(Posture.Unknown);
        }

        /// <summary>The same, with what is known of the rails at that moment.</summary>
        public Stride TakeStride(Posture posture)
        {
            return _judge.TakeStride(posture);
        }

        /// <summary>Samples are missing: whatever was under way is dropped, and no stride is made across the gap. The
        /// clock goes on.</summary>
        /// <param name="lostSamples">How many; an estimate will do, the strides after it are timed by it.</param>
        public void Gap(uint lostSamples)
        {
            if (_verdict == Recognised)
            {
                // The foot was flat before the gap, so the whole stride is there: it is timed by the clock of before,
                // one pair after it was recognised.
                uint now = (_half ? _samples - 1 : _samples) + MotionScale.PairSamples;
                _verdict = _judge.Describe(now, _lobes, _strapdown, _history) ? Described : NoVerdict;
            }

            _samples += lostSamples;
            _half = false;
            _moving = false;
            _lost = true;
            _quiet = 0;
            _settled = 0;
            _calmX = _calmY = _calmZ = 0;
            _rest = 0;
            _flatSamples = 0;
            _stillness.End();
            _flatRate2 = float.MaxValue;
            _flatUntil = 0;
            _lookPairs = _lookX = _lookY = _lookZ = 0;
            _hasStance = false;
            _incline.Clear();
            if (_awakening != null)
            {
                _awakening.Start();
            }

            _judge.Gap();
        }

        /// <summary>One sample, as the chip gives it (<see cref="MotionScale"/>). Returns true when a stride is
        /// complete: take it before the next sample.</summary>
        public bool Add(short ax, short ay, short az, short gx, short gy, short gz)
        {
            if (_half)
            {
                _half = false;
                _samples++;
                if (_moving)
                {
                    _history.Shake(_halfAx, _halfAy, _halfAz, ax, ay, az);
                }

                return Take(_halfAx + ax, _halfAy + ay, _halfAz + az, _halfGx + gx, _halfGy + gy, _halfGz + gz);
            }

            _half = true;
            _samples++;
            _halfAx = ax;
            _halfAy = ay;
            _halfAz = az;
            _halfGx = gx;
            _halfGy = gy;
            _halfGz = gz;
            return false;
        }

        /// <summary>
        /// Two samples at once, as they lie in the FIFO: the cheaper way, for who has not left half a pair by
        /// <see cref="Add"/>. Returns true when a stride is complete.
        /// </summary>
        /// <param name="fifo">
        /// Begins with big-endian acceleration x, y, z and angular rate x, y, z, and the same again (register map 4.2,
        /// sections 4.17 and 4.19). At the beginning and nowhere else: to add where it lies to 24 places costs the
        /// device 33 ops a sample.
        /// </param>
        public bool AddPair(byte[] fifo)
        {
            int ax = (short)(fifo[0] << 8 | fifo[1]);
            int ay = (short)(fifo[2] << 8 | fifo[3]);
            int az = (short)(fifo[4] << 8 | fifo[5]);
            int bx = (short)(fifo[12] << 8 | fifo[13]);
            int by = (short)(fifo[14] << 8 | fifo[15]);
            int bz = (short)(fifo[16] << 8 | fifo[17]);
            _samples += MotionScale.PairSamples;
            if (_moving)
            {
                _history.Shake(ax, ay, az, bx, by, bz);
            }

            return Take(
                ax + bx,
                ay + by,
                az + bz,
                ((sbyte)fifo[6] + (sbyte)fifo[18] << 8) + fifo[7] + fifo[19],
                ((sbyte)fifo[8] + (sbyte)fifo[20] << 8) + fifo[9] + fifo[21],
                ((sbyte)fifo[10] + (sbyte)fifo[22] << 8) + fifo[11] + fifo[23]);
        }

        private bool Take(int ax, int ay, int az, int gx, int gy, int gz)
        {
            bool complete = false;
            if (_verdict != NoVerdict)
            {
                complete = FollowUp();
            }

            FootFrame frame = _frame;
            if (!frame.IsLevelled)
            {
                WakeUp(ax, ay, az, gx, gy, gz);
                return complete;
            }

            float fx = ax, fy = ay, fz = az;
            float wx = gx - frame.BiasX, wy = gy - frame.BiasY, wz = gz - frame.BiasZ;
            float rate2 = wx * wx + wy * wy + wz * wz;
            float force2 = fx * fx + fy * fy + fz * fz;
            bool calm = rate2 < _quietRate2
                && force2 > QuietForceLow * QuietForceLow
                && force2 < QuietForceHigh * QuietForceHigh;
            bool rest = calm && rate2 < RestRate * RestRate;
            if (calm)
            {
                _quiet++;
                _settled = _history.IsShaken && _peakRate2 < FastRate * FastRate ? 0 : _settled + 1;
                _rest = rest ? _rest + 1 : 0;
                _calmX += ax;
                _calmY += ay;
                _calmZ += az;
                if ((_quiet & 1) == 0 && _verdict != Describing)
                {
                    // Every other pair is enough, and half as dear. Describing a stride is dear enough.
                    WatchStillness(ax, ay, az, gx, gy, gz);
                    if (_feels && !_moving && _quiet <= LongestStancePairs)
                    {
                        // Not in the pair in which a stride is recognised, which is dear enough, too; and not what lies
                        // before the first look, in which the foot still comes down.
                        if (rate2 < _flatRate2 && _lookPairs != 0)
                        {
                            BeginFlat(rate2);
                        }
                        else if (_quiet == _flatUntil)
                        {
                            KeepFlat();
                        }

                        _lookPairs = _quiet;
                        _lookX = _calmX;
                        _lookY = _calmY;
                        _lookZ = _calmZ;
                    }
                }
            }
            else if (_quiet != 0)
            {
                EndCalm();
            }

            if (!_moving)
            {
                if (rest || _spent)
                {
                    if (_lost && _quiet >= FlatPairs)
                    {
                        _lost = !StandsUpright();
                        _spent = false;
                    }

                    frame.TurnedX += wx;
                    frame.TurnedY += wy;
                    frame.TurnedZ += wz;
                    return complete;
                }

                StartMoving();
            }

            if (!_left)
            {
                // Between rest and a movement worth the name: heel-rise begins slowly, but so does the sway of someone
                // standing.
                if (!calm)
                {
                    _left = true;
                }
                else if (_rest >= FlatPairs || _history.Newest >= LongestOnsetPairs)
                {
                    _moving = false;
                    EndMovement();
                    return complete;
                }
            }

            if (rate2 > _peakRate2)
            {
                _peakRate2 = rate2;
                SetQuietRate();
            }

            _strapdown.Step(wx, wy, wz, fx, fy, fz);
            float pitchRate = frame.YX * wx + frame.YY * wy + frame.YZ * wz;
            float rollRate = frame.XX * wx + frame.XY * wy + frame.XZ * wz;
            int pair = _history.Add(pitchRate, rollRate, force2);
            _lobes.Step(pitchRate, pair);
            if (!_left && rate2 < _calmestRate2)
            {
                _calmestRate2 = rate2;
                _strapdown.Stand(pair, rollRate, pitchRate);
            }

            if (_left && _quiet >= FlatAfterWholeStepPairs && IsFlat())
            {
                FootFlat();
            }
            else if (pair >= LongestMovementPairs)
            {
                // Carried, shaken or run with: integrate no further, and trust the next foot-flat only as a new
                // beginning.
                _lost = true;
                _spent = true;
                _moving = false;
                _flatSamples = 0;
                WakeAgain();
            }

            return complete;
        }

        private bool FollowUp()
        {
            if (_verdict == Recognised)
            {
                _verdict = Describing;
                return _judge.Describe(_samples, _lobes, _strapdown, _history);
            }

            if (_verdict == Described)
            {
                _verdict = Describing;
                return true;
            }

            bool noStride = _verdict == Weighing;
            _verdict = NoVerdict;
            // a stride is fast enough
            LearnFromMovement(!noStride || _isUpright, noStride ? _peakRate2 : float.MaxValue);
            if (!noStride)
            {
                if (_feels)
                {
                    // A pair later than everything else that is to be done about a stride.
                    float along = _strapdown.AlongMeters;
                    float secant = _hasStance
                        ? Safe.Divide(_judge.LengthMeters, along < 0f ? -along : along, InclineMeter.NoStance)
                        : InclineMeter.NoStance;
                    _hasStance = false;
                    _incline.Add(_judge.LastDirection, _toToes, _toLeft, secant, _samples);
                }

                _feels = !_feels;
            }

            if (!_judge.HasAnother)
            {
                return false;
            }

            _judge.Another();
            return true;
        }

        // A foot on the ground has gravity where it had it when it was levelled. A shoe that is carried, or a foot held
        // up while sitting, comes to rest anyhow.
        private bool StandsUpright()
        {
            FootFrame frame = _frame;
            float along = frame.ZX * _calmX + frame.ZY * _calmY + frame.ZZ * _calmZ;
            float length2 = (float)_calmX * _calmX + (float)_calmY * _calmY + (float)_calmZ * _calmZ;
            return along > 0f && along * along > UprightCosine * UprightCosine * length2;
        }

        private bool IsFlat()
        {
            if (_quiet >= CertainlyFlatPairs)
            {
                return true;
            }

            // A slow foot can be calm in mid-air, then it is not where it left from. In a fast one the gyroscope's
            // scale or clipping may say so without it being true.
            float pitch = _history.PitchNow;
            bool backAtStart = pitch < FlatWithin && pitch > -FlatWithin;

            // A slow foot that is shaken is just touching the ground: calm counts from there. If the shaking goes on it
            // is the belt, and the rule above ends the wait.
            bool settled = _settled >= FlatAfterWholeStepPairs;
            if (_lobes.Phases >= WholeStepPhases)
            {
                return settled && (backAtStart || _peakRate2 > FastRate * FastRate);
            }

            Strapdown strapdown = _strapdown;
            float vx = strapdown.VelocityX, vy = strapdown.VelocityY, speed2 = vx * vx + vy * vy;
            float still = StillTravellingMetersPerSecond * Strapdown.CountsPerMeterPerSecond;
            float way2 = strapdown.SumX * strapdown.SumX + strapdown.SumY * strapdown.SumY;
            float pairs = _history.Newest - strapdown.StoodUntil;
            bool travelling = speed2 > still * still
                && speed2 * pairs * pairs > TravellingShareOfMean * TravellingShareOfMean * way2;
            return _quiet >= FlatPairs && settled && backAtStart && !travelling;
        }

        private void StartMoving()
        {
            _moving = true;
            _left = false;
            _peakRate2 = 0f;
            _calmestRate2 = float.MaxValue;
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

        private void FootFlat()
        {
            _moving = false;
            _lobes.Finish();
            bool lost = _lost;
            _lost = !StandsUpright();
            EndMovement();

            // Flat since it was last shaken: that was the contact, and the judge looks for it before the flat.
            int flatPairs = _settled >= FlatAfterWholeStepPairs ? _settled : _quiet;
            if (!lost && !_lost && _judge.Recognise(flatPairs, _lobes, _strapdown, _history))
            {
                _verdict = Recognised; // and learnt from when it has been described
                return;
            }

            _isUpright = !lost && !_lost;
            _verdict = Weighing;
        }

        // Whether the movement began and ended upright, and its fastest turning squared.
        private void LearnFromMovement(bool upright, float peakRate2)
        {
            LearnFromCycle();
            if (upright)
            {
                _unread.Step(_strapdown, peakRate2, _samples, _judge.Told);
            }
        }

        // What the movement has turned the foot by counts towards what is left over since the last foot-flat.
        private void EndMovement()
        {
            _strapdown.Finish(_frame, _history.Newest, _history.RollRate, _history.PitchRate);
        }

        private void LearnFromCycle()
        {
            int pairs = _lost || _flatSamples == 0 ? 0 : (int)(_samples - _flatSamples) / MotionScale.PairSamples;
            bool whole = _frame.LearnFromCycle(pairs, _awakening != null);
            _flatSamples = _lost ? 0 : _samples;
            if (_lost)
            {
                WakeAgain();
            }
            else if (whole)
            {
                _awakening = null; // no guess any more
            }
        }

        private void WakeUp(int ax, int ay, int az, int gx, int gy, int gz)
        {
            if ((_samples & MotionScale.PairSamples) == 0)
            {
                WatchStillness(ax, ay, az, gx, gy, gz);
            }

            if (!_frame.IsLevelled && _awakening.Take(ax, ay, az, gx, gy, gz))
            {
                _frame.SetFromWalk(_awakening);
            }

            _lost = !_frame.IsLevelled; // by a foot that stands at this moment
        }

        // A first guess under which no stride ends in a foot-flat, or one that stands upright, was none.
        private void WakeAgain()
        {
            if (_awakening == null)
            {
                return;
            }

            _frame.Forget();
            _awakening.Start();
            _lost = true;
            _spent = false;
            _moving = false;
        }

        private void WatchStillness(int ax, int ay, int az, int gx, int gy, int gz)
        {
            Stillness still = _stillness;
            if (!still.Holds(ax, ay, az, gx, gy, gz))
            {
                still.End();
            }

            still.Take(ax, ay, az, gx, gy, gz);
            if (still.Pairs >= (_frame.IsLevelled ? RestLevelPairs : FirstLevelPairs))
            {
                _awakening = _frame.IsLevelled ? null : _awakening; // 200 ms are a guess
                _frame.SetFromRest(still);
                still.End();
                _flatSamples = 0;
            }
        }

        private void BeginFlat(float rate2)
        {
            _flatRate2 = rate2;
            _flatFrom = _lookPairs;
            _flatX = _lookX;
            _flatY = _lookY;
            _flatZ = _lookZ;
            _flatUntil = _quiet + HalfFlatPairs;
        }

        private void KeepFlat()
        {
            _flatX = _calmX - _flatX;
            _flatY = _calmY - _flatY;
            _flatZ = _calmZ - _flatZ;
            _flatPairs = _quiet - _flatFrom;
            _flatUntil = 0;
        }

        private void FeelGround()
        {
            if (_flatUntil != 0)
            {
                KeepFlat();
            }

            _hasStance = _flatRate2 < LeastFlatRate * LeastFlatRate;
            if (_hasStance)
            {
                int pairs = _flatPairs;
                float each = pairs == 2 * HalfFlatPairs ? 1f / (2 * HalfFlatPairs * OneG)
                    : Safe.Divide(1f, pairs * OneG, 0f);
                float x = _flatX * each, y = _flatY * each, z = _flatZ * each;
                Mount mount = _frame.Mount;
                _toToes = mount.XX * x + mount.XY * y + mount.XZ * z;
                _toLeft = mount.YX * x + mount.YY * y + mount.YZ * z;
            }
        }

        private void EndCalm()
        {
            // A calm end of a swing is no stance. And describing a stride is work enough for one pair: a stance that
            // ends with it is not learnt from.
            if (_quiet >= ShortestStancePairs && !(_moving && _left) && !_lost && _verdict != Describing)
            {
                _frame.LevelFromStance(_calmX, _calmY, _calmZ, _quiet, _awakening != null);
                if (_feels)
                {
                    FeelGround();
                }
            }

            _flatRate2 = float.MaxValue;
            _flatUntil = 0;
            _lookPairs = _lookX = _lookY = _lookZ = 0;
            _quiet = 0;
            _settled = 0;
            _rest = 0;
            _calmX = _calmY = _calmZ = 0;
            _stillness.End();
        }
    }
}
