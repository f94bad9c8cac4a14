using System.Globalization;
using Backstep.Walks;

namespace Backstep.Store;

/// <summary>A row of the store holds what cannot be.</summary>
internal sealed class BadRowException(string table, string column, object? value, Exception inner) : Exception(
    string.Create(CultureInfo.InvariantCulture,
        $"in the table '{table}' the row with {column} {OneLine.Of(value?.ToString() ?? "null")} holds what cannot be"),
    inner);
