using Backstep.Lab;
using Backstep.Terminal;

using var environment = new ProgramEnvironment
{
    Program = LabRoot.Name, Out = Console.Out, Error = Console.Error, IsErrorTerminal = !Console.IsErrorRedirected,
};
environment.ListenToSignals();
return await ConsoleProgram.RunAsync(() => LabRoot.Build(environment), args, environment);
