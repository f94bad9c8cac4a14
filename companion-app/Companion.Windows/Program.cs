using Backstep.Companion.Windows;
using Backstep.Companion.Commands;
using Backstep.Link.Windows;
using Backstep.Terminal;

using var environment = CommandEnvironment.OfThisProcess(token => WinRtCentral.OpenAsync(PasskeyPrompt.Ask, token),
    WinRtDoctor.ExamineAsync);
return await ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment);
