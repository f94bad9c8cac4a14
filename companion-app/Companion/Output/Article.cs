namespace Backstep.Companion.Output;

/// <summary>What the source says of whom walking backward is for, in our words: article "Treadmill workout to address
/// runner's knee", with A. M. Helms. Nothing beyond it: no diagnosis, no advice of ours.</summary>
public static class Article
{
    /// <summary>Read before the first walk.</summary>
    public static IReadOnlyList<string> BeforeTheFirstWalk { get; } =
    [
        "Walking backward slowly, up a gentle slope, is meant for mild knee pain with which you can still run: it "
            + "strengthens the front of the thigh and teaches the foot to land on the big toe and to roll back over "
            + "the whole sole.",
        "Runner's knee is felt as a dull ache around the kneecap, stiffness or tenderness, worse when walking downhill "
            + "or after sitting. Osteoarthritis is felt as pain when moving, stiffness in the morning, swelling, a "
            + "feeling of looseness. Not all knee pain is either of them: ask a doctor or physiotherapist before you "
            + "begin. Sharp pain, pain that lingers, or pain that changes how you walk: stop, and see one.",
        "On a treadmill: slowly, near the front of the belt, by the controls, hands on the rails until the rhythm is "
            + "natural. On a hill: where there is no traffic, no obstacle, nothing to trip over. It is a warm-up "
            + "before a run or strength work: a light stimulus, and no replacement for the strength work that builds "
            + "what lasts.",
    ];
}
