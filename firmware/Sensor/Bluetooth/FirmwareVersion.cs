namespace Backstep.Sensor.Bluetooth
{
    /// <summary>The version of this program, as the Device Information service tells it; a test holds it to the version
    /// of the repository.</summary>
    public static class FirmwareVersion
    {
        /// <summary>Major, minor, patch.</summary>
        public const string Text = "0.2.0";
    }
}
