using System.Globalization;
using System.Text;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>The list of tasks as people read it.</summary>
internal static class TaskTableText
{
    private const int MostAsking = 5;
    private const int Percent = 100;
    private const string Unknown = "?";

    public static string Of(TaskList tasks, bool all, Terminal terminal)
    {
        if (tasks.Rows.IsEmpty)
        {
            return all
                ? "no tasks yet; try: fleet add \"title\" -- COMMAND\n"
                : "no open tasks; try: fleet tasks --all\n";
        }

        var table = new Table(
            "ID",
            "STATE",
            "AGENT",
            "CODER",
            "ELAPSED",
            "IDLE",
            "TOKENS",
            "IN",
            "OUT",
            "CACHED",
            "CONTEXT",
            "COST",
            "DIRECTORY",
            "TITLE"
        );
        foreach (var row in tasks.Rows)
        {
            table.Add(
                row.Id.ToString(),
                new Cell(Words.State(row.State, row.By, row.WaitingFor), Words.InkOf(row.State, row.WaitingFor)),
                row.Agent ?? "",
                row.Model is null ? row.Coder : $"{row.Coder}/{row.Model}",
                Words.Of(row.Elapsed),
                Words.Of(row.Idle),
                Figure(row, row.Tokens is { } tokens ? UsageWords.Tokens(tokens) : null),
                Live(row, row.Live?.Spent.Input),
                Live(row, row.Live?.Spent.Output),
                Live(row, row.Live?.Spent.CacheRead),
                Context(row.Live),
                Figure(row, Cost(row)),
                row.Directory.Length == 0 ? row.Repository : $"{row.Repository}/{row.Directory}",
                row.Title
            );
        }

        var text = new StringBuilder(table.Render(terminal));
        if (tasks.More > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"and {tasks.More} more: fleet tasks --limit {tasks.Rows.Length + tasks.More}\n"
            );
        }

        return text.Append(Talking(tasks, terminal)).Append(Asking(tasks, terminal)).ToString();
    }

    /// <summary>Of a run whose coder tells figures, one that it does not tell is unknown.</summary>
    private static string Figure(TaskRow row, string? figure) =>
        figure is null
            ? row.Live is null
                ? ""
                : Unknown
            : row.IsEstimated is true
                ? $"~{figure}"
                : figure;

    private static string Live(TaskRow row, long? tokens) =>
        row.Live is not { } live ? ""
        : tokens is null ? Unknown
        : live.IsEstimated ? $"~{UsageWords.Tokens(tokens)}"
        : UsageWords.Tokens(tokens);

    private static string Context(LiveFigures? live) =>
        live switch
        {
            null => "",
            { ContextShare: { } share } => string.Create(CultureInfo.InvariantCulture, $"{Percent * share:0} %"),
            { ContextTokens: { } used } => $"{UsageWords.Tokens(used)} of {Unknown}",
            _ => Unknown,
        };

    /// <summary>What the live coders did last, and what holds them up.</summary>
    private static string Talking(TaskList tasks, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var row in tasks.Rows.Where(row => row.Live is { Last.Length: > 0 }))
        {
            var line = Plain.Cut($"› {row.Id}  {Told(row.Live!)}", (terminal.Width ?? 200) - 1);
            text.Append(Words.Paint(line, Ink.Faint, terminal.Colours)).Append('\n');
        }

        return text.Length == 0 ? "" : $"\n{text}";
    }

    /// <summary>What it did last, and what holds it up.</summary>
    public static string Told(LiveFigures live)
    {
        var retries = live.Retries == 0 ? "" : $"; {Words.Retries(live.Retries)}";
        return $"{live.Last}{retries}{(live.Limit is { } limit ? $"; {Words.Of(limit)}" : "")}";
    }

    /// <summary>What coders told, and beside it what the rest is by list price.</summary>
    private static string? Cost(TaskRow row)
    {
        var told = row.Cost?.ToString("0.00", CultureInfo.InvariantCulture);
        var list = row.ListCost?.ToString("0.00 'list price'", CultureInfo.InvariantCulture);
        return told is null && list is null ? null : string.Join(" + ", new[] { told, list }.OfType<string>());
    }

    /// <summary>What waits for a person, with the reason: the one thing not to be missed.</summary>
    private static string Asking(TaskList tasks, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (var row in tasks.Rows.Where(row => row.WaitingFor is WaitingFor.Person).Take(MostAsking))
        {
            var line = Plain.Cut($"! {row.Id}  {row.Why}", (terminal.Width ?? 200) - 1);
            text.Append(Words.Paint(line, Ink.Attention, terminal.Colours)).Append('\n');
        }

        return text.Length == 0 ? "" : $"\n{text}";
    }
}
