namespace Backstep.Protocol
{
    /// <summary>
    /// The indication that answers a write to the SC Control Point, 0x2A55 (RSCS 1.0, 3.4). Immutable. See README.md,
    /// "SC Control Point".
    /// </summary>
    public sealed class ScResponse
    {
        /// <summary>Most bytes that a response takes: 17 locations exist.</summary>
        public const int MaxLength = LocationsAt + (int)SensorLocation.ChainRing + 1;

        private const byte ResponseCode = 0x10;

        private const int ResponseCodeAt = 0; // u8, 0x10
        private const int OperationAt = 1; // u8
        private const int ResultAt = 2; // u8
        private const int LocationsAt = 3; // one u8 for each supported location, only after RequestLocations

        private readonly SensorLocation[] _locations;

        /// <summary>A response without a parameter.</summary>
        /// <param name="operation">The op code that is answered, as it came, even if there is no such
        /// operation.</param>
        /// <param name="result">What became of it.</param>
        public ScResponse(byte operation, ScResult result)
            : this(operation, result, new SensorLocation[0])
        {
        }

        private ScResponse(byte operation, ScResult result, SensorLocation[] locations)
        {
            Operation = operation;
            Result = result;
            _locations = locations;
        }

        /// <summary>The op code that is answered; not always a known <see cref="ScOperation"/>.</summary>
        public byte Operation { get; }

        /// <summary>What became of it.</summary>
        public ScResult Result { get; }

        /// <summary>How many locations follow: 1 to 17 after a granted <see cref="ScOperation.RequestLocations"/>, else
        /// 0.</summary>
        public int LocationCount
        {
            get { return _locations.Length; }
        }

        /// <summary>The answer to <see cref="ScOperation.RequestLocations"/>: 1 to 17 locations; more are left out, and
        /// none at all is a failed operation.</summary>
        public static ScResponse WithLocations(SensorLocation[] locations)
        {
            int count = locations == null ? 0 : Wire.Clamp(locations.Length, 0, MaxLength - LocationsAt);
            SensorLocation[] copy = new SensorLocation[count];
            for (int i = 0; i < count; i++)
            {
                copy[i] = (SensorLocation)Wire.CodeOrZero((int)locations[i], (int)SensorLocation.ChainRing);
            }

            return new ScResponse((byte)ScOperation.RequestLocations, count == 0 ? ScResult.Failed : ScResult.Success,
                copy);
        }

        /// <summary>The response value that answers a request which could not be decoded.</summary>
        public static ScResult ResultFor(DecodeError error)
        {
            return error == DecodeError.None ? ScResult.Success
                : error == DecodeError.UnknownOpCode ? ScResult.NotSupported
                : ScResult.InvalidOperand;
        }

        /// <summary>One of the supported locations, from 0; <see cref="SensorLocation.Other"/> past the last.</summary>
        public SensorLocation Location(int index)
        {
            return Wire.IsIn(index, 0, _locations.Length - 1) ? _locations[index] : SensorLocation.Other;
        }

        /// <summary>Writes the response.</summary>
        /// <returns>3 and the locations, or 0 if the buffer has no room.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            int length = LocationsAt + _locations.Length;
            if (!Wire.Fits(buffer, offset, length))
            {
                return 0;
            }

            buffer[offset + ResponseCodeAt] = ResponseCode;
            buffer[offset + OperationAt] = Operation;
            buffer[offset + ResultAt] = (byte)Result;
            for (int i = 0; i < _locations.Length; i++)
            {
                buffer[offset + LocationsAt + i] = (byte)_locations[i];
            }

            return length;
        }

        /// <summary>The response in a whole value, or null and the error.</summary>
        public static ScResponse Decode(byte[] data, out DecodeError error)
        {
            error = Check(data);
            if (error != DecodeError.None)
            {
                return null;
            }

            SensorLocation[] locations = new SensorLocation[data.Length - LocationsAt];
            for (int i = 0; i < locations.Length; i++)
            {
                locations[i] = (SensorLocation)data[LocationsAt + i];
            }

            return new ScResponse(data[OperationAt], (ScResult)data[ResultAt], locations);
        }

        private static DecodeError Check(byte[] data)
        {
            if (!Wire.Fits(data, 0, LocationsAt))
            {
                return DecodeError.WrongLength;
            }

            if (data[ResponseCodeAt] != ResponseCode)
            {
                return DecodeError.UnknownOpCode;
            }

            int result = data[ResultAt];
            if (!Wire.IsIn(result, (int)ScResult.Success, (int)ScResult.Failed))
            {
                return DecodeError.ReservedValue;
            }

            bool hasLocations = data[OperationAt] == (byte)ScOperation.RequestLocations
                && result == (int)ScResult.Success;
            int count = data.Length - LocationsAt;
            if (!Wire.IsIn(count, hasLocations ? 1 : 0, hasLocations ? MaxLength - LocationsAt : 0))
            {
                return DecodeError.WrongLength;
            }

            for (int i = 0; i < count; i++)
            {
                if (!SensorLocationCodec.IsKnown(data[LocationsAt + i]))
                {
                    return DecodeError.ReservedValue;
                }
            }

            return DecodeError.None;
        }
    }
}
