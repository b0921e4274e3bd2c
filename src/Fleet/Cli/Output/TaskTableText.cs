using System.Globalization;
using System.Text;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.Cli.Output;

/// <summary>The list of tasks as people read it.</summary>
internal static class TaskTableText
{
    private const int MostAsking = 5;

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
                row.Tokens?.ToString(CultureInfo.InvariantCulture) ?? "",
                Cost(row),
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

        return text.Append(Asking(tasks, terminal)).ToString();
    }

    /// <summary>What coders told, and beside it what the rest is by list price.</summary>
    private static string Cost(TaskRow row)
    {
        var told = row.Cost?.ToString("0.00", CultureInfo.InvariantCulture);
        var list = row.ListCost?.ToString("0.00 'list price'", CultureInfo.InvariantCulture);
        return string.Join(" + ", new[] { told, list }.OfType<string>());
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
