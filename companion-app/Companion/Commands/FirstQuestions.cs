using System.CommandLine;
using Backstep.Companion.Output;
using Backstep.Terminal;
using Backstep.Walks.Programme;
using Backstep.Walks.Sessions;

namespace Backstep.Companion.Commands;

/// <summary>The conversation before the first walk: three questions, asked once a walker, on a terminal or by options;
/// to be changed at any time.</summary>
public sealed class FirstQuestions
{
    private const string Yes = "yes";
    private const string SkipWord = "skip";

    private readonly Option<string?> _knee = Choice("--knee",
        "How the knee is: none, mild (you can still run), or strong (sharp, lingers, or changes how you walk).",
        "none", "mild", "strong");
    private readonly Option<string?> _professional = Choice("--professional",
        "Whether a doctor or physiotherapist has looked at the knee and agrees.", Yes, "no");
    private readonly Option<string?> _place = Choice("--place", "Where you will walk.", "treadmill", "hill", "sled");
    private readonly Option<bool> _ask = new("--ask") { Description = "Ask the three questions again." };
    private readonly Option<bool> _skip = new("--skip-questions") { Description = "Do not ask the three questions: "
        + "then nobody has looked at whether this is for your pain." };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_knee, _professional, _place, _ask, _skip])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_skip) && (result.GetValue(_ask) || Answers.Any(one => result.GetValue(one) != null)))
            {
                result.AddError("--skip-questions and answers exclude each other");
            }
        });
    }

    /// <summary>Whether there is something to keep or to ask.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">Whether somebody can be asked.</param>
    /// <param name="answers">What was answered so far; read only where somebody could be asked.</param>
    /// <param name="isQuiet">Whether the output is for a program.</param>
    public bool AreDue(ParseResult result, CommandEnvironment environment, Func<FirstAnswers> answers, bool isQuiet) =>
        result.GetValue(_skip) || result.GetValue(_ask) || IsAnswered(result)
        || (!isQuiet && environment.ReadAnswer != null && !answers().IsDone);

    /// <summary>Keeps what the command line says, asks for the rest where somebody can be asked.</summary>
    public void Settle(ParseResult result, CommandEnvironment environment, ISessionArchive archive, long walker,
        bool isQuiet)
    {
        var answers = FirstAnswers.Of(archive, walker) with { IsSkipped = result.GetValue(_skip) };
        answers = answers with
        {
            Pain = Enum.TryParse<KneePain>(result.GetValue(_knee), ignoreCase: true, out var pain) ? pain
                : answers.Pain,
            ProfessionalAgrees = result.GetValue(_professional) is { } word ? word == Yes : answers.ProfessionalAgrees,
            Place = Enum.TryParse<WalkMode>(result.GetValue(_place), ignoreCase: true, out var place) ? place
                : answers.Place,
        };
        bool again = result.GetValue(_ask);
        if ((again || !answers.IsDone) && !isQuiet)
        {
            answers = environment.ReadAnswer != null ? Ask(environment, again ? new FirstAnswers() : answers)
                : again ? throw new CommandException(ExitCode.Usage,
                    $"nobody can be asked here. Answer on the command line: {PlanWords.HowToAnswer}")
                : answers;
        }

        answers.Keep(archive, walker);
    }

    /// <summary>Asks what is not answered yet, on a terminal.</summary>
    public static FirstAnswers Ask(CommandEnvironment environment, FirstAnswers answers)
    {
        foreach (string text in Article.BeforeTheFirstWalk)
        {
            SummaryWriter.Wrap(environment.Out, text);
            environment.Out.WriteLine();
        }

        SummaryWriter.Wrap(environment.Out,
            "Three questions, asked once ('backstep plan --ask' asks again). 'skip' leaves them out: then nobody has "
            + "looked at whether this is for your pain, and the plan says so each time.");
        if (answers.Pain == null)
        {
            string? knee = Question(environment,
                "1. Your knee: none (no pain), mild (you can still run), or strong (sharp, lingers, or changes how you "
                + "walk)?", "none", "mild", "strong");
            if (knee == SkipWord)
            {
                return answers with { IsSkipped = true };
            }

            answers = answers with { Pain = Enum.TryParse<KneePain>(knee, ignoreCase: true, out var pain) ? pain
                : null };
        }

        if (answers.ProfessionalAgrees == null && answers.Pain != null)
        {
            string? agrees = Question(environment,
                "2. Has a doctor or physiotherapist looked at the knee, and agreed: yes or no?", Yes, "no");
            if (agrees == SkipWord)
            {
                return answers with { IsSkipped = true };
            }

            answers = answers with { ProfessionalAgrees = agrees == null ? null : agrees == Yes };
        }

        if (answers.Place != null || answers.ProfessionalAgrees == null)
        {
            return answers;
        }

        string? place = Question(environment, "3. Where will you walk: treadmill, hill or sled?", "treadmill", "hill",
            "sled");
        return place == SkipWord ? answers with { IsSkipped = true }
            : answers with { Place = Enum.TryParse<WalkMode>(place, ignoreCase: true, out var mode) ? mode : null };
    }

    /// <summary>The answer, or "skip"; null at the end of what is typed.</summary>
    private static string? Question(CommandEnvironment environment, string question, params string[] choices)
    {
        while (true)
        {
            SummaryWriter.Wrap(environment.Out, question);
            environment.Out.Write("> ");
            environment.Out.Flush();
            string? line = environment.ReadAnswer!()?.Trim();
            if (line == null)
            {
                return null;
            }

            string[] meant = [.. choices.Append(SkipWord)
                .Where(choice => line.Length > 0 && choice.StartsWith(line, StringComparison.OrdinalIgnoreCase))];
            if (meant is [var only])
            {
                return only;
            }

            SummaryWriter.Wrap(environment.Out,
                $"Please type {string.Join(", ", choices)} or {SkipWord}.");
        }
    }

    private Option<string?>[] Answers => [_knee, _professional, _place];

    private bool IsAnswered(ParseResult result) => Answers.Any(one => result.GetValue(one) != null);

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = string.Join('|', values) };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
