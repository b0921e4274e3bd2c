using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Fleet.Rules;

namespace Fleet.Simulation.Checks;

/// <summary>
/// The whole of a state as text, the same for equal states; a field that is added later is in it by itself.
/// </summary>
internal static class StateText
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static string Of(FleetState state)
    {
        var text = new StringBuilder(4096);
        Write(text, state, 0);
        return text.ToString();
    }

    /// <summary>The same without the lines and words that somebody may have written.</summary>
    public static string WithoutTexts(FleetState state)
    {
        var text = new StringBuilder(4096);
        Write(text, state, 0, texts: false);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int depth, bool texts = true)
    {
        switch (value)
        {
            case null:
                text.Append('-');
                break;
            case string when !texts:
                break;
            case string or ValueType and not IEnumerable:
                text.Append(value);
                break;
            case IDictionary entries:
                WriteEntries(text, entries, depth, texts);
                break;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(text, item, depth + 1, texts);
                    text.Append(", ");
                }

                text.Append(']');
                break;
            default:
                WriteRecord(text, value, depth, texts);
                break;
        }
    }

    /// <summary>In the order of their keys; an empty set means the same as no set.</summary>
    private static void WriteEntries(StringBuilder text, IDictionary entries, int depth, bool texts)
    {
        var lines = new List<(string Key, object? Value)>();
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Value is not ICollection { Count: 0 })
            {
                lines.Add((entry.Key.ToString() ?? "", entry.Value));
            }
        }

        foreach (var (key, value) in lines.OrderBy(line => line.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(' ', 2 * depth).Append(key).Append(": ");
            Write(text, value, depth + 1, texts);
        }
    }

    private static void WriteRecord(StringBuilder text, object value, int depth, bool texts)
    {
        text.Append(value.GetType().Name).Append(" { ");
        foreach (var property in Properties.GetOrAdd(value.GetType(), Readable))
        {
            text.Append(property.Name).Append('=');
            Write(text, property.GetValue(value), depth, texts);
            text.Append("; ");
        }

        text.Append('}');
    }

    private static PropertyInfo[] Readable(Type type) =>
        [
            .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)
                .OrderBy(p => p.Name, StringComparer.Ordinal),
        ];
}
