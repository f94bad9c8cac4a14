using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks.Programme;

namespace Backstep.Companion.Commands;

/// <summary>Stands between the plan and the belt: on a day of STOP or rest, and before the questions are answered,
/// nobody is followed who has not said so.</summary>
public sealed class WalkGate
{
    private readonly Option<bool> _anyway =
        new("--anyway") { Description = "Walk although today's plan says rest, or stop, or asks questions first." };

    /// <summary>Adds the option.</summary>
    public void AddTo(Command command) => command.Options.Add(_anyway);

    /// <summary>Whether the walk may begin.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">Who can be asked.</param>
    /// <param name="plan">Today's; null when what is kept cannot be read: then nothing is known against it.</param>
    /// <exception cref="CommandException">Nobody can be asked, and it was not said.</exception>
    public bool Opens(ParseResult result, CommandEnvironment environment, Plan? plan)
    {
        if (WarningOf(plan) is not { } warning || result.GetValue(_anyway))
        {
            return true;
        }

        if (environment.ReadAnswer == null)
        {
            throw new CommandException(ExitCode.Usage, plan!.Advice == Advice.Answer
                ? $"{warning} Answer them: {PlanWords.HowToAnswer}; or add --anyway."
                : $"{warning} To walk all the same, add --anyway.");
        }

        return Confirmation.IsGiven(environment, isSaid: false, $"{warning} Walk all the same?");
    }

    /// <summary>What is said during a walk that the plan is against; null when it is not.</summary>
    public static string? WarningOf(Plan? plan) => plan?.Advice switch
    {
        Advice.Stop => $"STOP today: {plan.Reasons[0].Text}.",
        Advice.Rest => $"REST today: {plan.Reasons[0].Text}.",
        Advice.Answer => "Three questions come before the first walk: 'backstep plan' asks them.",
        _ => null,
    };
}
