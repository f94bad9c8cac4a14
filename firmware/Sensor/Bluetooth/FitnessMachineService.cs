using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Fitness Machine service 0x1826: the bridge that makes a plain treadmill readable. Treadmill Data once a second,
    /// zeros included. There is no control point, on purpose: a shoe cannot drive the belt and must not claim to.
    /// </summary>
    public sealed class FitnessMachineService
    {
        private const int TrainingStatusBytes = TrainingStatus.MinLength;
        private const int MillimetersPerMeter = 1000;
        private const int MillisecondsPerSecond = 1000;

        private readonly SessionTracker _session;
        private readonly Outlet _data;
        private readonly Outlet _status;
        private readonly ReadableValue _readableStatus;
        private readonly byte[] _statusBytes = new byte[TrainingStatusBytes];
        private int _shownState = -1;
        private int _sentState = -1;

        /// <summary>Adds the service to the table.</summary>
        public FitnessMachineService(SessionTracker session)
        {
            _session = session;
            Provider = Gatt.AddService(Uuids.FitnessMachine);
            byte[] feature = new byte[FitnessMachineFeature.Length];
            int length = new FitnessMachineFeature(
                FitnessMachineFeature.AverageSpeed | FitnessMachineFeature.TotalDistance
                    | FitnessMachineFeature.Inclination | FitnessMachineFeature.ElapsedTime, 0).Encode(feature, 0);
            Gatt.AddConstant(Provider, Uuids.FitnessMachineFeature, feature, length);
            _data = new Outlet(Gatt.Add(Provider, Uuids.TreadmillData, GattCharacteristicProperties.Notify),
                TreadmillData.MaxOwnLength);
            GattLocalCharacteristic status = Gatt.Add(
                Provider, Uuids.TrainingStatus,
                GattCharacteristicProperties.Read | GattCharacteristicProperties.Notify);
            _status = new Outlet(status, TrainingStatusBytes);
            _readableStatus = new ReadableValue(status, TrainingStatusBytes);
        }

        /// <summary>The service, by which the sensor is advertised.</summary>
        public GattServiceProvider Provider { get; }

        /// <summary>Sends a change of status at once, and the data on the second's beat.</summary>
        public void Publish(bool isBeat)
        {
            PublishStatus();
            if (isBeat && _data.IsHeard)
            {
                _data.Send(Measure().Encode(_data.Bytes, 0));
            }
        }

        // Speed is not optional in a complete record: where it could not be measured it is sent as 0. The average and
        // the incline are left out instead. The ramp's angle that goes with the incline is what a treadmill is set to,
        // which a shoe does not know: not available.
        private TreadmillData Measure()
        {
            int speed = _session.Now.BeltMillimetersPerSecond;
            int mean = _session.MeanMillimetersPerSecond;
            return new TreadmillData(
                speed == Stride.Missing ? 0 : TreadmillData.SpeedFromMillimetersPerSecond(speed),
                mean == Stride.Missing ? Message.Missing : TreadmillData.SpeedFromMillimetersPerSecond(mean),
                (int)(_session.DistanceMillimeters / MillimetersPerMeter),
                _session.InclineTenthsPercent,
                Message.Missing,
                (int)(_session.ElapsedMilliseconds / MillisecondsPerSecond));
        }

        private void PublishStatus()
        {
            int state = (int)TrainingStatus.StateFor(_session.State);
            if (state != _shownState)
            {
                _shownState = state;
                _readableStatus.Set(_statusBytes,
                    new TrainingStatus((TrainingState)state, null).Encode(_statusBytes, 0));
            }

            if (!_status.IsHeard)
            {
                _sentState = state;
            }
            else if (state != _sentState
                && _status.Send(new TrainingStatus((TrainingState)state, null).Encode(_status.Bytes, 0)))
            {
                _sentState = state;
            }
        }
    }
}
