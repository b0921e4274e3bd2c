using System.Globalization;

namespace Fleet.Settings;

/// <summary>Sizes as people write them: <c>4GiB</c>, <c>500MB</c>, <c>100B</c>.</summary>
internal static class SizeText
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("TiB", 1L << 40),
        ("GiB", 1L << 30),
        ("MiB", 1L << 20),
        ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("KB", 1_000),
        ("B", 1),
    ];

    /// <summary>A whole number with a unit; null when the text is anything else.</summary>
    public static long? Parse(string text)
    {
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 18)
        {
            return null;
        }

        var unit = Array.FindIndex(Units, unit => text.AsSpan(digits).SequenceEqual(unit.Unit));
        var number = long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        return unit < 0 || number > long.MaxValue / Units[unit].Bytes ? null : number * Units[unit].Bytes;
    }

    /// <summary>In the largest unit that needs no fraction.</summary>
    public static string Write(long bytes)
    {
        var (unit, size) = Array.Find(Units, unit => bytes >= unit.Bytes && bytes % unit.Bytes == 0);
        return size == 0 ? "0B" : string.Create(CultureInfo.InvariantCulture, $"{bytes / size}{unit}");
    }
}
