using Backstep.Gait;
using Backstep.Protocol;
using Backstep.Sensor.Session;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Session: the session's figures, read at any time, notified once a second and whenever its state changes.</summary>
    public sealed class SessionReport
    {
        private const int MillisecondsPerSecond = 1000;
        private const int MillimetersPerCentimeter = 10;
        private const int TenthsPerStep = 10;
        private const int FullPercent = 100;

        private readonly SessionTracker _session;
        private readonly Outlet _outlet;
        private readonly ReadableValue _readable;
        private readonly byte[] _value = new byte[Protocol.Session.Length];
        private bool _isShown;
        private uint _shownChanges;

        /// <summary>Adds the characteristic to the service.</summary>
        public SessionReport(GattServiceProvider service, SessionTracker session)
        {
            _session = session;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service, Uuids.Session, GattCharacteristicProperties.Read | GattCharacteristicProperties.Notify);
            _outlet = new Outlet(characteristic, Protocol.Session.Length);
            _readable = new ReadableValue(characteristic, Protocol.Session.Length);
        }

        /// <summary>Renews the value on the second's beat and on a change, and sends it.</summary>
        public void Publish(bool isBeat)
        {
            if (_isShown && !isBeat && _session.Changes == _shownChanges)
            {
                return;
            }

            _isShown = true;
            _shownChanges = _session.Changes;
            _readable.Set(_value, Measure().Encode(_value, 0));
            if (_outlet.IsHeard)
            {
                System.Array.Copy(_value, _outlet.Bytes, Protocol.Session.Length);
                _outlet.Send(Protocol.Session.Length);
            }
        }

        private static int Percent(uint part, uint whole)
        {
            return whole == 0 ? Message.Missing : (int)((part * FullPercent + whole / 2) / whole);
        }

        private static int Round(int tenths)
        {
            return (tenths + TenthsPerStep / 2) / TenthsPerStep;
        }

        private Protocol.Session Measure()
        {
            int mean = _session.MeanStepsPerMinuteTenths;
            return new Protocol.Session(
                _session.State,
                false,
                (int)(_session.Id & Protocol.Session.MaxU16),
                (int)(_session.ElapsedMilliseconds / MillisecondsPerSecond),
                (int)(_session.ActiveMilliseconds / MillisecondsPerSecond),
                (int)_session.BackwardStrides,
                (int)_session.ForwardStrides,
                (int)_session.UnknownStrides,
                Percent(_session.ToeFirstStrides, _session.LandedStrides),
                Percent(_session.HeldStrides, _session.PosturedStrides),
                Round(_session.Now.StepsPerMinuteTenths),
                mean == 0 ? Stride.Missing : Round(mean),
                (int)(_session.DistanceMillimeters / MillimetersPerCentimeter));
        }
    }
}
