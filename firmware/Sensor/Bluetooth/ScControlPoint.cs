using Backstep.Protocol;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>SC Control Point 0x2A55 (RSCS 1.0, 3.4): sets the total distance and where on the shoe the sensor
    /// sits.</summary>
    public sealed class ScControlPoint : IWriteGuard
    {
        private static readonly SensorLocation[] Locations = { SensorLocation.TopOfShoe, SensorLocation.InShoe };

        private readonly Odometer _odometer;
        private readonly Link _link;
        private readonly Outlet _outlet;
        private readonly Inbox _inbox;
        private int _losses;

        /// <summary>Adds the characteristic to the service. Any app may write it, until the owner has set a
        /// passkey.</summary>
        public ScControlPoint(GattServiceProvider service, Odometer odometer, Link link, GattProtectionLevel protection)
        {
            _odometer = odometer;
            _link = link;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service, Uuids.ScControlPoint,
                GattCharacteristicProperties.Write | GattCharacteristicProperties.Indicate, protection);
            _outlet = new Outlet(characteristic, ScResponse.MaxLength);
            _inbox = new Inbox(characteristic, 1, AttErrors.ProcedureInProgress, this);
        }

        /// <summary>Where the sensor sits, as an app has said.</summary>
        public SensorLocation Location { get; private set; } = SensorLocation.TopOfShoe;

        /// <summary>Whether a request waits.</summary>
        public bool IsBusy
        {
            get { return !_inbox.IsEmpty; }
        }

        /// <inheritdoc/>
        public byte Check(byte[] value)
        {
            return _outlet.IsHeard ? (byte)0 : AttErrors.IndicationsOff;
        }

        /// <summary>Carries out the request that waits, and answers it.</summary>
        public void Work()
        {
            if (_losses != _link.Losses)
            {
                _losses = _link.Losses;
                _inbox.Clear();
            }

            byte[] value = _inbox.Peek();
            if (value == null)
            {
                return;
            }

            // The procedure lasts until its answer is sent. If the radio is full, the next pass does it all again: each
            // operation bears that.
            if (_outlet.Send(Answer(value).Encode(_outlet.Bytes, 0)) || !_outlet.IsHeard)
            {
                _inbox.Drop();
            }
        }

        private ScResponse Answer(byte[] value)
        {
            byte operation = value.Length > 0 ? value[0] : (byte)0;
            ScRequest request = ScRequest.Decode(value, out DecodeError error);
            if (error != DecodeError.None)
            {
                return new ScResponse(operation, ScResponse.ResultFor(error));
            }

            switch (request.Operation)
            {
                case ScOperation.SetCumulativeValue:
                    _odometer.Set(request.Operand);
                    return new ScResponse(operation, ScResult.Success);
                case ScOperation.UpdateLocation:
                    return new ScResponse(operation,
                        TryMove((SensorLocation)request.Operand) ? ScResult.Success : ScResult.InvalidOperand);
                case ScOperation.RequestLocations:
                    return ScResponse.WithLocations(Locations);
                default:
                    return new ScResponse(operation, ScResult.NotSupported);
            }
        }

        private bool TryMove(SensorLocation location)
        {
            for (int i = 0; i < Locations.Length; i++)
            {
                if (Locations[i] == location)
                {
                    Location = location;
                    return true;
                }
            }

            return false;
        }
    }
}
