using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Owner;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The steps of the mount calibration as Backstep Control asks for them: one reply when a step begins, one
    /// at each progress, one at its end.</summary>
    public sealed class MountCommands
    {
        private const int FullPercent = 100;

        private readonly MountGuide _guide;
        private readonly Settings _settings;
        private int _toldPercent;
        private bool _isTelling;

        /// <summary>Guides the walker, and keeps what comes of it in the settings.</summary>
        public MountCommands(MountGuide guide, Settings settings)
        {
            _guide = guide;
            _settings = settings;
        }

        /// <summary>Whether <see cref="TakeNews"/> has something to tell.</summary>
        public bool HasNews
        {
            get { return _isTelling && (!_guide.IsRunning || _guide.ProgressPercent != _toldPercent); }
        }

        /// <summary>Goes to a step.</summary>
        public ControlReply Answer(MountStep step)
        {
            switch (step)
            {
                case MountStep.StandStill:
                    _guide.Stand();
                    return Begun();
                case MountStep.RiseOnToes:
                    return _guide.Rise() ? Begun() : Reply(ControlResult.NotNow);
                case MountStep.Finish:
                    return Finish();
                default:
                    Cancel();
                    return Progress(true, FullPercent);
            }
        }

        /// <summary>The reply that is due because of what the walker did.</summary>
        public ControlReply TakeNews()
        {
            _toldPercent = _guide.ProgressPercent;
            _isTelling = _guide.IsRunning;
            return _guide.HasFailed ? Reply(ControlResult.Failed) : Progress(!_isTelling, _toldPercent);
        }

        /// <summary>Gives up; the old mount stays.</summary>
        public void Cancel()
        {
            _guide.Cancel();
            _isTelling = false;
        }

        private static ControlReply Reply(ControlResult result)
        {
            return new ControlReply((byte)ControlOperation.CalibrateMount, result);
        }

        private static ControlReply Progress(bool isDone, int percent)
        {
            return ControlReply.Calibration(ControlOperation.CalibrateMount, isDone, percent);
        }

        private ControlReply Begun()
        {
            _isTelling = true;
            _toldPercent = 0;
            return Progress(false, 0);
        }

        // What was found stays found when the flash refuses it: the app may try again.
        private ControlReply Finish()
        {
            Mount found = _guide.Found;
            if (found == null)
            {
                return Reply(ControlResult.NotNow);
            }

            if (!_settings.ChangeMount(found))
            {
                return Reply(ControlResult.StorageFailed);
            }

            Cancel();
            return Progress(true, FullPercent);
        }
    }
}
