using System.Reflection;
using Backstep.Gait;
using Mono.Cecil;
using AssemblyDefinition = Mono.Cecil.AssemblyDefinition;

namespace Backstep.Cost.Tests;

/// <summary>The counter on the firmware as compiled: the code that a shoe carries, and a method of it counted by
/// hand.</summary>
public sealed class CompiledCodeTests
{
    // What the compiler makes of Safe.Divide in a Release build. If it changes, count the ways below anew.
    private static readonly string[] DivideAsCompiled =
    [
        "ldarg.1", "ldc.r4", "bge.un.s",   // denominator < Smallest?  3
        "ldarg.1", "ldc.r4", "ble.un.s",   // > -Smallest?             3
        "ldarg.2", "ret",                  // the fallback             2
        "ldarg.0", "ldarg.1", "div", "ret", // the quotient            4
    ];

    [Theory]
    [InlineData(6f, 2f, 3f, 3 + 4)]
    [InlineData(6f, -2f, -3f, 3 + 3 + 4)]
    [InlineData(6f, 0f, 9f, 3 + 3 + 2)]
    public void The_guarded_division_costs_what_a_count_by_hand_says(float numerator, float denominator, float result,
        long ops)
    {
        var code = CountedCode.Load(DeviceCalls.BesideProgram(), typeof(Safe).Assembly.Location);
        var divide = code.Assembly("Backstep.Gait").GetType(typeof(Safe).FullName!)!.GetMethod(nameof(Safe.Divide))!;

        code.Reset();
        Assert.Equal(result, divide.Invoke(null, [numerator, denominator, 9f]));

        Assert.Equal(ops, code.Ops);
    }

    [Fact]
    public void The_guarded_division_is_compiled_to_what_was_counted_by_hand()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(typeof(Safe).Assembly.Location);
        var divide =
            assembly.MainModule.GetType(typeof(Safe).FullName).Methods.Single(m => m.Name == nameof(Safe.Divide));

        Assert.Equal(DivideAsCompiled, divide.Body.Instructions.Select(i => i.OpCode.Name));
    }

    [Fact]
    public void What_is_counted_is_optimised_code()
    {
        Assert.All(MotionPath.Assemblies,
            assembly => Assert.True(CountedCode.IsOptimised(assembly),
                $"{assembly.GetName().Name} was built without <Optimize>"));
    }

    [Fact]
    public void Machine_code_is_told_from_interpreted_code_by_the_API_files()
    {
        using var module = ModuleDefinition.CreateModule("none", ModuleKind.Dll);
        bool IsNative(MethodBase? method) => DeviceCalls.BesideProgram().IsNative(module.ImportReference(method));

        Assert.True(IsNative(typeof(Math).GetMethod("Atan2")));
        Assert.True(IsNative(typeof(Math).GetMethod("Abs", [typeof(float)])));
        Assert.True(IsNative(typeof(Array).GetMethod("get_Length")));
        Assert.True(
            IsNative(
                typeof(Array).GetMethod("Copy",
                    [typeof(Array), typeof(int), typeof(Array), typeof(int), typeof(int)])));
        Assert.True(IsNative(typeof(Random).GetConstructor([typeof(int)])));
        Assert.False(IsNative(typeof(Math).GetMethod("Abs", [typeof(int)])));
        Assert.False(IsNative(typeof(Math).GetMethod("Clamp", [typeof(float), typeof(float), typeof(float)])));
    }

    [Fact]
    public void An_API_file_with_a_native_line_that_cannot_be_read_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("backstep-cost");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "X.txt"),
                "class X\n  method X.A() -> int (public) [native]\n  something else [native]\n");
            Assert.Throws<InvalidDataException>(() => new DeviceCalls(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
