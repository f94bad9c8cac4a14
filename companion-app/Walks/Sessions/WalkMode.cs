namespace Backstep.Walks.Sessions;

/// <summary>Where and how the walk was done. The numbers stand in the store.</summary>
public enum WalkMode
{
    /// <summary>On a belt, at a steady speed.</summary>
    Treadmill = 0,

    /// <summary>Backward up a hill, in intervals.</summary>
    Hill = 1,

    /// <summary>Dragging a sled backward, in intervals.</summary>
    Sled = 2,

    /// <summary>Anything else: no target, no limit of speed.</summary>
    Free = 3,
}
