using System.Globalization;

namespace Fleet.Coders;

/// <summary>How programs write when a limit resets.</summary>
internal static class ResetText
{
    private const double LongestDays = 400;

    /// <summary>A time such as <c>34m13s</c> or <c>2h 5m</c> at the start of a text, or a number of seconds.</summary>
    public static TimeSpan? After(ReadOnlySpan<char> text)
    {
        var seconds = 0.0;
        var any = false;
        while (true)
        {
            text = text.TrimStart();
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length : digits;
            if (digits is 0 or > 9)
            {
                break;
            }

            var number = double.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[digits..].TrimStart();
            var unit = text is [var letter, ..] ? Seconds(letter) : null;
            if (unit is null)
            {
                return any ? Bounded(seconds) : Bounded(number);
            }

            (seconds, any) = (seconds + (number * unit.Value), true);
            var word = text.IndexOfAnyExceptInRange('a', 'z');
            text = word < 0 ? [] : text[word..];
        }

        return any ? Bounded(seconds) : null;
    }

    /// <summary>A moment as ISO 8601 with its zone, or as seconds since 1970; a clock without a date is none.</summary>
    public static DateTimeOffset? At(string text)
    {
        const long year9999 = 253_402_300_799;
        text = text.Trim();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds <= year9999 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        }

        return
            text.Contains('T')
            && DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
            ? moment
            : null;
    }

    private static double? Seconds(char unit) =>
        unit switch
        {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => null,
        };

    private static TimeSpan? Bounded(double seconds) =>
        seconds <= LongestDays * 86_400 ? TimeSpan.FromSeconds(seconds) : null;
}
