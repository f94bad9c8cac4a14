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
        private readonly SessionReport _session;
        private readonly ControlPoint _control;
        private readonly ConfigurationPoint _configuration;
        private readonly RawMotionSender _raw;
        private readonly LogReplay _log;
        private readonly RailBaselinesPoint _baselines;
        private readonly RailReport _rails;
        private readonly WristSender _wrist;

        /// <summary>Adds the service to the table. Commands, settings and the log are the owner's; measurements are open.</summary>
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
            GattServiceProvider service = Gatt.AddService(Uuids.Backstep);
            _strides = new StrideSender(service, walk.Strides);
            _session = new SessionReport(service, walk.Session);
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
            _rails = new RailReport(service, feed, walk);
            _wrist = new WristSender(service, feed);
        }

        /// <summary>Whether a central waits for something: a command's reply, a new configuration, the log.</summary>
        public bool IsBusy
        {
            get { return _log.IsRunning || _control.IsBusy || _configuration.IsBusy; }
        }

        /// <summary>Live strides first, then commands and their consequences, then what has time.</summary>
        public void Publish(bool isBeat)
        {
            _strides.Publish();
            _rails.Publish();
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
        }
    }
}
