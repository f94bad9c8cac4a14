using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Backstep.Cost;

/// <summary>
/// Rewrites an assembly so that each basic block, on entry, adds what it costs to an array of counters. A block is
/// counted whole: what follows an exception inside it is counted though it did not run. Every instruction is one op,
/// prefixes too, as in the interpreter's loop.
/// </summary>
internal sealed class BlockCounter
{
    internal const string CounterType = "BackstepCost";
    internal const string CounterField = "Counts";
    internal const string AllocatingField = "Allocating";

    // The base class's constructor is interpreted too, but its assembly is not here: it is a lone `ret`.
    private const string ObjectConstructor = "System.Object..ctor()";
    private const int ObjectConstructorOps = DeviceCalls.ManagedCallOps + 1;

    private readonly AssemblyDefinition _assembly;
    private readonly DeviceCalls _calls;
    private readonly CounterSlots _slots;
    private readonly HashSet<string> _rewritten;
    private readonly FieldDefinition _counts;
    private readonly FieldDefinition _allocating;
    private readonly MethodDefinition _allocate;

    /// <param name="assembly">What to rewrite.</param>
    /// <param name="calls">What calls out of it cost.</param>
    /// <param name="slots">Where to count.</param>
    /// <param name="rewritten">Names of all assemblies that are rewritten: a call into one of them counts its body
    /// itself.</param>
    internal BlockCounter(AssemblyDefinition assembly, DeviceCalls calls, CounterSlots slots, HashSet<string> rewritten)
    {
        (_assembly, _calls, _slots, _rewritten) = (assembly, calls, slots, rewritten);
        var types = assembly.MainModule.TypeSystem;
        _counts = new FieldDefinition(CounterField, FieldAttributes.Public | FieldAttributes.Static,
            types.Int64.MakeArrayType());
        var action = assembly.MainModule.ImportReference(typeof(Action));
        _allocating = new FieldDefinition(AllocatingField, FieldAttributes.Public | FieldAttributes.Static, action);
        _allocate = Allocate();
    }

    internal void Rewrite()
    {
        var module = _assembly.MainModule;
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.HasBody && method.Body.Instructions.Count > 0).ToList())
        {
            Rewrite(method);
        }

        var counter = new TypeDefinition("", CounterType,
            TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        counter.Fields.Add(_counts);
        counter.Fields.Add(_allocating);
        counter.Methods.Add(_allocate);
        module.Types.Add(counter);
    }

    private void Rewrite(MethodDefinition method)
    {
        var body = method.Body;
        int slot = _slots.OfMethod($"{method.DeclaringType.FullName.Replace('/', '.')}.{method.Name}");

        // Short branches would not reach over what is inserted; without short forms nothing needs to be measured.
        body.SimplifyMacros();
        var originals = body.Instructions.ToList();
        var leaders = Leaders(body);
        var starts = new Dictionary<Instruction, Instruction>();
        for (int i = 0; i < originals.Count;)
        {
            int end = i + 1;
            while (end < originals.Count && !leaders.Contains(originals[end]))
            {
                end++;
            }

            var block = originals.GetRange(i, end - i);
            var counting = Counting(block, slot, i == 0 ? method : null).ToList();
            int at = body.Instructions.IndexOf(originals[i]);
            for (int k = 0; k < counting.Count; k++)
            {
                body.Instructions.Insert(at + k, counting[k]);
            }

            starts[originals[i]] = counting[0];
            i = end;
        }

        Retarget(body, originals, starts);
        if (!method.IsConstructor || !method.IsStatic)
        {
            AnnounceAllocations(body, originals);
        }

        body.OptimizeMacros();
    }

    // Before whatever makes an object, and before entering a library's interpreted method, which may make some: who
    // listens can let it fail. Not in static constructors, which .NET runs but once: on the device they are done before
    // Main.
    private void AnnounceAllocations(MethodBody body, List<Instruction> originals)
    {
        foreach (var instruction in originals.Where(i => i.Previous?.OpCode.OpCodeType != OpCodeType.Prefix))
        {
            bool allocates = instruction.OpCode.Code is Code.Newobj or Code.Newarr or Code.Box
                || (instruction.OpCode.Code is Code.Call or Code.Callvirt
                    && IsOfDevice((MethodReference)instruction.Operand));
            if (allocates)
            {
                int at = body.Instructions.IndexOf(instruction);
                body.Instructions.Insert(at, Instruction.Create(OpCodes.Call, _allocate));
            }
        }
    }

    private bool IsOfDevice(MethodReference method) =>
        method.DeclaringType.Scope is AssemblyNameReference { Name: "Backstep.NanoHost" } && !_calls.IsNative(method);

    private MethodDefinition Allocate()
    {
        var module = _assembly.MainModule;
        const MethodAttributes Attributes = MethodAttributes.Public | MethodAttributes.Static;
        var method = new MethodDefinition("Allocate", Attributes, module.TypeSystem.Void);
        var il = method.Body.GetILProcessor();
        var end = Instruction.Create(OpCodes.Ret);
        il.Append(Instruction.Create(OpCodes.Ldsfld, _allocating));
        il.Append(Instruction.Create(OpCodes.Brfalse, end));
        il.Append(Instruction.Create(OpCodes.Ldsfld, _allocating));
        var invoke = module.ImportReference(typeof(Action).GetMethod(nameof(Action.Invoke)));
        il.Append(Instruction.Create(OpCodes.Callvirt, invoke));
        il.Append(end);
        return method;
    }

    private static HashSet<Instruction> Leaders(MethodBody body)
    {
        HashSet<Instruction> leaders = [];
        void Lead(Instruction? instruction)
        {
            if (instruction is not null)
            {
                leaders.Add(instruction);
            }
        }

        foreach (var instruction in body.Instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                Lead(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                Array.ForEach(targets, Lead);
            }

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return
                or FlowControl.Throw)
            {
                Lead(instruction.Next);
            }
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            Lead(handler.TryStart);
            Lead(handler.TryEnd);
            Lead(handler.FilterStart);
            Lead(handler.HandlerStart);
            Lead(handler.HandlerEnd);
        }

        return leaders;
    }

    private IEnumerable<Instruction> Counting(List<Instruction> block, int methodSlot, MethodDefinition? entered)
    {
        long ops = 0, objects = 0, bytes = 0;
        foreach (var local in entered is null ? [] : entered.Body.Variables.Where(v => IsStruct(v.VariableType)))
        {
            objects++;
            bytes += DeviceMemory.ObjectBytes(local.VariableType);
        }

        List<int> unknown = [];
        foreach (var instruction in block)
        {
            ops++;
            switch (instruction.OpCode.Code)
            {
                case Code.Call or Code.Callvirt or Code.Newobj:
                    ops += CallOps((MethodReference)instruction.Operand, unknown);
                    if (instruction.OpCode.Code == Code.Newobj)
                    {
                        objects++;
                        bytes += DeviceMemory.ObjectBytes(((MethodReference)instruction.Operand).DeclaringType);
                    }

                    break;
                case Code.Newarr:
                    objects++;
                    bytes += DeviceMemory.ArrayBytes(instruction.Previous,
                        ((TypeReference)instruction.Operand).MetadataType);
                    break;
                case Code.Box:
                    objects++;
                    bytes += DeviceMemory.BoxBytes;
                    break;
                case Code.Ldstr:
                    objects++;
                    bytes += DeviceMemory.LiteralBytes;
                    break;
                case Code.Calli:
                    throw new NotSupportedException("calli: the device does not know it");
                default:
                    break;
            }
        }

        var counting = Add(CounterSlots.Ops, ops).Concat(Add(methodSlot, ops));
        counting = entered is null ? counting : counting.Concat(Add(methodSlot + 1, 1));
        counting = objects == 0 ? counting
            : counting.Concat(Add(CounterSlots.Objects, objects)).Concat(Add(CounterSlots.Bytes, bytes))
            .Concat(Add(methodSlot + 2, bytes));
        return unknown.Aggregate(counting, (all, slot) => all.Concat(Add(slot, 1)));
    }

    private long CallOps(MethodReference method, List<int> unknown)
    {
        string home = method.DeclaringType.GetElementType().Scope switch
        {
            AssemblyNameReference reference => reference.Name,
            _ => _assembly.Name.Name,
        };
        if (_rewritten.Contains(home) && method.DeclaringType is not ArrayType)
        {
            return DeviceCalls.ManagedCallOps;
        }

        if (_calls.IsNative(method))
        {
            return DeviceCalls.NativeCallOps;
        }

        string name = DeviceCalls.NameOf(method);
        if (name == ObjectConstructor)
        {
            return ObjectConstructorOps;
        }

        unknown.Add(_slots.OfUnknown(name));
        return DeviceCalls.ManagedCallOps;
    }

    // On the device a struct is an object on the heap, even as a local. One that cannot be looked at is taken for a
    // struct.
    private static bool IsStruct(TypeReference type) =>
        type.IsValueType && !type.IsPrimitive && type.Resolve() is not { IsEnum: true };

    private Instruction[] Add(int slot, long amount) =>
    [
        Instruction.Create(OpCodes.Ldsfld, _counts),
        Instruction.Create(OpCodes.Ldc_I4, slot),
        Instruction.Create(OpCodes.Ldelema, _assembly.MainModule.TypeSystem.Int64),
        Instruction.Create(OpCodes.Dup),
        Instruction.Create(OpCodes.Ldind_I8),
        Instruction.Create(OpCodes.Ldc_I8, amount),
        Instruction.Create(OpCodes.Add),
        Instruction.Create(OpCodes.Stind_I8),
    ];

    // Who jumped to a block, or began or ended a guarded region with it, now does so at its counting.
    private static void Retarget(MethodBody body, List<Instruction> originals,
        Dictionary<Instruction, Instruction> starts)
    {
        Instruction? Start(Instruction? instruction) => instruction is null ? null : starts[instruction];
        foreach (var instruction in originals)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => starts[target],
                Instruction[] targets => Array.ConvertAll(targets, target => starts[target]),
                var other => other,
            };
        }

        foreach (var handler in body.ExceptionHandlers)
        {
            handler.TryStart = Start(handler.TryStart);
            handler.TryEnd = Start(handler.TryEnd);
            handler.FilterStart = Start(handler.FilterStart);
            handler.HandlerStart = Start(handler.HandlerStart);
            handler.HandlerEnd = Start(handler.HandlerEnd);
        }
    }
}
