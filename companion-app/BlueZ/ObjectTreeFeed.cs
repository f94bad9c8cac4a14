using Tmds.DBus.Protocol;

namespace Backstep.BlueZ;

/// <summary>Keeps an <see cref="ObjectTree"/> like bluetoothd, over a bus: also through a restart of bluetoothd, until the bus ends.</summary>
public static class ObjectTreeFeed
{
    /// <summary>Begins; done when the tree holds all that bluetoothd has.</summary>
    /// <param name="tree">What is fed.</param>
    /// <param name="bus">Over which bus.</param>
    /// <param name="patience">How long bluetoothd may take to answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">There is no bluetoothd, or it does not answer.</exception>
    public static async Task FollowAsync(this ObjectTree tree, BusConnection bus, TimeSpan patience, CancellationToken cancellationToken)
    {
        _ = bus.Closed.ContinueWith(_ => tree.Replace(null), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await bus.ListenAsync(
            Signal(BlueZNames.Service, BlueZNames.ObjectManager), message => OnObject(tree, message), cancellationToken).ConfigureAwait(false);
        await bus.ListenAsync(
            Signal(BlueZNames.Service, BlueZNames.Properties), message => OnProperties(tree, message), cancellationToken).ConfigureAwait(false);
        var owner = Signal(BlueZNames.Bus, BlueZNames.Bus);
        (owner.Member, owner.Arg0) = ("NameOwnerChanged", BlueZNames.Service);
        await bus.ListenAsync(owner, message => OnOwner(tree, bus, patience, message), cancellationToken).ConfigureAwait(false);
        await tree.LoadAsync(bus, patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks bluetoothd once for all that it has.</summary>
    /// <exception cref="BusException">There is no bluetoothd, or it does not answer.</exception>
    public static Task LoadAsync(this ObjectTree tree, BusConnection bus, TimeSpan patience, CancellationToken cancellationToken)
    {
        var method = new BusMethod(BlueZNames.Service, "/", BlueZNames.ObjectManager, "GetManagedObjects");
        return bus.CallAsync(method, patience, Take, cancellationToken);

        object? Take(Message message)
        {
            tree.Replace(BusBody.Objects(message));
            return null;
        }
    }

    private static MatchRule Signal(string sender, string contract) => new() { Type = MessageType.Signal, Sender = sender, Interface = contract };

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

    private static void OnProperties(ObjectTree tree, Message message)
    {
        if (message is { MemberAsString: "PropertiesChanged", SignatureAsString: "sa{sv}as", PathAsString: { } path })
        {
            var body = message.GetBodyReader();
            tree.Update(path, body.ReadString(), body.ReadDictionaryOfStringToVariantValue(), body.ReadArrayOfString());
        }
    }

    private static void OnOwner(ObjectTree tree, BusConnection bus, TimeSpan patience, Message message)
    {
        if (message.SignatureAsString == "sss")
        {
            var body = message.GetBodyReader();
            body.ReadString(); // the name
            body.ReadString(); // whose it was
            tree.Replace(null); // all that the old bluetoothd had is gone with it
            if (body.ReadString().Length > 0)
            {
                _ = ReloadAsync(tree, bus, patience);
            }
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
