using System.Globalization;
using System.Net;
using Backstep.Gym.Keeping;
using Backstep.Gym.Mqtt;
using Backstep.Link;
using Backstep.Walks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Backstep.Gym.Server;

/// <summary>What a doctor looks at.</summary>
/// <param name="Gym">The gym's name.</param>
/// <param name="DataFolder">Where it keeps what it keeps.</param>
/// <param name="Open">Opens the store.</param>
/// <param name="Broker">An external broker; null for the embedded one.</param>
/// <param name="Listen">Where pages are served.</param>
/// <param name="IsTls">Whether by TLS.</param>
public sealed record GymSubject(string Gym, string DataFolder, Func<IGymStore> Open, BrokerAddress? Broker,
    IPAddress Listen, bool IsTls)
{
    /// <summary>Where the kernel shows Bluetooth adapters.</summary>
    public string AdaptersFolder { get; init; } = "/sys/class/bluetooth";
}

/// <summary>Looks at all that a gym needs.</summary>
public sealed class GymDoctor(GymSubject subject, TimeProvider time)
{
    // Threads of bluepy, noble, BMS_BLE-HA, dotnet-bluetooth-le: what one adapter bears depends on its chip.
    private const int FewestLinks = 3;
    private const int MostLinks = 8;

    // Ours: a clip's strides of a day are some megabytes; a gigabyte is months of a full gym.
    private const long LittleSpace = 1L << 30;

    private static readonly TimeSpan BrokerPatience = TimeSpan.FromSeconds(5);

    private readonly List<DoctorCheck> _checks = [];

    /// <summary>Does it.</summary>
    public async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken cancellationToken)
    {
        _checks.Clear();
        Folder();
        Space();
        await StoreAsync(cancellationToken).ConfigureAwait(false);
        await BrokerAsync(cancellationToken).ConfigureAwait(false);
        Adapters();
        Clock();
        return _checks;
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            var store = subject.Open();
            await using (store.ConfigureAwait(false))
            {
                await store.PrepareAsync(cancellationToken).ConfigureAwait(false);
                long strides = await store.CountStridesAsync(cancellationToken).ConfigureAwait(false);
                var clips = await store.ClipsAsync(cancellationToken).ConfigureAwait(false);
                Good("store", string.Create(CultureInfo.InvariantCulture,
                    $"{store.Kind}: {strides} strides, {clips.Count} clips"));
                Listening((await store.UsersAsync(cancellationToken).ConfigureAwait(false))
                    .Count(user => user.Role == GymRole.Staff));
            }
        }
        catch (ExplainedException e)
        {
            Bad("store", e.Message, "see companion-app/Gym/Keeping/README.md, \"Backup and restore\"");
        }
    }

    private void Listening(int staff)
    {
        string where = subject.Listen.ToString();
        if (IPAddress.IsLoopback(subject.Listen))
        {
            Good("pages", $"on {where}: this computer alone");
        }
        else if (staff == 0)
        {
            Bad("pages", $"on {where}, and nobody has a password", "backstep-gym user add NAME --role staff");
        }
        else if (!subject.IsTls)
        {
            Bad("pages", $"on {where} without TLS: passwords can be read on the network",
                "give a certificate, or put a reverse proxy with one in front");
        }
        else
        {
            Good("pages", $"on {where} with TLS");
        }
    }

    private async Task BrokerAsync(CancellationToken cancellationToken)
    {
        if (subject.Broker is not { } broker)
        {
            _checks.Add(new DoctorCheck("broker", true, "embedded: it runs with 'backstep-gym serve'", null));
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(BrokerPatience);
        var peer = new MqttPeer(broker, new MqttPeerOptions($"{subject.Gym}-doctor-{Guid.NewGuid():n}"), time,
            NullLogger.Instance);
        await using (peer.ConfigureAwait(false))
        {
            bool isConnected = false;
            peer.Connected = _ =>
            {
                isConnected = true;
                return patience.CancelAsync();
            };
            await peer.RunAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (isConnected)
            {
                Good("broker", $"{broker} answers");
            }
            else
            {
                Bad("broker", peer.Trouble ?? $"the broker {broker} does not answer",
                    "is it running, and are user and password right?");
            }
        }
    }

    private void Adapters()
    {
        int count = Directory.Exists(subject.AdaptersFolder)
            ? Directory.GetFileSystemEntries(subject.AdaptersFolder, "hci*")
                .Count(path => !Path.GetFileName(path).Contains(':', StringComparison.Ordinal))
            : 0;
        _checks.Add(count == 0
            ? new DoctorCheck("Bluetooth", null, "no adapter on this computer: it can serve, and be no gateway", null)
            : new DoctorCheck("Bluetooth", true, string.Create(CultureInfo.InvariantCulture,
                $"{count} {(count == 1 ? "adapter" : "adapters")}: links to {count * FewestLinks} to "
                + $"{count * MostLinks} clips at once, as the chips bear ({FewestLinks} to {MostLinks} each)"), null));
    }

    private void Clock()
    {
        var now = time.GetUtcNow();
        string said = now.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        if (now.Year < 2025)
        {
            Bad("clock", $"{said}: it is not set", "sudo timedatectl set-ntp true");
        }
        else
        {
            Good("clock", said);
        }
    }

    private void Folder()
    {
        string folder = subject.DataFolder;
        if (!Directory.Exists(folder))
        {
            _checks.Add(new DoctorCheck("data folder", null, $"{OneLine.Of(folder)} is not there yet", null));
        }
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & (UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite
            | UnixFileMode.OtherExecute)) != 0)
        {
            Bad("data folder", $"others on this computer may look into {OneLine.Of(folder)}",
                $"chmod 700 '{OneLine.Of(folder)}'");
        }
        else
        {
            Good("data folder", OneLine.Of(folder));
        }
    }

    private void Space()
    {
        try
        {
            var full = new DriveInfo(Path.GetFullPath(subject.DataFolder));
            string free = string.Create(CultureInfo.InvariantCulture,
                $"{full.AvailableFreeSpace / (double)(1L << 30):0.0} GB free");
            if (full.AvailableFreeSpace < LittleSpace)
            {
                Bad("disk", free, "free some space, or keep fewer days: the setting retention-days");
            }
            else
            {
                Good("disk", free);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _checks.Add(new DoctorCheck("disk", null, OneLine.Of(e.Message), null));
        }
    }

    private void Good(string name, string finding) => _checks.Add(new DoctorCheck(name, true, finding, null));

    private void Bad(string name, string finding, string mend) =>
        _checks.Add(new DoctorCheck(name, false, finding, mend));
}
