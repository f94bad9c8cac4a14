using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Backstep.Cost.Tests;

/// <summary>A method written op by op, so that no compiler can change what the test has counted by hand.</summary>
internal sealed class HandMade : IDisposable
{
    private readonly AssemblyDefinition _assembly =
        AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("HandMade", new Version(1, 0)), "HandMade",
            ModuleKind.Dll);
    private CountedCode? _counted;

    public HandMade()
    {
        Type = new TypeDefinition("", "Sample", TypeAttributes.Public | TypeAttributes.Class, Module.TypeSystem.Object);
        Module.Types.Add(Type);
        Object = Module.ImportReference(typeof(object).GetConstructor([])!);
    }

    public TypeDefinition Type { get; }

    public ModuleDefinition Module => _assembly.MainModule;

    public TypeReference Int => Module.TypeSystem.Int32;

    /// <summary>The constructor of System.Object.</summary>
    public MethodReference Object { get; }

    public CountedCode Counted => _counted ??= new CountedCode(DeviceCalls.BesideProgram(), _assembly);

    /// <summary>A public static method of one argument that returns the argument's type.</summary>
    public MethodDefinition Method(string name, TypeReference type, params IEnumerable<Instruction> body)
    {
        var method = new MethodDefinition(name, MethodAttributes.Public | MethodAttributes.Static, type);
        method.Parameters.Add(new ParameterDefinition("value", ParameterAttributes.None, type));
        Write(method, body);
        return method;
    }

    public MethodDefinition Constructor(params IEnumerable<Instruction> body)
    {
        var attributes = MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName
            | MethodAttributes.RTSpecialName;
        var constructor = new MethodDefinition(".ctor", attributes, Module.TypeSystem.Void);
        Write(constructor, body);
        return constructor;
    }

    /// <summary>Runs a method with its argument and returns what was counted.</summary>
    public long Ops(string name, object argument, object? expectedResult = null)
    {
        var method = Counted.Assembly("HandMade").GetType("Sample")!.GetMethod(name)!;
        Counted.Reset();
        object? result = method.Invoke(null, [argument]);
        if (expectedResult is not null)
        {
            Assert.Equal(expectedResult, result);
        }

        return Counted.Ops;
    }

    public void Dispose() => _assembly.Dispose();

    private void Write(MethodDefinition method, IEnumerable<Instruction> body)
    {
        var il = method.Body.GetILProcessor();
        foreach (var instruction in body)
        {
            il.Append(instruction);
        }

        Type.Methods.Add(method);
    }
}
