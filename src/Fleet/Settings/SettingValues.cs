using System.Collections.Immutable;

namespace Fleet.Settings;

/// <summary>A value that was checked.</summary>
internal abstract record SettingValue
{
    private SettingValue() { }

    /// <summary>A number, or a size in bytes.</summary>
    internal sealed record Whole(long Value) : SettingValue;

    internal sealed record Time(TimeSpan Value) : SettingValue;

    internal sealed record Amount(decimal Value) : SettingValue;

    internal sealed record Day(DateOnly Value) : SettingValue;

    internal sealed record Flag(bool Value) : SettingValue;

    internal sealed record Word(string Value) : SettingValue;

    internal sealed record Words(ImmutableArray<string> Value) : SettingValue;

    internal sealed record Variables(ImmutableSortedDictionary<string, string> Value) : SettingValue;
}

/// <summary>The checked values of one file by path, such as <c>gates[0].run</c>, each with its line.</summary>
internal sealed class SettingValues
{
    private readonly Dictionary<string, (SettingValue Value, int Line)> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _names = new(StringComparer.Ordinal);

    public IEnumerable<(string Path, int Line)> Places => _found.Select(found => (found.Key, found.Value.Line));

    public void Add(string path, SettingValue value, int line) => _found[path] = (value, line);

    public void Counted(string path, int count) => _counts[path] = count;

    public void Named(string path, ImmutableArray<string> names) => _names[path] = names;

    public long? Whole(string path) => Get<SettingValue.Whole>(path)?.Value;

    public int? Number(string path) => (int?)Whole(path);

    public TimeSpan? Time(string path) => Get<SettingValue.Time>(path)?.Value;

    public decimal? Amount(string path) => Get<SettingValue.Amount>(path)?.Value;

    public DateOnly? Day(string path) => Get<SettingValue.Day>(path)?.Value;

    public bool? Flag(string path) => Get<SettingValue.Flag>(path)?.Value;

    public string? Word(string path) => Get<SettingValue.Word>(path)?.Value;

    public ImmutableArray<string> Words(string path) => Get<SettingValue.Words>(path)?.Value ?? [];

    public ImmutableSortedDictionary<string, string>? Variables(string path) =>
        Get<SettingValue.Variables>(path)?.Value;

    /// <summary>One item for each map of a list, made from its path.</summary>
    public ImmutableArray<T> Each<T>(string path, Func<string, T> make) =>
        [.. Enumerable.Range(0, _counts.GetValueOrDefault(path)).Select(index => make($"{path}[{index}]"))];

    /// <summary>One item for each name of a map, in the order of the file, made from its name and its path.</summary>
    public ImmutableArray<T> EachNamed<T>(string path, Func<string, string, T> make) =>
        [.. _names.GetValueOrDefault(path, []).Select(name => make(name, $"{path}.{name}"))];

    private T? Get<T>(string path)
        where T : SettingValue => _found.TryGetValue(path, out var found) ? (T)found.Value : null;
}
