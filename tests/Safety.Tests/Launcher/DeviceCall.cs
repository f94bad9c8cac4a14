using System.Reflection;
using System.Reflection.Emit;

namespace Safety.Tests.Launcher;

/// <summary>What the launcher says of a call; a class whose set-up skips itself leaves the rest not run.</summary>
public enum Verdict
{
    Passed,
    Failed,
    Skipped,
    NotRun,
}

/// <summary>A line of the launcher's output.</summary>
public sealed record DeviceResult(DeviceCall Call, Verdict Verdict, Exception? Thrown = null);

/// <summary>
/// One call of a test, a set-up or a clean-up. <see cref="Number"/> is the attribute's place among the method's
/// attributes; the launcher's output tells data rows apart by it.
/// </summary>
public sealed record DeviceCall(Type Class, Type Attribute, MethodInfo Method, int Number, object[] Arguments)
{
    /// <summary>The name in the launcher's output.</summary>
    public string Name => $"{Method.DeclaringType!.FullName}.{Method.Name}.{Number}";

    /// <summary>
    /// Calls the method as MethodBase.Invoke(null, arguments) does on the device: without an object. An instance method
    /// runs, and the first use of `this` throws a NullReferenceException; a virtual one finds no method to run. Boxed
    /// arguments are not converted: one of another type is refused. (CLR_RT_StackFrame::MakeCall and FixCall in
    /// nanoframework/nf-interpreter.) .NET's own Invoke would refuse the null; a `call` in IL does not ask.
    /// </summary>
    public void Invoke()
    {
        ParameterInfo[] parameters = Method.GetParameters();
        if (parameters.Length != Arguments.Length)
        {
            throw new ArgumentException($"{Name}: {Arguments.Length} arguments for {parameters.Length} parameters.");
        }

        DynamicMethod call = new("OnNull", typeof(void), [typeof(object[])], Method.Module, skipVisibility: true);
        ILGenerator il = call.GetILGenerator();
        if (!Method.IsStatic)
        {
            il.Emit(OpCodes.Ldnull);
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Unbox_Any, parameters[i].ParameterType);
        }

        il.Emit(Method.IsVirtual ? OpCodes.Callvirt : OpCodes.Call, Method);
        if (Method.ReturnType != typeof(void))
        {
            il.Emit(OpCodes.Pop);
        }

        il.Emit(OpCodes.Ret);
        call.CreateDelegate<Action<object[]>>()(Arguments);
    }
}
