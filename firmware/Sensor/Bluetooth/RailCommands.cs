using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Owner;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The steps of the rail calibration as Backstep Control asks for them: one reply when a step begins, one
    /// at each stride, one at its end.</summary>
    public sealed class RailCommands
    {
        private const int FullPercent = 100;

        /// <summary>Forty strides take a minute; three leave time to get going.</summary>
        private const int StepMilliseconds = 180000;

        private readonly MotionFeed _feed;
        private readonly RailWatch _watch;
        private readonly Settings _settings;
        private int _toldPercent;
        private uint _beganMilliseconds;
        private bool _isTelling;

        /// <summary>Guides the walker, and keeps what comes of it in the settings.</summary>
        public RailCommands(MotionFeed feed, Settings settings)
        {
            _feed = feed;
            _watch = feed.Rails;
            _settings = settings;
        }

        /// <summary>Whether <see cref="TakeNews"/> has something to tell.</summary>
        public bool HasNews
        {
            get { return _isTelling
                && (!_watch.Calibration.IsRunning || _watch.Calibration.ProgressPercent != _toldPercent || IsLate); }
        }

        private bool IsLate
        {
            get { return _watch.Calibration.IsRunning
                && (int)(_feed.NowMilliseconds - _beganMilliseconds) > StepMilliseconds; }
        }

        /// <summary>Goes to a step.</summary>
        public ControlReply Answer(RailStep step)
        {
            switch (step)
            {
                case RailStep.Held:
                    return Begin(Posture.Held);
                case RailStep.Free:
                    return Begin(Posture.Free);
                case RailStep.Finish:
                    return Finish();
                default:
                    Cancel();
                    return Progress(true, FullPercent);
            }
        }

        /// <summary>The reply that is due because of what the walker did.</summary>
        public ControlReply TakeNews()
        {
            if (IsLate)
            {
                Cancel();
                return Reply(ControlResult.Failed);
            }

            RailCalibration calibration = _watch.Calibration;
            _toldPercent = calibration.ProgressPercent;
            _isTelling = calibration.IsRunning;
            return calibration.HasFailed ? Reply(ControlResult.Failed) : Progress(!_isTelling, _toldPercent);
        }

        /// <summary>Gives up; the old baselines stay.</summary>
        public void Cancel()
        {
            _watch.Calibration = null;
            _isTelling = false;
        }

        private static ControlReply Reply(ControlResult result)
        {
            return new ControlReply((byte)ControlOperation.CalibrateRails, result);
        }

        private static ControlReply Progress(bool isDone, int percent)
        {
            return ControlReply.Calibration(ControlOperation.CalibrateRails, isDone, percent);
        }

        private ControlReply Begin(Posture posture)
        {
            if (_settings.IsOnWrist)
            {
                // No strides there.
                return Reply(ControlResult.NotSupported);
            }

            if (_watch.Calibration == null)
            {
                _watch.Calibration = new RailCalibration();
            }

            _watch.Calibration.Begin(posture);
            _beganMilliseconds = _feed.NowMilliseconds;
            _isTelling = true;
            _toldPercent = 0;
            return Progress(false, 0);
        }

        // What was found stays found when the flash refuses it: the app may try again.
        private ControlReply Finish()
        {
            RailCalibration calibration = _watch.Calibration;
            RailBaselines found = calibration == null || calibration.IsRunning ? null : calibration.Found;
            if (found == null)
            {
                return Reply(ControlResult.NotNow);
            }

            if (!_settings.ChangeBaselines(found))
            {
                return Reply(ControlResult.StorageFailed);
            }

            Cancel();
            return Progress(true, FullPercent);
        }
    }
}
