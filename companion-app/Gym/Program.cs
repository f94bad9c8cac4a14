using Backstep.Gym.Commands;
using Backstep.Terminal;

WithoutIcu.Prepare();
using var environment = new ProgramEnvironment
{
    Program = GymRoot.Name, Out = Console.Out, Error = Console.Error, IsErrorTerminal = !Console.IsErrorRedirected,
};
environment.ListenToSignals();
return await ConsoleProgram.RunAsync(() => GymRoot.Build(environment), args, environment);
