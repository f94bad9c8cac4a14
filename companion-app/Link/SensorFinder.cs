using Backstep.Walks;

namespace Backstep.Link;

/// <summary>Looks for sensors for a while.</summary>
public static class SensorFinder
{
    // Two sensors may have one name: after the first, others get this long to be heard.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>All that are in the air, in the order in which they were found, as they were told last.</summary>
    /// <exception cref="BluetoothUnavailableException">Bluetooth cannot be used.</exception>
    public static async Task<IReadOnlyList<SensorSighting>> ScanAsync(IBluetooth bluetooth, TimeSpan length,
        Action<SensorSighting>? onSeen, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(length);
        return await SearchAsync(bluetooth, onSeen, end.Token).ConfigureAwait(false);
    }

    /// <summary>The one with that address or name.</summary>
    /// <exception cref="BluetoothUnavailableException">Bluetooth cannot be used.</exception>
    /// <exception cref="ExplainedException">It is not in the air, or several have that name.</exception>
    public static async Task<SensorSighting> FindAsync(IBluetooth bluetooth, string nameOrAddress, TimeSpan patience,
        CancellationToken cancellationToken) =>
        (await FindAllAsync(bluetooth, [nameOrAddress], patience, cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Those with these addresses or names, in this order.</summary>
    /// <exception cref="BluetoothUnavailableException">Bluetooth cannot be used.</exception>
    /// <exception cref="ExplainedException">One is not in the air, several have one name, or two of the words mean one
    /// sensor.</exception>
    public static async Task<IReadOnlyList<SensorSighting>> FindAllAsync(IBluetooth bluetooth,
        IReadOnlyList<string> namesOrAddresses, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(patience);
        var heard = new List<SensorSighting>();
        bool isSettling = false;
        var seen = await SearchAsync(
            bluetooth,
            sensor =>
            {
                heard.Add(sensor);
                if (namesOrAddresses.All(word => heard.Any(one => IsAddress(one, word))))
                {
                    end.CancelAfter(TimeSpan.Zero);
                }
                else if (!isSettling
                    && namesOrAddresses.All(word => heard.Any(one => IsAddress(one, word) || IsName(one, word))))
                {
                    isSettling = true;
                    end.CancelAfter(Settling);
                }
            },
            end.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        SensorSighting[] found = [.. namesOrAddresses.Select(word => Choose(seen, word))];
        return found.GroupBy(sensor => sensor.Address).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new BadRequestException($"the sensor {Describe(twice.First())} is named twice. Name each once.")
            : found;
    }

    private static SensorSighting Choose(IReadOnlyList<SensorSighting> seen, string word)
    {
        var found = seen.Where(sensor => IsAddress(sensor, word)).ToArray();
        found = found.Length > 0 ? found : [.. seen.Where(sensor => IsName(sensor, word))];
        string wanted = OneLine.Of(word);
        return found switch
        {
            [var one] => one,
            [] when seen.Count == 0 =>
                throw new SensorException(
                    $"no sensor is in the air, so neither is '{wanted}'. Is it switched on, within a few metres, "
                    + $"and not connected to a phone? 'backstep doctor' checks this computer."),
            [] =>
                throw new SensorException(
                    $"no sensor '{wanted}' is in the air, but {string.Join(", ", seen.Select(Describe))}."),
            _ =>
                throw new BadRequestException(
                    $"{found.Length} sensors are called '{wanted}'. Choose by address: "
                    + $"{string.Join(", ", found.Select(one => one.Address))}."),
        };
    }

    private static async Task<IReadOnlyList<SensorSighting>> SearchAsync(IBluetooth bluetooth,
        Action<SensorSighting>? onSeen, CancellationToken cancellationToken)
    {
        var seen = new List<SensorSighting>();
        await bluetooth.SearchAsync(
            sensor =>
            {
                int at = seen.FindIndex(one => one.Address == sensor.Address);
                if (at < 0)
                {
                    seen.Add(sensor);
                }
                else
                {
                    seen[at] = sensor;
                }

                onSeen?.Invoke(sensor);
            },
            cancellationToken).ConfigureAwait(false);
        return seen;
    }

    private static bool IsAddress(SensorSighting sensor, string word) =>
        string.Equals(sensor.Address, word.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsName(SensorSighting sensor, string word) =>
        sensor.Name is { } name && NameReading.IsSame(name, word);

    private static string Describe(SensorSighting sensor) =>
        sensor.Name == null ? sensor.Address : $"'{sensor.Name}' ({sensor.Address})";
}
