using Backstep.Gym.Keeping;
using Backstep.Terminal;
using Backstep.Walks;

namespace Backstep.Gym.Commands;

/// <summary>Where a password comes from: a file, a pipe, or a person who types it twice without seeing it.</summary>
/// <param name="ask">Asks a person; null where nobody can be asked.</param>
/// <param name="readLine">A line from standard input.</param>
public sealed class SecretInput(Func<string, string>? ask, Func<string?> readLine)
{
    /// <summary>This process's.</summary>
    public static SecretInput OfThisProcess(ProgramEnvironment environment) =>
        new(Console.IsInputRedirected ? null : prompt => Type(environment.Error, prompt), Console.In.ReadLine);

    /// <summary>The password.</summary>
    /// <param name="file">Null: from a person, or a pipe.</param>
    /// <exception cref="BadRequestException">There is none, or what was typed twice differs.</exception>
    public string Read(string? file)
    {
        if (file != null)
        {
            return FirstLine(file) is { Length: > 0 } line ? line
                : throw new BadRequestException($"{OneLine.Of(file)} has no password in its first line.");
        }

        if (ask == null)
        {
            return readLine() is { Length: > 0 } piped ? piped : throw new BadRequestException(
                "no password came: type one at a terminal, pipe one in, or give --password-file FILE.");
        }

        string first = ask($"Password (at least {PasswordHashing.ShortestLength} characters): ");
        return ask("Once more: ") == first ? first
            : throw new BadRequestException("the two passwords differ: nothing was changed.");
    }

    private static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadRequestException($"{OneLine.Of(file)} cannot be read: {OneLine.Of(e.Message)}", e);
        }
    }

    private static string Type(TextWriter prompts, string prompt)
    {
        prompts.Write(prompt);
        prompts.Flush();
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        prompts.WriteLine();
        return typed.ToString();
    }
}
