namespace Backstep.Protocol
{
    /// <summary>Op codes of Backstep Control. See README.md, "Control".</summary>
    public enum ControlOperation : byte
    {
        /// <summary>Start a session, or go on after a pause; no operand.</summary>
        Start = 0x01,

        /// <summary>Pause the session; no operand.</summary>
        Pause = 0x02,

        /// <summary>End the session; no operand.</summary>
        Stop = 0x03,

        /// <summary>Drop the session's values and be idle; no operand.</summary>
        Reset = 0x04,

        /// <summary>Tell the time of day; operand: u32, seconds since 1970-01-01 00:00 UTC.</summary>
        SetClock = 0x05,

        /// <summary>Tell where the unit is worn; operand: u8 <see cref="Protocol.Placement"/>.</summary>
        SetPlacement = 0x06,

        /// <summary>Go to a step of the mount calibration; operand: u8 <see cref="MountStep"/>.</summary>
        CalibrateMount = 0x07,

        /// <summary>Go to a step of the rail calibration; operand: u8 <see cref="RailStep"/>.</summary>
        CalibrateRails = 0x08,

        /// <summary>Switch the raw motion stream; operand: u8, 0 off, 1 on.</summary>
        RawStream = 0x09,

        /// <summary>Send the logged strides from a number on; operand: u32, the first sequence number wanted.</summary>
        ReplayLog = 0x0A,

        /// <summary>Erase sessions, settings, calibrations, passkey and bonds; no operand.</summary>
        Forget = 0x0B,

        /// <summary>Set or clear the passkey that pairing asks for; operand: u32, 0 to 999999, or
        /// <see cref="ControlCommand.NoPasskey"/>.</summary>
        SetPasskey = 0x0C,
    }
}
