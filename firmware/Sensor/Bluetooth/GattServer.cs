using Backstep.Protocol;
using Backstep.Sensor.Board;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The whole GATT table, and the beat of one second that the profiles ask for.</summary>
    public sealed class GattServer
    {
        private const int BeatMilliseconds = 1000;

        private readonly RscService _rsc;
        private readonly FitnessMachineService _fitnessMachine;
        private readonly BatteryService _battery;
        private readonly DeviceInformationService _information;
        private readonly BackstepService _backstep;
        private readonly string _name;
        private long _nextBeatMilliseconds;

        /// <summary>Builds the table. Nothing is on the air before <see cref="Start"/>.</summary>
        public GattServer(
            WalkRecorder walk,
            Settings settings,
            Passkey passkey,
            Erasure erasure,
            TimeOfDay timeOfDay,
            RawMotionBuffer raw,
            MotionFeed feed,
            Battery battery,
            MotionChip chip,
            SessionReader sessions,
            RunCounter runs)
        {
            // A new name shows at the next start: the stack takes it only then.
            _name = settings.Current.Name.Length == 0 ? Advertiser.DefaultName : settings.Current.Name;
            BluetoothLEServer server = BluetoothLEServer.Instance;
            server.DeviceName = _name;
            server.Appearance = Uuids.AppearanceOnShoe;
            Link = new Link(server);
            Pairing = new Pairing(server, passkey, Link);
            _rsc = new RscService(walk.Session, walk.Odometer, settings, passkey, Link);
            _fitnessMachine = new FitnessMachineService(walk.Session);
            _battery = new BatteryService(battery);
            _information = new DeviceInformationService(chip);
            _backstep = new BackstepService(walk, settings, timeOfDay, raw, feed, Link, sessions, runs, passkey,
                erasure);
        }

        /// <summary>The link to the central.</summary>
        public Link Link { get; }

        /// <summary>Who may pair, and when.</summary>
        public Pairing Pairing { get; }

        /// <summary>Goes on the air.</summary>
        public void Start()
        {
            Advertiser.Start(_fitnessMachine.Provider, _name);
        }

        /// <summary>
        /// Whether <see cref="Publish"/> has something to do now: a beat, what a central has asked, or news other than
        /// strides.
        /// </summary>
        public bool IsDue(long nowMilliseconds)
        {
            return nowMilliseconds >= _nextBeatMilliseconds || _backstep.HasNews || _rsc.IsBusy
                || Pairing.IsDue(nowMilliseconds);
        }

        /// <summary>Tells of new strides, where nothing else is due.</summary>
        public void PublishStrides()
        {
            if (_backstep.HasStrides)
            {
                _backstep.PublishStrides();
            }
        }

        /// <summary>Does what centrals have asked, and tells them what is new.</summary>
        public void Publish(long nowMilliseconds)
        {
            bool isBeat = nowMilliseconds >= _nextBeatMilliseconds;
            if (isBeat)
            {
                // After a stall the beat goes on from now; nobody wants the missed ones.
                _nextBeatMilliseconds = nowMilliseconds - _nextBeatMilliseconds < BeatMilliseconds
                    ? _nextBeatMilliseconds + BeatMilliseconds
                    : nowMilliseconds + BeatMilliseconds;
            }

            Pairing.Work(nowMilliseconds);
            _backstep.Publish(isBeat);
            _rsc.Publish(isBeat);
            _fitnessMachine.Publish(isBeat);
            _battery.Publish();
            _information.Publish();
        }
    }
}
