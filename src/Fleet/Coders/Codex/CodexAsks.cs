namespace Fleet.Coders.Codex;

/// <summary>What Fleet asks of app-server.</summary>
internal enum CodexAsk
{
    Initialize,
    Thread,
    Turn,
    Steer,
    Interrupt,
}

/// <summary>
/// Fleet's own requests that are not answered yet. Ids count up; an answer to an id that is not known was asked for by
/// a daemon before this one, and pushes the count on, so that no id is used twice.
/// </summary>
internal sealed class CodexAsks
{
    private readonly Dictionary<long, (CodexAsk Ask, string? Words)> open = [];
    private long last;

    public long Next(CodexAsk ask, string? words = null)
    {
        open[++last] = (ask, words);
        return last;
    }

    public bool IsOpen(CodexAsk ask) => open.Values.Any(asked => asked.Ask == ask);

    public (CodexAsk? Ask, string? Words) Close(long? id)
    {
        if (id is not { } known)
        {
            return (null, null);
        }

        last = Math.Max(last, known);
        return open.Remove(known, out var asked) ? (asked.Ask, asked.Words) : (null, null);
    }
}
