namespace Backstep.Protocol
{
    /// <summary>What RSC Measurement counts as cadence; apps disagree. The numbers travel over the air and lie in the
    /// flash.</summary>
    public enum CadenceConvention : byte
    {
        /// <summary>Steps of both feet a minute: what most running apps show as they get it.</summary>
        BothFeet = 0,

        /// <summary>Steps of the foot with the sensor a minute: the letter of the service, for apps that double the
        /// number.</summary>
        OneFoot = 1,
    }
}
