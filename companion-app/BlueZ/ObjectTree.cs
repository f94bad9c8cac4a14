namespace Backstep.BlueZ;

/// <summary>
/// What BlueZ has at this moment: objects, their interfaces, their properties, kept up to date by its signals. Nothing here trusts a type: a property that is not what
/// it should be is as good as missing. Changes come on the bus thread; questions from anywhere.
/// </summary>
public sealed class ObjectTree
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, object?>>> _objects = new(StringComparer.Ordinal);
    private readonly List<(Func<bool> IsSo, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Something changed on the object with that path; empty when everything may have. On the bus thread, outside of all locks.</summary>
    public event Action<string>? Changed;

    /// <summary>A characteristic has a new value. On the bus thread.</summary>
    public event Action<string, byte[]>? ValueChanged;

    /// <summary>Paths of the objects that have an interface, in order.</summary>
    public IReadOnlyList<string> With(string contract, string below = "")
    {
        lock (_gate)
        {
            return [.. _objects.Where(one => one.Value.ContainsKey(contract) && one.Key.StartsWith(below, StringComparison.Ordinal)).Select(one => one.Key).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether an object is there and has an interface.</summary>
    public bool Has(string path, string contract)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(path)?.ContainsKey(contract) == true;
        }
    }

    /// <summary>A property, or null when there is none or it is of another type.</summary>
    public T? Get<T>(string path, string contract, string property)
        where T : class => Raw(path, contract, property) as T;

    /// <summary>A property, or null when there is none or it is of another type.</summary>
    public T? Number<T>(string path, string contract, string property)
        where T : struct => Raw(path, contract, property) is T value ? value : null;

    /// <summary>A flag; false when there is none.</summary>
    public bool Is(string path, string contract, string property) => Raw(path, contract, property) is true;

    /// <summary>Takes over all that GetManagedObjects told.</summary>
    public void Replace(object? managedObjects)
    {
        lock (_gate)
        {
            _objects.Clear();
            foreach (var (path, interfaces) in Entries(managedObjects))
            {
                Add(path, interfaces);
            }
        }

        Announce("");
    }

    /// <summary>Takes over a signal.</summary>
    public void Apply(BusSignal signal)
    {
        switch (signal)
        {
            case { Member: "InterfacesAdded", Arguments: [string path, var interfaces, ..] }:
                lock (_gate)
                {
                    Add(path, interfaces);
                }

                Announce(path);
                break;
            case { Member: "InterfacesRemoved", Arguments: [string path, var interfaces, ..] }:
                lock (_gate)
                {
                    Remove(path, interfaces);
                }

                Announce(path);
                break;
            case { Member: "PropertiesChanged", Arguments: [string contract, var changed, ..] }:
                Update(signal.Path, contract, changed, signal.Arguments.Count > 2 ? signal.Arguments[2] : null);
                break;
            default:
                break;
        }
    }

    /// <summary>Ends as soon as something is so, which is looked at after every change; or with <see cref="TimeoutException"/>.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan patience, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((isSo, done));
        }

        try
        {
            if (!isSo()) // asked after it was put in line, so that no change falls between
            {
                await done.Task.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_gate)
            {
                _waiting.RemoveAll(one => one.Done == done);
            }
        }
    }

    private static IEnumerable<(string Key, object? Value)> Entries(object? value) =>
        value is Dictionary<object, object?> dictionary ? dictionary.Where(one => one.Key is string).Select(one => ((string)one.Key, one.Value)) : [];

    private object? Raw(string path, string contract, string property)
    {
        lock (_gate)
        {
            return _objects.GetValueOrDefault(path)?.GetValueOrDefault(contract)?.GetValueOrDefault(property);
        }
    }

    private void Add(string path, object? interfaces)
    {
        if (!_objects.TryGetValue(path, out var known))
        {
            _objects[path] = known = new Dictionary<string, Dictionary<string, object?>>(StringComparer.Ordinal);
        }

        foreach (var (contract, properties) in Entries(interfaces))
        {
            known[contract] = Entries(properties).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        }
    }

    private void Remove(string path, object? interfaces)
    {
        if (_objects.TryGetValue(path, out var known) && interfaces is List<object?> names)
        {
            foreach (string name in names.OfType<string>())
            {
                known.Remove(name);
            }

            if (known.Count == 0)
            {
                _objects.Remove(path);
            }
        }
    }

    private void Update(string path, string contract, object? changed, object? invalidated)
    {
        byte[]? value = null;
        lock (_gate)
        {
            if (_objects.GetValueOrDefault(path)?.GetValueOrDefault(contract) is not { } properties)
            {
                return; // of an object that has gone
            }

            foreach (var (name, content) in Entries(changed))
            {
                properties[name] = content;
                if (name == "Value" && contract == BlueZNames.GattCharacteristic)
                {
                    value = content as byte[];
                }
            }

            foreach (string name in (invalidated as List<object?> ?? []).OfType<string>())
            {
                properties.Remove(name);
            }
        }

        if (value != null)
        {
            ValueChanged?.Invoke(path, value);
        }
        else
        {
            Announce(path);
        }
    }

    private void Announce(string path)
    {
        Changed?.Invoke(path);
        (Func<bool> IsSo, TaskCompletionSource Done)[] waiting;
        lock (_gate)
        {
            waiting = [.. _waiting];
        }

        foreach (var (isSo, done) in waiting)
        {
            if (isSo())
            {
                done.TrySetResult();
            }
        }
    }
}
