using Backstep.Companion;
using Backstep.Companion.Commands;

using var environment = CommandEnvironment.OfThisProcess();
return CompanionApp.Run(args, environment);
