using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Fleet.Coders;
using Fleet.Rules.Runs;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Coders;

/// <summary>Events as lines that a person can approve.</summary>
internal static class EventLines
{
    private const int Longest = 300;

    public static string Text(Played played)
    {
        var text = new StringBuilder();
        foreach (var seen in played.Events)
        {
            text.Append(Line(seen)).Append('\n');
        }

        foreach (var written in played.Written)
        {
            text.Append("wrote    ").Append(Short(written)).Append('\n');
        }

        return text.ToString();
    }

    private static string Line(CoderEvent seen) =>
        seen switch
        {
            CoderEvent.SessionStarted e => $"session  {e.Session} model {Or(e.Model)} context {Or(e.ContextTokens)}",
            CoderEvent.TurnStarted => "turn",
            CoderEvent.Text e => $"text     {Short(e.Words)}",
            CoderEvent.ToolStarted e => $"tool     {e.Id} {e.Tool} {Short(e.Input)}",
            CoderEvent.ToolFinished e => $"tool     {e.Id} {(e.Failed ? "failed" : "finished")}: {Short(e.Output)}",
            CoderEvent.ToolDenied e => $"denied   {e.Id} {e.Tool}: {Short(e.Why)}",
            CoderEvent.ApprovalAsked e => $"asks     {e.Request} {e.Tool} {Short(e.Input)}",
            CoderEvent.QuestionAsked e => $"question {e.Request} {Short(e.Words)}",
            CoderEvent.UsageSeen e => $"usage    {(e.IsExact ? "exact" : "estimated")} {Figures(e.Delta)}",
            CoderEvent.ContextSeen e => $"context  {e.Tokens} of {Or(e.Of)}",
            CoderEvent.RetrySeen e => $"retry    {e.Attempt} after {Or(e.Delay?.TotalMilliseconds)} ms: {e.Class}",
            CoderEvent.LimitSeen e => $"limit    {e.Window} used {Or(e.Used)} resets {Or(e.ResetsAt?.UtcDateTime)}"
                + (e.IsReached ? ", reached" : ""),
            CoderEvent.TurnEnded e => $"end      {Ended(e.End)}",
            CoderEvent.Notice e => $"notice   {Short(e.Words)}",
            _ => throw new InvalidOperationException(seen.ToString()),
        };

    private static string Ended(TurnEnd end) =>
        end switch
        {
            TurnEnd.Done done => $"done: {Short(done.Text)}",
            TurnEnd.Failed failed => $"failed, {failed.Class}: {Short(failed.Why)}",
            TurnEnd.Interrupted => "interrupted",
            _ => throw new InvalidOperationException(end.ToString()),
        };

    private static string Figures(Usage usage) =>
        $"in {Or(usage.Input)} cached {Or(usage.CacheRead)} to cache {Or(usage.CacheWrite)} out {Or(usage.Output)}"
        + $" reasoning {Or(usage.Reasoning)} usd {Or(usage.Usd)}";

    private static string Or(string? text) => text ?? "?";

    private static string Or<T>(T? value)
        where T : struct, IFormattable =>
        value?.ToString(value is DateTime ? "u" : null, CultureInfo.InvariantCulture) ?? "?";

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings("⏎");
        return line.Length > Longest ? $"{line[..Longest]}… ({line.Length} characters)" : line;
    }
}

/// <summary>Texts that a person approved, next to the streams they come from.</summary>
internal static class Approved
{
    /// <summary>Null where the approved text is what came now.</summary>
    public static string? Difference(string stream, string text)
    {
        var path = Path.Combine(CoderGround.Folder, $"{Path.GetFileNameWithoutExtension(stream)}.events");
        if (Environment.GetEnvironmentVariable("FLEET_REGENERATE") == "1")
        {
            File.WriteAllText(path, text);
        }

        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        return approved == text ? null : $"{stream} now reads:\n{text}but was approved as:\n{approved}";
    }

    public static void All(ImmutableArray<(string Stream, string Text)> read)
    {
        var wrong = read.Select(one => Difference(one.Stream, one.Text)).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}Right as it is now? FLEET_REGENERATE=1 ./check real");
    }
}
