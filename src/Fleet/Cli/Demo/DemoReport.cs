using System.Globalization;
using System.Text;
using Fleet.Cli.Output;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.Cli.Demo;

/// <summary>What the demo came to, read from the fleet's own views.</summary>
/// <param name="root">Where the demo's repository and home lie.</param>
/// <param name="program">Where this program is, unless the person's shell finds it.</param>
/// <param name="width">Columns of the screen; none in a pipe.</param>
internal sealed class DemoReport(string root, string? program, int? width)
{
    private const string Indent = "        ";
    private const int PipeWidth = 100;

    private readonly int columns = width ?? PipeWidth;

    /// <summary>Nothing more will happen to a task by itself.</summary>
    public static bool HasEnded(TaskRow row) =>
        row.State is TaskState.Landed or TaskState.Abandoned
        || row is { State: TaskState.Waiting, WaitingFor: WaitingFor.Person };

    /// <summary>Whether a line of its own is worth it; what lasts some milliseconds is not.</summary>
    public static bool IsNews(TaskRow row) =>
        row.State is TaskState.Proposed or TaskState.Landed or TaskState.Waiting or TaskState.Abandoned;

    /// <summary>One line of news about a task, for pipes and plain terminals.</summary>
    public static string News(TaskRow row, TimeSpan since) =>
        Plain.Cut(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{since.TotalSeconds, 5:0.0}s  {row.Id, 2}  {Standing(row), -20}  {row.Title}{Because(row)}"
            ),
            PipeWidth
        );

    public string Of(TaskList tasks, IReadOnlyDictionary<string, string> kept)
    {
        var text = new StringBuilder("\nlanded: proven by the gate on exactly the tree that is now on trunk\n");
        foreach (var row in tasks.Rows.Where(r => r.State is TaskState.Landed).OrderBy(r => r.Id))
        {
            text.Append(Line('●', row, row.Commit is { } sha ? $"  {new Commit(sha).Short}" : ""));
        }

        text.Append("\nnot landed, and why\n");
        foreach (var row in tasks.Rows.Where(r => r.State is not TaskState.Landed).OrderBy(r => r.Id))
        {
            text.Append(Line('✗', row, "")).Append(Paragraph.Of(Indent, Plain.Line(row.Why), columns));
            if (kept.TryGetValue(row.Id.ToString(), out var pin))
            {
                text.Append($"{Indent}its work is kept: {pin}\n");
            }
        }

        return text.Append('\n').Append(Closing()).ToString();
    }

    private static string Line(char mark, TaskRow row, string more) =>
        string.Create(CultureInfo.InvariantCulture, $"  {mark} {row.Id, 2}  {Plain.Line(row.Title)}{more}\n");

    private string Closing() =>
        Paragraph.Of(
            "",
            "Writes to your own checkout are only noticed, not stopped, until the sandbox exists. This demo lands what "
                + "is proven by itself (landing: auto); in your own repository a person approves by default.",
            columns
        )
        + "\nlook closer:\n"
        + (program is null ? "" : $"  alias fleet={program}\n")
        + $"""
              export FLEET_HOME={root}/home
              fleet tasks --all                  every task, and who says so
              fleet task 3 why                   why a lie did not land
              fleet task 6 show                  what a crash left behind
              fleet audit log                    everything that happened
              fleet audit verify                 proof that the record is whole
              git -C {root}/shop log --oneline --graph
            All of it lies in {root}; nothing of it runs any more.


            """.ReplaceLineEndings("\n");

    private static string Standing(TaskRow row) => Words.State(row.State, row.By, row.WaitingFor);

    private static string Because(TaskRow row) => row.Why.Length == 0 ? "" : $"  ({row.Why})";
}
