using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>
    /// Running Speed and Cadence service 0x1814: what every running app reads from a foot pod. Once a second, zeros
    /// included, so that an app shows "stopped" instead of freezing.
    /// </summary>
    public sealed class RscService
    {
        private const int MillimetersPerCentimeter = 10;
        private const int TenthsPerStep = 10;
        private const int FeetPerWalker = 2;

        private readonly SessionTracker _session;
        private readonly Odometer _odometer;
        private readonly Settings _settings;
        private readonly Outlet _measurement;
        private readonly ReadableValue _location;
        private readonly byte[] _locationBytes = new byte[SensorLocationCodec.Length];
        private readonly ScControlPoint _control;
        private int _shownLocation = -1;

        /// <summary>Adds the service to the table.</summary>
        public RscService(SessionTracker session, Odometer odometer, Settings settings, Passkey passkey, Link link)
        {
            _session = session;
            _odometer = odometer;
            _settings = settings;
            GattServiceProvider service = Gatt.AddService(Uuids.RunningSpeedAndCadence);
            byte[] feature = new byte[RscFeature.Length];
            Gatt.AddConstant(service, Uuids.RscFeature, feature,
                new RscFeature(true, true, false, false, true).Encode(feature, 0));
            _measurement = new Outlet(Gatt.Add(service, Uuids.RscMeasurement, GattCharacteristicProperties.Notify),
                RscMeasurement.MaxLength);
            _location = new ReadableValue(Gatt.Add(service, Uuids.SensorLocation, GattCharacteristicProperties.Read),
                SensorLocationCodec.Length);
            _control = new ScControlPoint(service, odometer, link,
                passkey.IsSet ? Gatt.Owner : GattProtectionLevel.Plain);
        }

        /// <summary>Whether the control point has been asked something.</summary>
        public bool IsBusy
        {
            get { return _control.IsBusy; }
        }

        /// <summary>Answers the control point, and sends the measurement on the second's beat.</summary>
        public void Publish(bool isBeat)
        {
            _control.Work();
            SensorLocation location = _settings.IsOnWrist ? SensorLocation.Other : _control.Location;
            if ((int)location != _shownLocation)
            {
                _shownLocation = (int)location;
                _location.Set(_locationBytes, SensorLocationCodec.Encode(location, _locationBytes, 0));
            }

            if (isBeat && _measurement.IsHeard)
            {
                _measurement.Send(Measure().Encode(_measurement.Bytes, 0));
            }
        }

        // Speed is not optional in this format: where it could not be measured it is sent as 0. The stride length is
        // left out instead.
        private RscMeasurement Measure()
        {
            CadenceMeter now = _session.Now;
            int divisor = _settings.Current.Cadence == CadenceConvention.OneFoot ? TenthsPerStep * FeetPerWalker
                : TenthsPerStep;
            return new RscMeasurement(
                now.BeltMillimetersPerSecond == Stride.Missing ? 0
                    : RscMeasurement.SpeedFromMillimetersPerSecond(now.BeltMillimetersPerSecond),
                (now.StepsPerMinuteTenths + divisor / 2) / divisor,
                now.StrideMillimeters == Stride.Missing ? Message.Missing
                    : (now.StrideMillimeters + MillimetersPerCentimeter / 2) / MillimetersPerCentimeter,
                _odometer.Decimeters,
                false);
        }
    }
}
