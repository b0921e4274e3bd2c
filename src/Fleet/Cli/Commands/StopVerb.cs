using System.CommandLine;
using Fleet.Cli.Options;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Stops one task's run, or every process of every run: also while the daemon hangs or is dead.</summary>
internal sealed class StopVerb : Verb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Argument<TaskId?> id = TaskIdArgument.Optional("The task.");
    private readonly Option<bool> all = new("--all")
    {
        Description = "Everything, at once; nothing starts until fleet resume.",
    };

    public StopVerb()
        : base("stop", "Stop a task, or everything; the work is kept.")
    {
        Takes(id);
        Takes(all);
        Example("fleet stop 12", "its coder is interrupted, then ended; its work is kept for fleet retry 12");
        Example("fleet stop --all", "no process of any run is left, whatever the daemon does");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        (call.Value(id), call.Value(all)) switch
        {
            ({ } task, false) => call.Ask(new Request.StopTask(task), stop),
            (null, true) => StopAll(call, stop),
            _ => Task.FromResult(call.Fail(Answer.Usage, "name one task, or --all", next: "fleet stop --help")),
        };

    private static async Task<int> StopAll(Call call, CancellationToken stop)
    {
        var why = $"stopped by {call.Who.Name}";
        var recorded = await Record(call, why, stop);
        var report = StopEverything.Now(
            call.Home.Root,
            [call.Home.Runs, call.Home.Gates],
            call.Who.Name,
            why,
            call.Clock.GetUtcNow()
        );
        return Tell(call, report, recorded);
    }

    /// <summary>A daemon in good health takes note first; one that hangs finds the mark later.</summary>
    private static async Task<string?> Record(Call call, string why, CancellationToken stop)
    {
        if (!Directory.Exists(call.Home.Root))
        {
            return null;
        }

        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Patience);
        try
        {
            await using var control = call.Connect();
            var answer = await control.Ask(call.Asking(new Request.StopAll(why)), late.Token);
            return answer.Code == Answer.Done ? null : answer.Message;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "the daemon did not answer";
        }
        catch (UserErrorException refused)
        {
            return refused.Error.What;
        }
    }

    private static int Tell(Call call, StopReport report, string? unrecorded)
    {
        var left = report.Kill.Left;
        if (unrecorded is not null)
        {
            call.Terminal.Note($"not recorded yet: {Plain.Line(unrecorded)}");
        }

        if (report.HaltFailure is { } failure)
        {
            call.Terminal.Note($"new starts could not be forbidden: {Plain.Line(failure)}");
        }

        foreach (var record in report.Unreadable)
        {
            call.Terminal.Note($"a record could not be read, its processes may still run: {Plain.Line(record)}");
        }

        if (left.Count > 0 || report.HaltFailure is not null || report.Unreadable.Count > 0)
        {
            return call.Fail(
                Answer.Failed,
                $"{report.Kill.Processes} processes ended, {left.Count} remain",
                left.Count == 0 ? null : $"still there: {string.Join(", ", left)}",
                "fleet stop --all"
            );
        }

        return call.Tell(
            new Answer(
                Answer.Done,
                $"everything stopped: {report.Kill.Processes} processes ended; go on with fleet resume"
            )
        );
    }
}
