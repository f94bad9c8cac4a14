using Backstep.Companion;
using Backstep.Companion.Commands;

using var environment = CommandEnvironment.OfThisProcess();
return await CompanionApp.RunAsync(args, environment);
