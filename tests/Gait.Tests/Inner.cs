using System.Reflection;
using Backstep.Gait;

namespace Backstep.Gait.Tests;

/// <summary>A part of the engine that nobody outside sees. The device's assembly names no friends, so its parts are
/// reached by their names.</summary>
internal sealed class Inner
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance
        | BindingFlags.Static;

    private readonly Type _type;

    public Inner(string name)
    {
        _type = TypeOf(name);
        Value = Activator.CreateInstance(_type, nonPublic: true)!;
    }

    public object Value { get; }

    /// <summary>A static method of a part, as a delegate.</summary>
    public static T Method<T>(string type, string name)
        where T : Delegate => TypeOf(type).GetMethod(name, Hidden)!.CreateDelegate<T>();

    /// <summary>What a static method of a part returns that takes other parts.</summary>
    public static T Call<T>(string type, string name, params object[] arguments) =>
        (T)TypeOf(type).GetMethod(name, Hidden)!.Invoke(null, arguments)!;

    /// <summary>A constant of a part.</summary>
    public static T Constant<T>(string type, string name) =>
        (T)TypeOf(type).GetField(name, Hidden)!.GetRawConstantValue()!;

    /// <summary>Calls a method.</summary>
    public void Call(string name, params object[] arguments) => _type.GetMethod(name, Hidden)!.Invoke(Value, arguments);

    /// <summary>A field, or a property.</summary>
    public T Get<T>(string name) => (T)(_type.GetField(name, Hidden)?.GetValue(Value)
        ?? _type.GetProperty(name, Hidden)!.GetValue(Value))!;

    /// <summary>Sets a field.</summary>
    public void Set(string name, object value) => _type.GetField(name, Hidden)!.SetValue(Value, value);

    private static Type TypeOf(string name) => typeof(GaitEngine).Assembly.GetType($"Backstep.Gait.{name}", true)!;
}
