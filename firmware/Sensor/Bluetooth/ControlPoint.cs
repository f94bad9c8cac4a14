using Backstep.Protocol;
using Backstep.Sensor.Owner;
using Backstep.Sensor.Session;
using Backstep.Sensor.Storage;
using nanoFramework.Device.Bluetooth.GenericAttributeProfile;

namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Backstep Control: commands in, each answered by one indication with a result. The program's loop
    /// carries them out, in order.</summary>
    public sealed class ControlPoint : IWriteGuard
    {
        private const int MostWaiting = 4;

        private readonly SessionTracker _session;
        private readonly Settings _settings;
        private readonly TimeOfDay _timeOfDay;
        private readonly RawMotionSender _raw;
        private readonly LogReplay _log;
        private readonly MountCommands _mount;
        private readonly RailCommands _rails;
        private readonly Link _link;
        private readonly Passkey _passkey;
        private readonly Erasure _erasure;
        private readonly Outlet _outlet;
        private readonly Inbox _inbox;
        private int _replyLength;
        private int _losses;

        /// <summary>Adds the characteristic to the service.</summary>
        public ControlPoint(
            GattServiceProvider service,
            SessionTracker session,
            Settings settings,
            TimeOfDay timeOfDay,
            RawMotionSender raw,
            LogReplay log,
            MountCommands mount,
            RailCommands rails,
            Link link,
            Passkey passkey,
            Erasure erasure)
        {
            _session = session;
            _settings = settings;
            _timeOfDay = timeOfDay;
            _raw = raw;
            _log = log;
            _mount = mount;
            _rails = rails;
            _link = link;
            _passkey = passkey;
            _erasure = erasure;
            GattLocalCharacteristic characteristic = Gatt.Add(
                service,
                Uuids.Control,
                GattCharacteristicProperties.Write | GattCharacteristicProperties.Indicate,
                Gatt.Owner);
            _outlet = new Outlet(characteristic, ControlReply.MaxLength);
            _inbox = new Inbox(characteristic, MostWaiting, AttErrors.ProcedureInProgress, this);
        }

        /// <summary>Whether a reply still waits for the radio.</summary>
        public bool IsAnswering
        {
            get { return _replyLength != 0; }
        }

        /// <summary>Whether a command or its reply waits.</summary>
        public bool IsBusy
        {
            get { return _replyLength != 0 || !_inbox.IsEmpty; }
        }

        /// <inheritdoc/>
        public byte Check(byte[] value)
        {
            return _outlet.IsHeard ? (byte)0 : AttErrors.IndicationsOff;
        }

        /// <summary>Carries out the command that has waited longest, once, and answers it; or tells how a calibration
        /// goes.</summary>
        public void Work()
        {
            if (_losses != _link.Losses)
            {
                _losses = _link.Losses;
                _inbox.Clear();
                _mount.Cancel();
                _rails.Cancel();
                _replyLength = 0;
            }

            byte[] value = _replyLength == 0 ? _inbox.Peek() : null;
            if (value != null)
            {
                _inbox.Drop();
                _replyLength = Answer(value).Encode(_outlet.Bytes, 0);
            }
            else if (_replyLength == 0 && _mount.HasNews)
            {
                _replyLength = _mount.TakeNews().Encode(_outlet.Bytes, 0);
            }
            else if (_replyLength == 0 && _rails.HasNews)
            {
                _replyLength = _rails.TakeNews().Encode(_outlet.Bytes, 0);
            }

            if (_replyLength != 0 && (_outlet.Send(_replyLength) || !_outlet.IsHeard))
            {
                _replyLength = 0;
            }
        }

        private static ControlResult Done(bool done)
        {
            return done ? ControlResult.Success : ControlResult.NotNow;
        }

        private static ControlResult Stored(bool stored)
        {
            return stored ? ControlResult.Success : ControlResult.StorageFailed;
        }

        private ControlReply Answer(byte[] value)
        {
            byte operation = value.Length > 0 ? value[0] : (byte)0;
            ControlCommand command = ControlCommand.Decode(value, out DecodeError error);
            if (error != DecodeError.None)
            {
                return new ControlReply(operation, ControlReply.ResultFor(error));
            }

            switch (command.Operation)
            {
                case ControlOperation.Start:
                    return _session.Start()
                        ? ControlReply.Started((int)(_session.Id & Protocol.Session.MaxU16))
                        : new ControlReply(operation,
                            _settings.IsOnWrist ? ControlResult.NotSupported : ControlResult.NotNow);
                case ControlOperation.SetClock:
                    return command.Operand == 0
                        ? new ControlReply(operation, ControlResult.InvalidOperand)
                        : ControlReply.ClockSet(_timeOfDay.Set(command.Operand));
                case ControlOperation.CalibrateMount:
                    return _settings.IsOnWrist
                        ? new ControlReply(operation, ControlResult.NotSupported)
                        : _mount.Answer((MountStep)command.Operand);
                case ControlOperation.CalibrateRails:
                    return _rails.Answer((RailStep)command.Operand);
                case ControlOperation.ReplayLog:
                    return _log.Start(command.Operand);
                default:
                    return new ControlReply(operation, CarryOut(command));
            }
        }

        private ControlResult CarryOut(ControlCommand command)
        {
            switch (command.Operation)
            {
                case ControlOperation.Pause:
                    return Done(_session.Pause());
                case ControlOperation.Stop:
                    return Done(_session.Stop());
                case ControlOperation.Reset:
                    _session.Reset();
                    return ControlResult.Success;
                case ControlOperation.SetPlacement:
                    return Stored(_settings.ChangePlacement((Placement)command.Operand));
                case ControlOperation.RawStream:
                    _raw.Switch(command.Operand != 0);
                    return ControlResult.Success;
                case ControlOperation.Forget:
                    return Forget();
                case ControlOperation.SetPasskey:
                    return SetPasskey(command.Operand);
                default:
                    return ControlResult.NotSupported;
            }
        }

        // Not in a session: the restart would end it.
        private ControlResult SetPasskey(uint operand)
        {
            return _session.IsRunning
                ? ControlResult.NotNow
                : Stored(_passkey.Change(operand == ControlCommand.NoPasskey ? PasskeyStore.None : (int)operand));
        }

        // Erased first, unlocked last.
        private ControlResult Forget()
        {
            if (!_erasure.Begin())
            {
                return ControlResult.StorageFailed;
            }

            _mount.Cancel();
            _rails.Cancel();
            _session.Reset();
            _log.Stop();
            return Stored(_erasure.Erase() && _erasure.Unlock());
        }
    }
}
