using System.Collections.Immutable;

namespace Fleet.Rules.Tasks;

/// <summary>
/// How a person speaks to a task's coder: to a live run if it can hear, else with the next run's brief.
/// </summary>
public static class Tellings
{
    public const int LongestWords = 10_000;
    private const int MostTold = 100;

    public static Decision Say(FleetTask task, string words) =>
        Problem(words) is { } problem ? Decision.Refuse(Answer.Usage, problem, "fleet say --help")
        : task.AbandonAsked is not null ? No(task, "is being abandoned", $"fleet task {task.Id}")
        : !Hears(task) ? No(task, "is done by a command, which hears nobody", $"fleet edit {task.Id}")
        : task.Proposal is { IsRefuted: false }
            ? No(task, "has made its proposal: say why it will not do", $"fleet reject {task.Id} --why \"…\"")
        : task.Told.Length >= MostTold ? No(task, $"was told {MostTold} things already", $"fleet abandon {task.Id}")
        : Decision.Done(Answered(task), new Event.TaskTold(task.Id, words));

    /// <summary>What the brief of the task's newest run says of this: all of it where its session is new.</summary>
    public static IEnumerable<Told> InBrief(FleetTask task) =>
        task.Run is { } run
            ? task.Told.Where(told =>
                told.Seq < run.Seq
                && (run.Resume is null || told.Heard == run.Id)
                && !string.Equals(told.Words, Redaction.Mark, StringComparison.Ordinal)
            )
            : [];

    /// <summary>A run begins with what waits, and with what the last one was given but never woke up to hear.</summary>
    internal static ImmutableArray<Told> GivenTo(RunId run, FleetTask task) =>
        [
            .. task.Told.Select(told =>
                told.Heard is null || (task.Run is { Session: null } last && told.Heard == last.Id)
                    ? told with
                    {
                        Heard = run,
                    }
                    : told
            ),
        ];

    private static string? Problem(string words) =>
        string.IsNullOrWhiteSpace(words) ? "there is nothing to say"
        : words.Length > LongestWords ? $"at most {LongestWords} characters are said at once"
        : null;

    private static bool Hears(FleetTask task) =>
        task is { HasOpenRun: true, Run: { } run } ? run.HasTurns : !task.Brief.IsCommand;

    private static string Answered(FleetTask task) =>
        task is { HasOpenRun: true, Run: { Stop: null, Turn: null } run }
            ? $"run {run.Id} hears it as soon as its coder can; the next run, if it ends before"
            : $"task {task.Id} hears it with its next run";

    private static Decision No(FleetTask task, string why, string hint) =>
        Decision.Refuse(Answer.Refused, $"task {task.Id} {why}", hint);
}
