using Backstep.Gait;

namespace Backstep.Protocol
{
    /// <summary>What all messages share.</summary>
    public static class Message
    {
        /// <summary>Stands for "not measured" or "not sent" in every integer that says so; the same number as
        /// <see cref="Stride.Missing"/>.</summary>
        public const int Missing = Stride.Missing;

        /// <summary>ATT MTU of a link on which nobody asked for more (Core specification, volume 3, part F, 3.2.8), in
        /// bytes.</summary>
        public const int DefaultMtu = 23;

        /// <summary>Bytes of an ATT notification that are not the value: op code and handle (Core specification, volume
        /// 3, part F, 3.4.7.1).</summary>
        public const int NotificationOverhead = 3;

        /// <summary>Longest attribute value in bytes (Core specification, volume 3, part F, 3.2.9).</summary>
        public const int MaxValueLength = 512;

        /// <summary>Longest value that one notification can carry, in bytes.</summary>
        public static int NotificationCapacity(int mtu)
        {
            return Wire.Clamp(mtu, DefaultMtu, MaxValueLength + NotificationOverhead) - NotificationOverhead;
        }
    }
}
