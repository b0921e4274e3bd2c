using System.Collections.Immutable;

namespace Fleet.Settings;

/// <summary>Where each value of a file is set; entries of lists go by name: <c>gates[tests].run</c>.</summary>
internal sealed record SettingsOrigins(string File, ImmutableSortedDictionary<string, int> Lines)
{
    /// <summary>A file that is not there sets nothing.</summary>
    public static readonly SettingsOrigins None = new("", ImmutableSortedDictionary<string, int>.Empty);

    public static SettingsOrigins Of(string file, SettingValues values) =>
        new(
            file,
            values.Places.ToImmutableSortedDictionary(
                place => Named(place.Path, values),
                place => place.Line,
                StringComparer.Ordinal
            )
        );

    /// <summary>Null when the file does not set it.</summary>
    public string? Of(string path) => Lines.TryGetValue(path, out var line) ? $"{File}:{line}" : null;

    private static string Named(string path, SettingValues values)
    {
        var end = path.IndexOf(']', StringComparison.Ordinal) + 1;
        var name = end == 0 ? null : values.Word($"{path[..end]}.name");
        return name is null ? path : $"{path[..path.IndexOf('[', StringComparison.Ordinal)]}[{name}]{path[end..]}";
    }
}
