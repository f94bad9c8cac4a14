using Backstep.Protocol;
using Backstep.Sensor.Imu;
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

        /// <summary>Adds the service to the table. The protection is that of commands, settings and the log; measurements are open.</summary>
        public BackstepService(
            WalkRecorder walk,
            Settings settings,
            TimeOfDay timeOfDay,
            RawMotionBuffer raw,
            MotionFeed feed,
            Link link,
            SessionReader sessions,
            int run,
            Passkey passkey,
            GattProtectionLevel protection)
        {
            GattServiceProvider service = Gatt.AddService(Uuids.Backstep);
            _strides = new StrideSender(service, walk.Strides);
            _session = new SessionReport(service, walk.Session, feed);
            _raw = new RawMotionSender(service, raw, link);
            _log = new LogReplay(service, walk.Strides, sessions, timeOfDay, link, run, protection);
            _control = new ControlPoint(service, walk.Session, settings, timeOfDay, _raw, _log, new MountCommands(feed.Guide, settings), new RailCommands(feed, settings), link, passkey, protection);
            _configuration = new ConfigurationPoint(service, settings, protection);
            _baselines = new RailBaselinesPoint(service, settings, protection);
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
