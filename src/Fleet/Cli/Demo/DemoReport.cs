using System.Globalization;
using System.Text;
using Fleet.Cli.Output;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.Cli.Demo;

/// <summary>What the demo came to, read from the fleet's own views.</summary>
internal static class DemoReport
{
    /// <summary>Nothing more will happen to a task by itself.</summary>
    public static bool HasEnded(TaskRow row) =>
        row.State is TaskState.Landed or TaskState.Abandoned
        || row is { State: TaskState.Waiting, WaitingFor: WaitingFor.Person };

    /// <summary>One line of news about a task, for pipes and plain terminals.</summary>
    public static string News(TaskRow row, TimeSpan since) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{since.TotalSeconds, 5:0.0}s  {row.Id, 2}  {Standing(row), -20}  {Plain.Line(row.Title)}{Because(row)}"
        );

    public static string Summary(TaskList tasks, IReadOnlyDictionary<string, string> kept, string root)
    {
        var text = new StringBuilder("\nlanded: proven by the gate on exactly the tree that is now on trunk\n");
        foreach (var row in tasks.Rows.Where(r => r.State is TaskState.Landed).OrderBy(r => r.Id))
        {
            Add(text, $"  ● {row.Id, 2}  {Plain.Line(row.Title)}  {row.Commit}");
        }

        text.Append("\nnot landed, and why\n");
        foreach (var row in tasks.Rows.Where(r => r.State is not TaskState.Landed).OrderBy(r => r.Id))
        {
            Add(text, $"  ✗ {row.Id, 2}  {Plain.Line(row.Title)}\n        {Plain.Line(row.Why)}");
            if (kept.TryGetValue(row.Id.ToString(), out var pin))
            {
                Add(text, $"        its work is kept: {pin}");
            }
        }

        return text.Append(Closing(root)).ToString();
    }

    private static string Closing(string root) =>
        $"""

            Writes to your own checkout are only noticed, not stopped, until the sandbox exists. This demo lands what is
            proven by itself (landing: auto); in your own repository a person approves by default.

            look closer:
              export FLEET_HOME={root}/home
              fleet tasks --all                  every task, and who says so
              fleet task 3 why                   why a lie did not land
              fleet task 6 show                  what a crash left behind
              fleet audit log                    everything that happened
              fleet audit verify                 proof that the record is whole
              git -C {root}/shop log --oneline --graph
            remove it all: it lies in {root}

            """.ReplaceLineEndings("\n");

    private static string Standing(TaskRow row) => Words.State(row.State, row.By, row.WaitingFor);

    private static string Because(TaskRow row) => row.Why.Length == 0 ? "" : $"  ({Plain.Line(row.Why)})";

    private static void Add(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
