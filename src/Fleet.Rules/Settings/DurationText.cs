using System.Globalization;
using System.Text;

namespace Fleet.Rules.Settings;

/// <summary>Lengths of time as people write them: <c>10m</c>, <c>5s</c>, <c>1h30m</c>, <c>250ms</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, long Milliseconds)[] Units =
    [
        ("d", 86_400_000),
        ("h", 3_600_000),
        ("m", 60_000),
        ("s", 1_000),
        ("ms", 1),
    ];

    /// <summary>Whole numbers with a unit each, from large to small; null when the text is anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        long total = 0;
        var unit = -1;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                return null;
            }

            var letters = rest[digits..].IndexOfAnyInRange('0', '9') is var end and >= 0 ? end : rest.Length - digits;
            var next = UnitOf(rest.Slice(digits, letters));
            if (next <= unit)
            {
                return null;
            }

            unit = next;
            total += int.Parse(rest[..digits], CultureInfo.InvariantCulture) * Units[unit].Milliseconds;
            rest = rest[(digits + letters)..];
            if (total > TimeSpan.MaxValue.TotalMilliseconds)
            {
                return null;
            }
        }

        return unit < 0 ? null : TimeSpan.FromMilliseconds(total);
    }

    public static string Write(TimeSpan time)
    {
        var text = new StringBuilder();
        var left = (long)time.TotalMilliseconds;
        foreach (var (unit, milliseconds) in Units)
        {
            if (left >= milliseconds)
            {
                text.Append(CultureInfo.InvariantCulture, $"{left / milliseconds}{unit}");
                left %= milliseconds;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static int UnitOf(ReadOnlySpan<char> letters)
    {
        for (var i = 0; i < Units.Length; i++)
        {
            if (letters.SequenceEqual(Units[i].Unit))
            {
                return i;
            }
        }

        return -1;
    }
}
