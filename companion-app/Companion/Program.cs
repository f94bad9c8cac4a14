using Backstep.Companion.Commands;
using Backstep.Terminal;

WithoutIcu.Prepare();
using var environment = CommandEnvironment.OfThisProcess();
return await ConsoleProgram.RunAsync(() => Root.Build(environment), args, environment);
