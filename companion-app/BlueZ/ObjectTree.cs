using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>
/// What BlueZ has at this moment: objects, their interfaces, their properties, kept up to date by
/// <see cref="ObjectTreeFeed"/>. Nothing here trusts a type: a property that is not what it should be is as good as
/// missing. Changes come on the bus thread; questions from anywhere.
/// </summary>
public sealed class ObjectTree
{
    private readonly Lock _gate = new();
    private readonly BusObjects _objects = [];
    private readonly List<(Func<bool> IsSo, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Something changed on the object with that path; empty when everything may have. On the bus thread,
    /// outside of all locks.</summary>
    public event Action<string>? Changed;

    /// <summary>A characteristic has a new value. On the bus thread.</summary>
    public event Action<string, byte[]>? ValueChanged;

    /// <summary>Paths of the objects that have an interface, in order.</summary>
    public IReadOnlyList<string> With(string contract, string below = "")
    {
        lock (_gate)
        {
            return [
                .. _objects.Where(
                    one => one.Value.ContainsKey(contract)
                        && one.Key.StartsWith(below, StringComparison.Ordinal)).Select(one => one.Key)
                        .Order(StringComparer.Ordinal)];
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

    /// <summary>A text or path; null when there is none or it is of another type.</summary>
    public string? Text(string path, string contract, string property) => Get(path, contract, property).AsText();

    /// <summary>The texts of a list; none when it is of another type.</summary>
    public IEnumerable<string> Texts(string path, string contract, string property) =>
        Get(path, contract, property).AsTexts();

    /// <summary>A whole number; null when there is none or it is of another type.</summary>
    public long? Number(string path, string contract, string property) => Get(path, contract, property).AsNumber();

    /// <summary>A flag; false when there is none.</summary>
    public bool Is(string path, string contract, string property) => Get(path, contract, property).IsTrue();

    /// <summary>Whether one of the UUIDs that an adapter or device tells is this one.</summary>
    public bool HasUuid(string path, string contract, Guid uuid) =>
        Texts(path, contract, "UUIDs").Any(text => Guid.TryParse(text, out var id) && id == uuid);

    /// <summary>Takes over all that there is; null when nothing is.</summary>
    public void Replace(BusObjects? objects)
    {
        lock (_gate)
        {
            _objects.Clear();
            foreach (var (path, interfaces) in objects ?? [])
            {
                _objects[path] = interfaces;
            }
        }

        Announce("");
    }

    /// <summary>An object has come, or has more interfaces now.</summary>
    public void Add(string path, Dictionary<string, Dictionary<string, VariantValue>> interfaces)
    {
        lock (_gate)
        {
            if (!_objects.TryAdd(path, interfaces))
            {
                foreach (var (contract, properties) in interfaces)
                {
                    _objects[path][contract] = properties;
                }
            }
        }

        Announce(path);
    }

    /// <summary>An object has lost interfaces; without any it is gone.</summary>
    public void Remove(string path, IEnumerable<string> contracts)
    {
        lock (_gate)
        {
            if (_objects.TryGetValue(path, out var known))
            {
                foreach (string contract in contracts)
                {
                    known.Remove(contract);
                }

                if (known.Count == 0)
                {
                    _objects.Remove(path);
                }
            }
        }

        Announce(path);
    }

    /// <summary>Properties have changed, or are no longer known.</summary>
    public void Update(
        string path, string contract, Dictionary<string, VariantValue> changed, IEnumerable<string> invalidated)
    {
        lock (_gate)
        {
            if (_objects.GetValueOrDefault(path)?.GetValueOrDefault(contract) is not { } properties)
            {
                return; // of an object that has gone
            }

            foreach (var (name, content) in changed)
            {
                properties[name] = content;
            }

            foreach (string name in invalidated)
            {
                properties.Remove(name);
            }
        }

        if (contract == BlueZNames.GattCharacteristic && changed.GetValueOrDefault("Value").AsBytes() is { } value)
        {
            ValueChanged?.Invoke(path, value);
        }
        else
        {
            Announce(path);
        }
    }

    /// <summary>
    /// Ends as soon as something is so, which is looked at after every change; or with <see cref="TimeoutException"/>.
    /// </summary>
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

    private VariantValue Get(string path, string contract, string property)
    {
        lock (_gate)
        {
            var properties = _objects.GetValueOrDefault(path)?.GetValueOrDefault(contract);
            return properties?.GetValueOrDefault(property) ?? default;
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
