namespace Backstep.Protocol
{
    /// <summary>
    /// Error codes that answer a refused write. 0x80 to 0x9F belong to the application (Core specification, volume 3,
    /// part F, 3.4.1.1).
    /// </summary>
    public static class AttErrors
    {
        /// <summary>A control point procedure is still running (RSCS 1.0, 1.6).</summary>
        public const byte ProcedureInProgress = 0x80;

        /// <summary>Indications of the control point are not switched on (RSCS 1.0, 1.6).</summary>
        public const byte IndicationsOff = 0x81;

        /// <summary>Rail baselines that are none: length, version, check sum or a number out of range.</summary>
        public const byte RailBaselinesRefused = 0x82;

        private const byte ConfigurationBase = 0x90;

        /// <summary>What refuses a Configuration because of that field: 0x90 + the field's number.</summary>
        public static byte ForConfiguration(ConfigurationField field)
        {
            return (byte)(ConfigurationBase + (int)field);
        }

        /// <summary>Which field of the Configuration an error code names, or <see cref="ConfigurationField.None"/> if
        /// it is another error.</summary>
        public static ConfigurationField ConfigurationFieldOf(byte attError)
        {
            int field = attError - ConfigurationBase;
            return Wire.IsIn(field, (int)ConfigurationField.Layout, (int)ConfigurationField.Name)
                ? (ConfigurationField)field : ConfigurationField.None;
        }
    }
}
