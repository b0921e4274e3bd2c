namespace Fleet.Settings;

/// <summary>Other usual ways to write times and sizes, for hints only.</summary>
internal static class Longhand
{
    private static readonly (string Ending, string Unit)[] Times =
    [
        ("milliseconds", "ms"),
        ("msec", "ms"),
        ("seconds", "s"),
        ("second", "s"),
        ("secs", "s"),
        ("sec", "s"),
        ("minutes", "m"),
        ("minute", "m"),
        ("mins", "m"),
        ("min", "m"),
        ("hours", "h"),
        ("hour", "h"),
        ("hrs", "h"),
        ("hr", "h"),
        ("days", "d"),
        ("day", "d"),
    ];

    private static readonly (string Ending, string Unit)[] Sizes =
    [
        ("tib", "TiB"),
        ("gib", "GiB"),
        ("mib", "MiB"),
        ("kib", "KiB"),
        ("tb", "TB"),
        ("gb", "GB"),
        ("mb", "MB"),
        ("kb", "KB"),
        ("t", "TiB"),
        ("g", "GiB"),
        ("m", "MiB"),
        ("k", "KiB"),
        ("b", "B"),
    ];

    public static IEnumerable<string> Duration(string text) => Short(text.ToLowerInvariant(), Times);

    public static IEnumerable<string> Size(string text) => Short(text.ToLowerInvariant(), Sizes);

    private static IEnumerable<string> Short(string text, (string Ending, string Unit)[] endings) =>
        endings
            .Where(ending => text.EndsWith(ending.Ending, StringComparison.Ordinal))
            .Select(ending => text[..^ending.Ending.Length] + ending.Unit)
            .Append(text);
}
