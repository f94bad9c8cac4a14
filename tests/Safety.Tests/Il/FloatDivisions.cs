using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Safety.Tests.Il;

/// <summary>
/// Knows which values on the evaluation stack are floats. IL's `div` does not say what it divides, so the stack is
/// followed through every branch and handler of the method; where paths meet, a value that is a float on one of them
/// counts as a float.
/// </summary>
public static class FloatDivisions
{
    /// <summary>The div and rem instructions whose operands are float or double.</summary>
    public static IEnumerable<Instruction> In(MethodDefinition method)
    {
        Dictionary<Instruction, bool[]> before = Follow(method);
        return method.Body.Instructions.Where(i =>
            i.OpCode.Code is Code.Div or Code.Rem && before.TryGetValue(i, out bool[]? stack) && stack.Length >= 2
                && (stack[^1] || stack[^2]));
    }

    private static Dictionary<Instruction, bool[]> Follow(MethodDefinition method)
    {
        Dictionary<Instruction, bool[]> before = [];
        Queue<Instruction> work = new();

        void Reach(Instruction? target, bool[] stack)
        {
            if (target is null)
            {
                return;
            }

            if (before.TryGetValue(target, out bool[]? known))
            {
                bool[] merged = [.. known.Select((isFloat, i) => isFloat || (i < stack.Length && stack[i]))];
                if (merged.AsSpan().SequenceEqual(known))
                {
                    return;
                }

                stack = merged;
            }

            before[target] = stack;
            work.Enqueue(target);
        }

        Reach(method.Body.Instructions[0], []);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            bool hasException = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            Reach(handler.FilterStart, [false]);
            Reach(handler.HandlerStart, hasException ? [false] : []);
        }

        while (work.TryDequeue(out Instruction? instruction))
        {
            bool[] after = Step(method, instruction, before[instruction]);
            if (instruction.Operand is Instruction target)
            {
                Reach(target, after);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                Array.ForEach(targets, t => Reach(t, after));
            }

            if (instruction.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
            {
                Reach(instruction.Next, after);
            }
        }

        return before;
    }

    private static bool[] Step(MethodDefinition method, Instruction instruction, bool[] stack)
    {
        if (instruction.OpCode.StackBehaviourPop == StackBehaviour.PopAll)
        {
            return [];
        }

        int pops = Pops(method, instruction);
        int pushes = Pushes(instruction);
        bool[] popped = stack[^pops..];
        bool isFloat = PushesFloat(method, instruction, popped);
        return [.. stack[..^pops], .. Enumerable.Repeat(isFloat, pushes)];
    }

    private static bool PushesFloat(MethodDefinition method, Instruction instruction, bool[] popped) =>
        instruction.OpCode.Code switch
    {
        Code.Ldc_R4 or Code.Ldc_R8 or Code.Conv_R4 or Code.Conv_R8 or Code.Conv_R_Un or Code.Ldelem_R4
            or Code.Ldelem_R8 or Code.Ldind_R4 or Code.Ldind_R8 => true,
        Code.Dup or Code.Neg or Code.Add or Code.Sub or Code.Mul or Code.Div or Code.Rem => popped.Contains(true),
        Code.Ldarg_0 => IsArgumentFloat(method, 0),
        Code.Ldarg_1 => IsArgumentFloat(method, 1),
        Code.Ldarg_2 => IsArgumentFloat(method, 2),
        Code.Ldarg_3 => IsArgumentFloat(method, 3),
        Code.Ldloc_0 => IsFloat(method.Body.Variables[0].VariableType),
        Code.Ldloc_1 => IsFloat(method.Body.Variables[1].VariableType),
        Code.Ldloc_2 => IsFloat(method.Body.Variables[2].VariableType),
        Code.Ldloc_3 => IsFloat(method.Body.Variables[3].VariableType),
        Code.Ldarg or Code.Ldarg_S => IsFloat(((ParameterDefinition)instruction.Operand).ParameterType),
        Code.Ldloc or Code.Ldloc_S => IsFloat(((VariableDefinition)instruction.Operand).VariableType),
        Code.Ldfld or Code.Ldsfld => IsFloat(((FieldReference)instruction.Operand).FieldType),
        Code.Ldelem_Any or Code.Ldobj or Code.Unbox_Any => IsFloat((TypeReference)instruction.Operand),
        Code.Call or Code.Callvirt => IsFloat(((MethodReference)instruction.Operand).ReturnType),
        _ => false,
    };

    private static bool IsArgumentFloat(MethodDefinition method, int index)
    {
        int parameter = method.HasThis ? index - 1 : index;
        return parameter >= 0 && IsFloat(method.Parameters[parameter].ParameterType);
    }

    private static bool IsFloat(TypeReference type) => type.FullName is "System.Single" or "System.Double";

    /// <summary>Also for init-only setters, whose void carries a modifier.</summary>
    private static bool IsVoid(TypeReference type) =>
        (type is IModifierType modified ? modified.ElementType : type).FullName == "System.Void";

    private static int Pops(MethodDefinition method, Instruction instruction) =>
        instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4
            or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Varpop => instruction.OpCode.Code switch
        {
            Code.Ret => IsVoid(method.ReturnType) ? 0 : 1,
            Code.Newobj => ((MethodReference)instruction.Operand).Parameters.Count,
            _ =>
                instruction.Operand is MethodReference called
                    ? called.Parameters.Count + (called.HasThis && !called.ExplicitThis ? 1 : 0)
                    : throw Unknown(instruction),
        },
        _ => 3,
    };

    private static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush =>
            instruction.Operand is MethodReference called ? (IsVoid(called.ReturnType) ? 0 : 1)
                : throw Unknown(instruction),
        _ => 1,
    };

    private static NotSupportedException Unknown(Instruction instruction) =>
        new($"Cannot follow the stack over {instruction}.");
}
