using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Imu;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Rails: what the shoe can say of the rails and the rhythm, read at any time, notified after
    /// each stride and when the baselines change.</summary>
    public sealed class RailsCharacteristic
    {
        private const int MillisecondsPerSecond = 1000;

        private readonly MotionFeed _feed;
        private readonly WalkRecorder _walk;
        private readonly Outlet _outlet;
        private readonly ReadableValue _readable;
        private uint _shownStride = uint.MaxValue; // of none
        private RailBaselines _shownBaselines;

        /// <summary>Adds the characteristic to the service.</summary>
        public RailsCharacteristic(GattServiceProvider service, MotionFeed feed, WalkRecorder walk)
        {
            _feed = feed;
            _walk = walk;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service, Uuids.Rails, GattCharacteristicProperties.Read | GattCharacteristicProperties.Notify);
            _outlet = new Outlet(characteristic, RailEstimate.Length);
            _readable = new ReadableValue(characteristic, RailEstimate.Length);
        }

        /// <summary>Whether the baselines have changed since they were told.</summary>
        public bool IsBehind
        {
            get { return _feed.Rails.Estimator.Baselines != _shownBaselines; }
        }

        /// <summary>Renews the value when there is a new stride, and its estimate is ready.</summary>
        public void Publish()
        {
            RailEstimator rails = _feed.Rails.Estimator;
            if (_feed.HasRailWork || (_walk.Strides.Newest == _shownStride && rails.Baselines == _shownBaselines))
            {
                return;
            }

            _shownStride = _walk.Strides.Newest;
            _shownBaselines = rails.Baselines;
            RhythmMeter rhythm = _walk.Session.Rhythm;
            int settled = rhythm.SettledAfterMilliseconds;
            int length = RailEstimate.Encode(
                rails.Posture,
                rails.Why,
                rails.HeldPercent,
                rails.Strides,
                rhythm.IsSettled,
                rhythm.VariationHundredthsPercent,
                rhythm.ThresholdHundredthsPercent,
                settled == Stride.Missing ? Message.Missing : settled / MillisecondsPerSecond,
                _outlet.Bytes,
                0);
            _readable.Set(_outlet.Bytes, length);
            _outlet.Send(length);
        }
    }
}
