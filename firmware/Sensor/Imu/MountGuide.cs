using Backstep.Gait;

namespace Backstep.Sensor.Imu
{
    /// <summary>
    /// The guided mount calibration on the device: it passes the samples to <see cref="MountCalibration"/> while the
    /// walker does a step, and to nobody between two steps, so that what the foot does while the walker reads the next
    /// instruction is no matter. A step ends by success, by a time-out, or by lost samples.
    /// </summary>
    public sealed class MountGuide
    {
        /// <summary>Standing still must have come about within 30 s.</summary>
        public const int StandSamples = 30 * MotionScale.SampleRateHertz;

        /// <summary>The heel must have risen three times within 60 s.</summary>
        public const int RiseSamples = 60 * MotionScale.SampleRateHertz;

        private const int FullPercent = 100;

        private MountCalibration _calibration;
        private MountCalibrationState _stateBefore;
        private int _samplesLeft;

        /// <summary>Whether a step is under way: samples are looked at.</summary>
        public bool IsRunning { get; private set; }

        /// <summary>Whether the last step has failed. Only a new <see cref="Stand"/> leads on.</summary>
        public bool HasFailed { get; private set; }

        /// <summary>How far the step is, 0 to 100 %.</summary>
        public int ProgressPercent { get; private set; }

        /// <summary>What was found; null before the last step has succeeded.</summary>
        public Mount Found
        {
            get { return _calibration == null ? null : _calibration.Found; }
        }

        /// <summary>Begins: the walker stands still. What was found before is dropped.</summary>
        public void Stand()
        {
            _calibration = new MountCalibration();
            Begin(StandSamples);
        }

        /// <summary>Goes on: the walker rises on the toes three times. False when the step before has not
        /// succeeded.</summary>
        public bool Rise()
        {
            if (IsRunning || _calibration == null || _calibration.State != MountCalibrationState.RiseOnToes)
            {
                return false;
            }

            Begin(RiseSamples);
            return true;
        }

        /// <summary>Ends it, whatever the step.</summary>
        public void Cancel()
        {
            _calibration = null;
            IsRunning = false;
            HasFailed = false;
            ProgressPercent = 0;
        }

        /// <summary>Takes whole samples from the start of the chip's bytes.</summary>
        public void Take(byte[] samples, int count)
        {
            for (int i = 0, at = 0; IsRunning && i < count; i++, at += MotionChip.SampleBytes)
            {
                _calibration.Add(
                    (short)(samples[at] << 8 | samples[at + 1]),
                    (short)(samples[at + 2] << 8 | samples[at + 3]),
                    (short)(samples[at + 4] << 8 | samples[at + 5]),
                    (short)(samples[at + 6] << 8 | samples[at + 7]),
                    (short)(samples[at + 8] << 8 | samples[at + 9]),
                    (short)(samples[at + 10] << 8 | samples[at + 11]));
                Judge();
            }
        }

        /// <summary>Samples are missing: a turn that was not measured cannot be added up.</summary>
        public void Gap()
        {
            if (IsRunning)
            {
                Fail();
            }
        }

        private void Begin(int samples)
        {
            _stateBefore = _calibration.State;
            _samplesLeft = samples;
            IsRunning = true;
            HasFailed = false;
            ProgressPercent = 0;
        }

        private void Judge()
        {
            _samplesLeft--;
            MountCalibrationState state = _calibration.State;
            if (state == MountCalibrationState.NotOneWay || (state == _stateBefore && _samplesLeft == 0))
            {
                Fail();
            }
            else if (state != _stateBefore)
            {
                IsRunning = false;
                ProgressPercent = FullPercent;
            }
            else
            {
                ProgressPercent = _calibration.Rises * FullPercent / MountCalibration.RisesNeeded;
            }
        }

        private void Fail()
        {
            _calibration = null;
            IsRunning = false;
            HasFailed = true;
        }
    }
}
