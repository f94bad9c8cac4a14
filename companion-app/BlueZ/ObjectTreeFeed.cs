using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>
/// Keeps an <see cref="ObjectTree"/> like bluetoothd, also through a restart of bluetoothd, until the bus ends.
/// </summary>
public static class ObjectTreeFeed
{
    /// <summary>Begins; done when the tree holds all that bluetoothd has.</summary>
    /// <param name="tree">What is fed.</param>
    /// <param name="bus">Over which bus.</param>
    /// <param name="patience">How long bluetoothd may take to answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">There is no bluetoothd, or it does not answer.</exception>
    public static async Task FollowAsync(
        this ObjectTree tree, BusConnection bus, TimeSpan patience, CancellationToken cancellationToken)
    {
        var objects = Signal(BlueZNames.Service, BlueZNames.ObjectManager);
        var properties = Signal(BlueZNames.Service, BlueZNames.Properties);
        var owner = Signal(BlueZNames.Bus, BlueZNames.Bus);
        (owner.Member, owner.Arg0) = ("NameOwnerChanged", BlueZNames.Service);
        _ = bus.Closed.ContinueWith(_ => tree.Replace(null), CancellationToken.None, default, TaskScheduler.Default);
        await bus.ListenAsync(objects, signal => OnObject(tree, signal), cancellationToken).ConfigureAwait(false);
        await bus.ListenAsync(properties, signal => OnProperty(tree, signal), cancellationToken).ConfigureAwait(false);
        await bus.ListenAsync(owner, OnOwner, cancellationToken).ConfigureAwait(false);
        await tree.LoadAsync(bus, patience, cancellationToken).ConfigureAwait(false);

        void OnOwner(Message signal)
        {
            if (signal.SignatureAsString == "sss")
            {
                var body = signal.GetBodyReader();
                body.ReadString(); // the name
                body.ReadString(); // whose it was
                tree.Replace(null); // all that the old bluetoothd had is gone with it
                if (body.ReadString().Length > 0)
                {
                    _ = ReloadAsync(tree, bus, patience);
                }
            }
        }
    }

    /// <summary>Asks bluetoothd once for all that it has.</summary>
    /// <exception cref="BusException">There is no bluetoothd, or it does not answer.</exception>
    public static Task LoadAsync(
        this ObjectTree tree, BusConnection bus, TimeSpan patience, CancellationToken cancellationToken)
    {
        var method = new BusMethod(BlueZNames.Service, "/", BlueZNames.ObjectManager, "GetManagedObjects");
        return bus.CallAsync(method, patience, Take, cancellationToken);

        object? Take(Message message)
        {
            tree.Replace(BusBody.Objects(message));
            return null;
        }
    }

    private static MatchRule Signal(string sender, string contract) =>
        new() { Type = MessageType.Signal, Sender = sender, Interface = contract };

    private static void OnObject(ObjectTree tree, Message message)
    {
        var body = message.GetBodyReader();
        switch (message.MemberAsString, message.SignatureAsString)
        {
            case ("InterfacesAdded", "oa{sa{sv}}"):
                tree.Add(body.ReadObjectPathAsString(), BusBody.Interfaces(ref body));
                break;
            case ("InterfacesRemoved", "oas"):
                tree.Remove(body.ReadObjectPathAsString(), body.ReadArrayOfString());
                break;
            default:
                break;
        }
    }

    private static void OnProperty(ObjectTree tree, Message message)
    {
        if (message is { MemberAsString: "PropertiesChanged", SignatureAsString: "sa{sv}as", PathAsString: { } path })
        {
            var body = message.GetBodyReader();
            tree.Update(path, body.ReadString(), body.ReadDictionaryOfStringToVariantValue(), body.ReadArrayOfString());
        }
    }

    /// <summary>bluetoothd has come back: ask what it has. If that fails, its next start asks again.</summary>
    private static async Task ReloadAsync(ObjectTree tree, BusConnection bus, TimeSpan patience)
    {
        try
        {
            await tree.LoadAsync(bus, patience, CancellationToken.None).ConfigureAwait(false);
        }
        catch (BusException)
        {
        }
    }
}
