namespace Backstep.Walks.Programme;

/// <summary>What must be known before anybody is sent to a belt, and what follows from the answers.</summary>
internal static class Before
{
    /// <summary>What the answers say against any walk; null: nothing.</summary>
    public static PlanReason? Stop(FirstAnswers? answers) => answers is { Pain: KneePain.Strong }
        ? new PlanReason(Rules.FirstQuestions,
            "you said that the pain is sharp, lingers or changes how you walk: this is not for such pain. Do not walk; "
            + "have a professional look at it. When it is otherwise, say so: 'backstep plan --knee mild'")
        : null;

    /// <summary>What is asked before the first walk; null when that is answered, or of no account.</summary>
    public static PlanReason? Question(FirstAnswers? answers) => answers is { IsDone: false }
        ? new PlanReason(Rules.FirstQuestions, "three questions come before the first walk")
        : null;

    /// <summary>What is said beside every plan.</summary>
    public static IEnumerable<PlanReason> Reminders(FirstAnswers? answers)
    {
        if (answers is { IsDone: false })
        {
            yield return new PlanReason(Rules.FirstQuestions,
                "three questions about the knee are not answered yet: 'backstep plan --ask'");
        }
        else if (answers is { IsSkipped: true })
        {
            yield return new PlanReason(Rules.FirstQuestions,
                "you skipped the questions about the knee: whether this is for your pain is not known. Ask a "
                + "professional first");
        }
        else if (answers is { ProfessionalAgrees: false, Pain: not KneePain.None })
        {
            yield return new PlanReason(Rules.FirstQuestions,
                "no professional has looked at the knee yet: ask one first. Not all knee pain is runner's knee or "
                + "osteoarthritis");
        }
    }
}
