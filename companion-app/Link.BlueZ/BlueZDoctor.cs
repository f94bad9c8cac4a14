using System.ComponentModel;
using System.Diagnostics;
using Backstep.BlueZ;
using Backstep.Walks;

namespace Backstep.Link.BlueZ;

/// <summary>Looks at all that Bluetooth on Linux needs, from the ground up. What stands on something that is missing is
/// not looked at, and that is said.</summary>
/// <param name="busAddress">The D-Bus daemon.</param>
/// <param name="rfkillFolder">Where the kernel shows its radio switches.</param>
/// <param name="wantedAdapter">The only adapter that counts, such as hci1; null for any.</param>
public sealed class BlueZDoctor(string busAddress, string rfkillFolder = "/sys/class/rfkill",
    string? wantedAdapter = null)
{
    // GATT over D-Bus is stable, and discovery filters work, since 5.43; older ones are not looked for.
    private static readonly Version Oldest = new(5, 43);

    // Ours: a bus answers in milliseconds; a bluetoothd that is being started takes a second or two.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly List<DoctorCheck> _checks = [];

    /// <summary>Does it.</summary>
    public async Task<IReadOnlyList<DoctorCheck>> ExamineAsync(CancellationToken cancellationToken)
    {
        _checks.Clear();
        await ExamineVersionAsync(cancellationToken).ConfigureAwait(false);
        ExamineRadioSwitches();
        await ExamineBusAsync(cancellationToken).ConfigureAwait(false);
        return _checks;
    }

    private async Task ExamineBusAsync(CancellationToken cancellationToken)
    {
        string[] steps = ["D-Bus", "bluetoothd", "permission", "adapter", "power"];
        int done = _checks.Count;
        try
        {
            await using var bus = await BusConnection.OpenAsync(busAddress, cancellationToken).ConfigureAwait(false);
            Good(steps[0], "the system bus answers");
            await ExamineBlueZAsync(bus, steps, cancellationToken).ConfigureAwait(false);
        }
        catch (BusException e) when (_checks.Count == done)
        {
            string finding = $"the system bus does not answer: {e.Message}";
            Fail(steps[0], finding, "sudo apt install dbus && sudo systemctl start dbus");
        }

        foreach (string name in steps.Skip(_checks.Count - done))
        {
            _checks.Add(new DoctorCheck(name, null, "not looked at: needs what is missing above", null));
        }
    }

    private async Task ExamineBlueZAsync(BusConnection bus, string[] steps, CancellationToken cancellationToken)
    {
        var tree = new ObjectTree();
        try
        {
            await tree.LoadAsync(bus, Patience, cancellationToken).ConfigureAwait(false);
        }
        catch (BusException e) when (e.Name == "org.freedesktop.DBus.Error.AccessDenied")
        {
            Good(steps[1], "on the bus");
            Fail(steps[2], "you may not use Bluetooth", "sudo usermod -aG bluetooth $USER, then log in again");
            return;
        }
        catch (BusException e)
        {
            string finding = BlueZText.AboutThisComputer(e) == BlueZText.NoDaemon ? "does not run"
                : $"does not answer: {e.Message}";
            Fail(steps[1], finding, "sudo apt install bluez && sudo systemctl enable --now bluetooth");
            return;
        }

        Good(steps[1], "answers");
        Good(steps[2], "you may use it");
        var adapters = tree.With(BlueZNames.Adapter);
        if (adapters.Count == 0)
        {
            Fail(steps[3], "this computer has no Bluetooth adapter that Linux knows",
                "plug one in; 'sudo dmesg | grep -i bluetooth' tells what the kernel thinks of it");
            return;
        }

        var wanted = adapters.Where(path => wantedAdapter == null
            || path.EndsWith("/" + wantedAdapter, StringComparison.Ordinal)).ToArray();
        if (wanted.Length == 0)
        {
            Fail(steps[3], BlueZText.NoSuchAdapter(wantedAdapter!, adapters),
                $"set {SystemBus.AdapterVariable} to one of them, or unset it");
            return;
        }

        Good(steps[3], string.Join(", ", wanted.Select(Describe)));
        if (wanted.Any(path => tree.Is(path, BlueZNames.Adapter, "Powered")))
        {
            Good(steps[4], "on");
        }
        else
        {
            Fail(steps[4], "off", "bluetoothctl power on");
        }

        string Describe(string path) =>
            OneLine.Of($"{path.Split('/')[^1]} {tree.Text(path, BlueZNames.Adapter, "Address")}");
    }

    /// <summary>The kernel's switches for airplane mode: without any there is nothing to be blocked.</summary>
    private void ExamineRadioSwitches()
    {
        bool isSoft = false;
        bool isHard = false;
        int switches = 0;
        try
        {
            foreach (string folder in Directory.Exists(rfkillFolder) ? Directory.GetDirectories(rfkillFolder) : [])
            {
                if (Read(folder, "type") == "bluetooth")
                {
                    switches++;
                    isSoft |= Read(folder, "soft") == "1";
                    isHard |= Read(folder, "hard") == "1";
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _checks.Add(new DoctorCheck("radio switch", null, $"cannot be read: {OneLine.Of(e.Message)}", null));
            return;
        }

        if (isHard)
        {
            Fail("radio switch", "blocked by a switch or key of this computer",
                "turn airplane mode off at the switch or key");
        }
        else if (isSoft)
        {
            Fail("radio switch", "blocked", "rfkill unblock bluetooth");
        }
        else
        {
            Good("radio switch", switches == 0 ? "there is none" : "not blocked");
        }
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();

    /// <summary>bluetoothd does not tell its version over D-Bus; its own tool, of the same package, does.</summary>
    private async Task ExamineVersionAsync(CancellationToken cancellationToken)
    {
        const string name = "version";
        try
        {
            using var tool =
                Process.Start(
                    new ProcessStartInfo("bluetoothctl", "--version") { RedirectStandardOutput = true,
                        RedirectStandardError = true, RedirectStandardInput = true });
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            string said = "";
            try
            {
                said = OneLine.Of(await tool!.StandardOutput.ReadToEndAsync(patience.Token).ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                tool!.Kill();
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (!Version.TryParse(said.Split(' ')[^1], out var version))
            {
                _checks.Add(new DoctorCheck(name, null, "bluetoothctl does not tell it", null));
            }
            else if (version < Oldest)
            {
                Fail(name, $"BlueZ {version} is too old", $"update BlueZ to {Oldest} or later");
            }
            else
            {
                Good(name, $"BlueZ {version}");
            }
        }
        catch (Win32Exception)
        {
            _checks.Add(
                new DoctorCheck(name, null, "not known: bluetoothctl is not installed", "sudo apt install bluez"));
        }
    }

    private void Good(string name, string finding) => _checks.Add(new DoctorCheck(name, true, finding, null));

    private void Fail(string name, string finding, string mend) =>
        _checks.Add(new DoctorCheck(name, false, finding, mend));
}
