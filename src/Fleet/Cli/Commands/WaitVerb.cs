using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Views;

namespace Fleet.Cli.Commands;

/// <summary>Waits until a task has reached a state, or cannot reach it by itself any more.</summary>
internal sealed class WaitVerb : Verb
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    private readonly Argument<TaskId> id = TaskIdArgument.Of("The task.");
    private readonly Option<string> state = new("--for")
    {
        Description = "The state to wait for; one that lies further on the way to trunk counts too.",
        HelpName = "STATE",
        Required = true,
    };
    private readonly Option<TimeSpan?> timeout = DurationOption.Of(
        "--timeout",
        "Give up after so long, such as 30m; 0s only asks."
    );

    public WaitVerb()
        : base("wait", "Wait until a task has reached a state.")
    {
        state.AcceptOnlyFromAmong([.. Enum.GetValues<TaskState>().Select(Words.Of)]);
        Takes(id);
        Takes(state, timeout);
        Example("fleet wait 12 --for landed --timeout 30m", "0 once it is on trunk, 12 when the time is over");
        Example(
            "fleet wait 12 --for proven || fleet task 12 why",
            "9 when a gate refused it, 11 when it needs a person"
        );
        Example("fleet wait 12 --for landed --timeout 0s", "only ask: 8 while it is still pending");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var wanted = Enum.Parse<TaskState>(call.Value(state)!, ignoreCase: true);
        var began = call.Clock.GetTimestamp();
        var patience = call.Value(timeout) ?? TimeSpan.MaxValue;
        while (true)
        {
            await using var control = call.Connect();
            var asOf = (await control.Status(stop)).AsOf;
            if (await control.Story(call.Value(id), stop) is not { } story)
            {
                return call.Fail(Answer.NotFound, $"there is no task {call.Value(id)}", next: "fleet tasks --all");
            }

            if (Verdict(story, wanted) is { } code)
            {
                return Tell(call, story, code);
            }

            var left = patience - call.Clock.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return Tell(call, story, patience == TimeSpan.Zero ? ExitCode.Pending : ExitCode.TimedOut);
            }

            await control.Events(new EventQuery(asOf, 1, story.Row.Id, left < LongPoll ? left : LongPoll), stop);
        }
    }

    /// <summary>The exit code, or null while it may still come about by itself or by an approval.</summary>
    internal static int? Verdict(TaskStory story, TaskState wanted)
    {
        var row = story.Row;
        if (row.State == wanted || (Rank(row.State) is { } reached && Rank(wanted) is { } asked && reached >= asked))
        {
            return Answer.Done;
        }

        return row.State switch
        {
            TaskState.Landed or TaskState.Abandoned => Answer.Failed,
            TaskState.Waiting when row.WaitingFor is WaitingFor.Person && !NeedsOnlyApproval(story) =>
                row.Why.StartsWith("refused:", StringComparison.Ordinal)
                    ? Answer.VerificationFailed
                    : Answer.NeedsPerson,
            TaskState.Waiting when row.WaitingFor is WaitingFor.Budget && !ShortageWords.PassesByItself(row.Why) =>
                Answer.Refused,
            _ => null,
        };
    }

    /// <summary>How far along the way to trunk; the other states lie beside it.</summary>
    private static int? Rank(TaskState state) =>
        state is TaskState.Waiting or TaskState.Abandoned or TaskState.Draft ? null : (int)state;

    private static bool NeedsOnlyApproval(TaskStory story) =>
        WhyStory.Of(story, []).Next is { } next && next.StartsWith("fleet approve", StringComparison.Ordinal);

    private static int Tell(Call call, TaskStory story, int code)
    {
        var row = story.Row;
        if (code == Answer.Done)
        {
            if (call.Json)
            {
                return call.Show(ControlJson.Write(story));
            }

            call.Terminal.Note($"task {row.Id} is {Words.State(row.State, row.By, row.WaitingFor)}");
            return code;
        }

        var what =
            code == ExitCode.TimedOut ? "the time is over: "
            : code == ExitCode.Pending ? "not yet: "
            : "";
        var stands = Words.State(row.State, row.By, row.WaitingFor);
        return call.Fail(code, $"{what}task {row.Id} is {stands}", row.Why, $"fleet task {row.Id} why");
    }
}
