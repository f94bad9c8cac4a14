using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The service of the project's own app: one small class a characteristic.</summary>
    public sealed class BackstepService
    {
        private readonly StrideSender _strides;
        private readonly SessionCharacteristic _session;
        private readonly ControlPoint _control;
        private readonly ConfigurationPoint _configuration;
        private readonly RawMotionSender _raw;
        private readonly LogReplay _log;
        private readonly RailBaselinesPoint _baselines;
        private readonly RailsCharacteristic _rails;
        private readonly WristSender _wrist;
        private readonly MotionFeed _feed;
        private readonly RawMotionBuffer _rawBuffer;
        private readonly StrideRing _ring;
        private readonly SessionTracker _walked;
        private readonly Link _link;
        private uint _newest;
        private uint _changes;
        private int _losses;
        private bool _owesRails;
        private bool _isUnsettled = true;

        /// <summary>Adds the service to the table. Commands, settings and the log are the owner's; measurements are
        /// open.</summary>
        public BackstepService(
            WalkRecorder walk,
            Settings settings,
            TimeOfDay timeOfDay,
            RawMotionBuffer raw,
            MotionFeed feed,
            Link link,
            SessionReader sessions,
            RunCounter runs,
            Passkey passkey,
            Erasure erasure)
        {
            _feed = feed;
            _rawBuffer = raw;
            _ring = walk.Strides;
            _walked = walk.Session;
            _link = link;
            GattServiceProvider service = Gatt.AddService(Uuids.Backstep);
            _strides = new StrideSender(service, walk.Strides);
            _session = new SessionCharacteristic(service, walk.Session, feed);
            _raw = new RawMotionSender(service, raw, link);
            _log = new LogReplay(service, walk.Strides, sessions, timeOfDay, link, runs);
            _control = new ControlPoint(
                service,
                walk.Session,
                settings,
                timeOfDay,
                _raw,
                _log,
                new MountCommands(feed.Guide, settings),
                new RailCommands(feed, settings),
                link,
                passkey,
                erasure);
            _configuration = new ConfigurationPoint(service, settings);
            _baselines = new RailBaselinesPoint(service, settings);
            _rails = new RailsCharacteristic(service, feed, walk);
            _wrist = new WristSender(service, feed);
        }

        /// <summary>
        /// Whether <see cref="Publish"/> has something to do: a change of the session, another central, a command, new
        /// settings; or was left with something that goes on. Asked in every turn, most of which have nothing: to ask
        /// costs a tenth of what it costs all characteristics to find out for themselves.
        /// </summary>
        public bool HasNews
        {
            get
            {
                return _isUnsettled || _walked.Changes != _changes || _link.Losses != _losses
                    || _control.IsBusy || _configuration.IsBusy || _baselines.IsBusy;
            }
        }

        /// <summary>
        /// Whether <see cref="PublishStrides"/> has something to tell: a stride, or what the rails say of the last one.
        /// </summary>
        public bool HasStrides
        {
            get { return _ring.Newest != _newest || (_owesRails && !_feed.HasRailWork); }
        }

        // What goes on by itself, or waits for room in the radio.
        private bool GoesOn
        {
            get
            {
                RailCalibration rails = _feed.Rails.Calibration;
                return _log.IsRunning || _strides.IsBehind || _rails.IsBehind || _feed.Wrist != null
                    || _feed.Guide.IsRunning
                    || (rails != null && rails.IsRunning) || _rawBuffer.IsOn || _rawBuffer.Count > 0;
            }
        }

        /// <summary>Tells of strides and rails alone: in most turns that have news there is no other.</summary>
        public void PublishStrides()
        {
            _newest = _ring.Newest;
            _strides.Publish();
            _rails.Publish();
            _owesRails = _feed.HasRailWork;
            _isUnsettled = _isUnsettled || _strides.IsBehind;
        }

        /// <summary>Live strides first, then commands and their consequences, then what has time.</summary>
        public void Publish(bool isBeat)
        {
            _changes = _walked.Changes;
            _losses = _link.Losses;
            PublishStrides();
            _wrist.Publish();
            _control.Work();
            _configuration.Work();
            _baselines.Work();
            _session.Publish(isBeat);
            _raw.Publish();
            if (!_control.IsAnswering)
            {
                _log.Publish();
            }

            _isUnsettled = GoesOn;
        }
    }
}
