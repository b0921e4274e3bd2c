using System.Globalization;
using System.Text;
using Fleet.Rules.Spending;
using Fleet.Rules.Views;

namespace Fleet.Coders;

/// <summary>
/// A coder's conversation as people read it, event by event: what it said as it said it, each tool call in one line.
/// </summary>
/// <remarks>A call's line stays open until its result comes, so that a long one is seen while it runs.</remarks>
internal sealed class ConversationText
{
    private const int MostOpenCalls = 200;
    private const int MostWindows = 20;
    private const double Percent = 100;

    private readonly Dictionary<string, string> calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> windows = new(StringComparer.Ordinal);
    private string? openCall;
    private bool inLine;
    private Usage spent = Usage.Unknown;
    private bool isExact = true;
    private CoderEvent.ContextSeen? context;

    /// <summary>The coder said itself how its last turn ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What is to be written next for this event; empty where it only adds to what comes later.</summary>
    public string Take(CoderEvent seen)
    {
        switch (seen)
        {
            case CoderEvent.UsageSeen usage:
                (spent, isExact) = (spent + usage.Delta, isExact && usage.IsExact);
                return "";
            case CoderEvent.ContextSeen now:
                context = now;
                return "";
            case CoderEvent.TurnStarted:
                HasEnded = false;
                return "";
            case CoderEvent.Text { IsPiece: true } piece:
                return Piece(piece.Words);
            case CoderEvent.Text block:
                return Line(block.Words.TrimEnd('\n'));
            case CoderEvent.ToolStarted call:
                return Begins(call);
            case CoderEvent.ToolFinished result:
                return Ends(result.Id, Result(result));
            case CoderEvent.ToolDenied denied:
                calls.TryAdd(denied.Id, CoderEventWords.Short(denied.Tool));
                return Ends(denied.Id, $"✗ denied: {CoderEventWords.Short(denied.Why)}");
            case CoderEvent.TurnEnded ended:
                return Ends(ended);
            case CoderEvent.LimitSeen limit:
                return IsNews(limit) ? Line($"◷ {CoderEventWords.Of(limit)}") : "";
            case CoderEvent.SessionStarted began:
                return Line($"session {began.Session}{(began.Model is { } model ? $", model {model}" : "")}");
            case CoderEvent.RetrySeen retry:
                return Line($"↻ {CoderEventWords.Of(retry)}");
            case CoderEvent.QuestionAsked asked:
                return Line($"? {asked.Words}");
            case CoderEvent.Notice notice:
                return Line($"· {CoderEventWords.Short(notice.Words)}");
            case CoderEvent.ApprovalAsked:
                return "";
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>What someone said to it.</summary>
    public string Said(string who, string words) => Line($"» {who}: {words}");

    /// <summary>Something about the stream rather than in it.</summary>
    public string Remark(string words) => Line($"· {words}");

    /// <summary>Ends a line that is still open.</summary>
    public string EndLine()
    {
        openCall = null;
        var end = inLine ? "\n" : "";
        inLine = false;
        return end;
    }

    private string Line(string words) => $"{EndLine()}{words}\n";

    private string Piece(string words)
    {
        var begin = openCall is null ? "" : EndLine();
        inLine = words.Length > 0 ? words[^1] != '\n' : inLine;
        return begin + words;
    }

    private string Begins(CoderEvent.ToolStarted call)
    {
        var words = CoderEventWords.Call(call.Tool, call.Input);
        if (calls.Count < MostOpenCalls)
        {
            calls[call.Id] = words;
        }

        var text = $"{EndLine()}• {words}";
        (openCall, inLine) = (call.Id, true);
        return text;
    }

    private string Ends(string id, string how)
    {
        calls.Remove(id, out var words);
        if (openCall == id)
        {
            (openCall, inLine) = (null, false);
            return $" {how}\n";
        }

        return Line(words is null ? $"• {how}" : $"• {words} {how}");
    }

    private static string Result(CoderEvent.ToolFinished result)
    {
        var words = CoderEventWords.Short(result.Output);
        return result.Failed ? $"✗ failed: {words}".TrimEnd(' ', ':')
            : words.Length == 0 ? "→ done"
            : $"→ {words}";
    }

    private string Ends(CoderEvent.TurnEnded ended)
    {
        var figures = new StringBuilder();
        if (spent != Usage.Unknown)
        {
            Add(figures, spent.Input, "in");
            Add(figures, spent.Output, "out");
            Add(figures, spent.CacheRead, "cached");
            Add(figures, spent.CacheWrite, "to cache");
            figures.Append(spent.Usd is { } usd ? $", {UsageWords.Money(usd)}" : "");
            figures.Append(isExact ? "" : ", estimated");
        }

        if (context is { } now)
        {
            figures.Append($", context {UsageWords.Tokens(now.Tokens)}");
            figures.Append(now.Of is > 0 and var size ? Share(now.Tokens, size) : "");
        }

        (spent, isExact, HasEnded) = (Usage.Unknown, true, true);
        return Line($"— turn ended: {CoderEventWords.Of(ended.End)}{figures}");
    }

    private static void Add(StringBuilder figures, long? tokens, string what)
    {
        if (tokens is not null)
        {
            figures.Append($", {UsageWords.Tokens(tokens)} {what}");
        }
    }

    private static string Share(long used, long size) =>
        string.Create(CultureInfo.InvariantCulture, $" of {UsageWords.Tokens(size)} ({Percent * used / size:0.#} %)");

    /// <summary>Some tell with every answer how full a window is: only a change is shown.</summary>
    private bool IsNews(CoderEvent.LimitSeen limit)
    {
        var words = CoderEventWords.Of(limit with { ResetsIn = null });
        if (windows.TryGetValue(limit.Window, out var known) ? known == words : windows.Count >= MostWindows)
        {
            return false;
        }

        windows[limit.Window] = words;
        return true;
    }
}
