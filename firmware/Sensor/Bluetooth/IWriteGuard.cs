namespace Backstep.Sensor.Bluetooth
{
    /// <summary>Decides on the event thread, quickly and without side effects, whether a write is let in.</summary>
    public interface IWriteGuard
    {
        /// <summary>0 to let it in, else the ATT error code that refuses it.</summary>
        byte Check(byte[] value);
    }
}
