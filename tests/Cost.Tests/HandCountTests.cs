using Mono.Cecil;
using Mono.Cecil.Cil;
using static Mono.Cecil.Cil.Instruction;

namespace Backstep.Cost.Tests;

/// <summary>The counter against counts made by hand: each op is 1, a managed call 14 more, a native call 16
/// more.</summary>
public sealed class HandCountTests : IDisposable
{
    private readonly HandMade _made = new();

    public void Dispose() => _made.Dispose();

    [Fact]
    public void A_straight_line_counts_each_op_once()
    {
        _made.Method("Run", _made.Int,
            Create(OpCodes.Ldarg_0),  // 1
            Create(OpCodes.Ldc_I4_1), // 2
            Create(OpCodes.Add),      // 3
            Create(OpCodes.Ret));     // 4

        Assert.Equal(4, _made.Ops("Run", 41, 42));
    }

    [Fact]
    public void A_branch_counts_only_the_way_that_was_taken()
    {
        var taken = Create(OpCodes.Ldc_I4_2);
        _made.Method("Run", _made.Int,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Brfalse_S, taken), // both ways: 2
            Create(OpCodes.Ldc_I4_1),
            Create(OpCodes.Ret),              // not taken: 2 more
            taken,
            Create(OpCodes.Ldc_I4_3),
            Create(OpCodes.Add),
            Create(OpCodes.Ret));             // taken: 4 more

        Assert.Equal(4, _made.Ops("Run", 1, 1));
        Assert.Equal(6, _made.Ops("Run", 0, 5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void A_loop_counts_its_body_n_times_and_its_condition_once_more(int n)
    {
        var body = Create(OpCodes.Ldloc_0);
        var condition = Create(OpCodes.Ldloc_0);
        var method = _made.Method("Run", _made.Int,
            Create(OpCodes.Ldc_I4_0),
            Create(OpCodes.Stloc_0),
            Create(OpCodes.Br_S, condition), // 3
            body,
            Create(OpCodes.Ldc_I4_1),
            Create(OpCodes.Add),
            Create(OpCodes.Stloc_0),         // 4 n
            condition,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Blt_S, body),     // 3 (n + 1)
            Create(OpCodes.Ldloc_0),
            Create(OpCodes.Ret));            // 2
        method.Body.Variables.Add(new VariableDefinition(_made.Int));

        Assert.Equal(8 + (7 * n), _made.Ops("Run", n, n));
    }

    [Fact]
    public void A_managed_call_costs_14_and_what_it_calls()
    {
        var called = _made.Method("Called", _made.Int,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Add),
            Create(OpCodes.Ret));         // 4
        _made.Method("Run", _made.Int,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Call, called), // + 14
            Create(OpCodes.Ret));         // 3

        Assert.Equal(3 + 14 + 4, _made.Ops("Run", 4, 8));
        Assert.Equal([("Sample.Run", 17L, 1L), ("Sample.Called", 4L, 1L)],
            _made.Counted.Methods().Select(m => (m.Name, m.Ops, m.Entries)));
    }

    [Fact]
    public void A_property_getter_is_a_call_and_a_field_is_one_op()
    {
        var field = new FieldDefinition("value", FieldAttributes.Private, _made.Int);
        _made.Type.Fields.Add(field);
        var constructor = _made.Constructor(
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Call, _made.Object), // + 14, and the lone ret of System.Object's
            Create(OpCodes.Ret));               // 3
        var getter = new MethodDefinition("get_Value", MethodAttributes.Public | MethodAttributes.SpecialName,
            _made.Int);
        var il = getter.Body.GetILProcessor();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);                   // 3
        _made.Type.Methods.Add(getter);
        _made.Method("ByProperty", _made.Int,
            Create(OpCodes.Newobj, constructor), // + 14
            Create(OpCodes.Callvirt, getter),    // + 14
            Create(OpCodes.Ret));                // 3
        _made.Method("ByField", _made.Int,
            Create(OpCodes.Newobj, constructor), // + 14
            Create(OpCodes.Ldfld, field),
            Create(OpCodes.Ret));                // 3

        const int Construction = 14 + 3 + 14 + 1;
        Assert.Equal(3 + Construction + 14 + 3, _made.Ops("ByProperty", 0, 0));
        Assert.Equal(3 + Construction, _made.Ops("ByField", 0, 0));
        Assert.Equal(1, _made.Counted.Objects);
    }

    [Fact]
    public void A_native_call_costs_16()
    {
        var type = _made.Module.TypeSystem.Double;
        _made.Method("Run", type,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Call, Math("Sqrt", typeof(double))), // + 16
            Create(OpCodes.Ret));                               // 3

        Assert.Equal(3 + 16, _made.Ops("Run", 9.0, 3.0));
        Assert.Empty(_made.Counted.Unknown());
    }

    [Fact]
    public void A_method_that_the_device_interprets_but_whose_body_is_not_here_is_reported()
    {
        // System.Math has Abs of float and double in machine code, but that of int in IL.
        _made.Method("Run", _made.Int,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Call, Math("Abs", typeof(int))), // + 14
            Create(OpCodes.Ret));                           // 3

        Assert.Equal(3 + 14, _made.Ops("Run", -5, 5));
        Assert.Equal([new UnknownCall("System.Math.Abs(int)", 1)], _made.Counted.Unknown());
    }

    [Theory]
    [InlineData(0, 4, 10)]
    [InlineData(1, 6, 22)]
    [InlineData(2, 4, -1)]
    [InlineData(-1, 4, -1)]
    public void A_switch_counts_its_own_op_and_the_case_it_jumps_to(int value, int ops, int result)
    {
        var zero = Create(OpCodes.Ldc_I4, 10);
        var one = Create(OpCodes.Ldc_I4, 11);
        _made.Method("Run", _made.Int,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Switch, [zero, one]), // 2
            Create(OpCodes.Ldc_I4_M1),
            Create(OpCodes.Ret),                 // none of them: 2 more
            zero,
            Create(OpCodes.Ret),                 // case 0: 2 more
            one,
            Create(OpCodes.Ldc_I4, 11),
            Create(OpCodes.Add),
            Create(OpCodes.Ret));                // case 1: 4 more

        Assert.Equal(ops, _made.Ops("Run", value, result));
    }

    [Fact]
    public void A_short_branch_over_a_long_body_still_reaches()
    {
        var end = Create(OpCodes.Ldarg_0);
        IEnumerable<Instruction> blocks = Enumerable.Range(0, 30).SelectMany(_ => Hop());
        _made.Method("Run", _made.Int,
            [Create(OpCodes.Ldarg_0), Create(OpCodes.Brtrue_S, end), .. blocks, end, Create(OpCodes.Ret)]);

        Assert.Equal(2 + (30 * 2) + 2, _made.Ops("Run", 0, 0));
        Assert.Equal(2 + 2, _made.Ops("Run", 1, 1));

        // A jump to the next op: two ops, and a block's counting between them.
        static IEnumerable<Instruction> Hop()
        {
            var next = Create(OpCodes.Nop);
            return [Create(OpCodes.Br_S, next), next];
        }
    }

    [Fact]
    public void An_exception_counts_the_whole_block_it_broke_and_then_its_handler()
    {
        var end = Create(OpCodes.Ldloc_0);
        var tryStart = Create(OpCodes.Ldc_I4_1);
        var handler = Create(OpCodes.Pop);
        var method = _made.Method("Run", _made.Int,
            tryStart,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Div),
            Create(OpCodes.Stloc_0),
            Create(OpCodes.Leave_S, end), // 5, of which a division by zero runs only 3
            handler,
            Create(OpCodes.Ldc_I4_7),
            Create(OpCodes.Stloc_0),
            Create(OpCodes.Leave_S, end), // 4
            end,
            Create(OpCodes.Ret));         // 2
        method.Body.Variables.Add(new VariableDefinition(_made.Int));
        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = tryStart, TryEnd = handler, HandlerStart = handler, HandlerEnd = end,
            CatchType = _made.Module.ImportReference(typeof(DivideByZeroException)),
        });

        Assert.Equal(5 + 2, _made.Ops("Run", 1, 1));
        Assert.Equal(5 + 4 + 2, _made.Ops("Run", 0, 7));
    }

    [Fact]
    public void A_finally_block_is_counted_on_the_way_out()
    {
        var end = Create(OpCodes.Ldloc_0);
        var tryStart = Create(OpCodes.Ldarg_0);
        var handler = Create(OpCodes.Ldloc_0);
        var method = _made.Method("Run", _made.Int,
            tryStart,
            Create(OpCodes.Stloc_0),
            Create(OpCodes.Leave_S, end), // 3
            handler,
            Create(OpCodes.Ldc_I4_1),
            Create(OpCodes.Add),
            Create(OpCodes.Stloc_0),
            Create(OpCodes.Endfinally),   // 5
            end,
            Create(OpCodes.Ret));         // 2
        method.Body.Variables.Add(new VariableDefinition(_made.Int));
        method.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = tryStart, TryEnd = handler, HandlerStart = handler, HandlerEnd = end,
        });

        Assert.Equal(3 + 5 + 2, _made.Ops("Run", 4, 5));
    }

    [Fact]
    public void Arrays_boxes_and_struct_locals_are_objects_on_the_device()
    {
        var method = _made.Method("Run", _made.Int,
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Newarr, _made.Int),
            Create(OpCodes.Pop),
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Box, _made.Int),
            Create(OpCodes.Pop),
            Create(OpCodes.Ldarg_0),
            Create(OpCodes.Ret));
        method.Body.Variables.Add(new VariableDefinition(_made.Int));                                       // no object
        // an enum: no object
        method.Body.Variables.Add(new VariableDefinition(_made.Module.ImportReference(typeof(DayOfWeek))));
        method.Body.Variables.Add(new VariableDefinition(_made.Module.ImportReference(typeof(Guid))));      // a struct

        Assert.Equal(8, _made.Ops("Run", 3, 3));
        Assert.Equal(3, _made.Counted.Objects);
    }

    private MethodReference Math(string name, Type argument) =>
        _made.Module.ImportReference(typeof(Math).GetMethod(name, [argument])!);
}
