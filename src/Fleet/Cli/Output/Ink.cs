using System.Globalization;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>The few colours, used only where something wants attention; never the only sign.</summary>
internal enum Ink
{
    None,
    Good,
    Attention,
    Bad,
    Faint,
}

/// <summary>Words and marks for values, and the ink they are written in.</summary>
internal static class Words
{
    private const int SecondsPerMinute = 60;
    private const int MinutesPerHour = 60;
    private const int HoursPerDay = 48;

    /// <summary>Who says so.</summary>
    public static char Mark(Source by) =>
        by switch
        {
            Source.Claim => '◌',
            Source.Evidence => '●',
            Source.Person => '■',
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static string Of(TaskState state) => state.ToString().ToLowerInvariant();

    public static string Of(Source by) => by.ToString().ToLowerInvariant();

    public static string State(TaskState state, Source by, WaitingFor? waitingFor) =>
        waitingFor is { } what
            ? $"{Mark(by)} {Of(state)}, {what.ToString().ToLowerInvariant()}"
            : $"{Mark(by)} {Of(state)}";

    public static Ink InkOf(TaskState state, WaitingFor? waitingFor) =>
        waitingFor is WaitingFor.Person ? Ink.Attention
        : state is TaskState.Landed or TaskState.Proven ? Ink.Good
        : state is TaskState.Abandoned ? Ink.Faint
        : Ink.None;

    /// <summary>A length of time in at most two units.</summary>
    public static string Of(TimeSpan? time) =>
        time switch
        {
            null => "",
            { TotalSeconds: < SecondsPerMinute } t => Text($"{(int)t.TotalSeconds}s"),
            { TotalMinutes: < MinutesPerHour } t => Text($"{(int)t.TotalMinutes}m{t.Seconds:00}s"),
            { TotalHours: < HoursPerDay } t => Text($"{(int)t.TotalHours}h{t.Minutes:00}m"),
            { } t => Text($"{(int)t.TotalDays}d{t.Hours:00}h"),
        };

    /// <summary>1 run, 2 runs.</summary>
    public static string Count(long number, string thing) => Text($"{number} {thing}{(number == 1 ? "" : "s")}");

    public static string Retries(int number) => number == 1 ? "1 retry" : Text($"{number} retries");

    /// <summary>A window of an account, how full it is and until when.</summary>
    public static string Of(LiveLimit limit)
    {
        var used = limit.Used is { } share ? Text($" {share * 100:0} % used") : "";
        var resets = limit.ResetsAt is { } at ? $", resets {Of(at)}" : "";
        return $"limit {limit.Window}{(limit.IsReached ? " reached" : used)}{resets}";
    }

    public static string Of(DateTimeOffset at) => Text($"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");

    public static string Paint(string text, Ink ink, bool colours) =>
        !colours || ink is Ink.None ? text : $"\u001b[{Code(ink)}m{text}\u001b[0m";

    private static string Code(Ink ink) =>
        ink switch
        {
            Ink.Good => "32",
            Ink.Attention => "33",
            Ink.Bad => "31",
            Ink.Faint => "2",
            _ => "0",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
