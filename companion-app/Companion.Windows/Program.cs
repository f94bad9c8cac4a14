using Backstep.Companion.Commands;
using Backstep.Companion.WinRt;

using var environment = CommandEnvironment.OfThisProcess(WinRtCentral.OpenAsync, WinRtDoctor.ExamineAsync);
return await CompanionApp.RunAsync(args, environment);
