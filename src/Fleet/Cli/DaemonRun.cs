using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Web;

namespace Fleet.Cli;

/// <summary>Runs a daemon with its doors: in this process, or in one of its own.</summary>
internal static class DaemonRun
{
    public static async Task<int> Here(Call call, CancellationToken stop)
    {
        var outcome = await DaemonStart.Run(
            call.Home,
            ControlSocket.Of(call.Home),
            (host, end) => Serve(call, host, end),
            call.Clock,
            stop
        );
        return outcome switch
        {
            DaemonOutcome.Ended { Deposed: true } => call.Fail(
                Answer.Failed,
                "another daemon took over this home",
                next: "fleet tasks",
                where: call.Home.Root
            ),
            DaemonOutcome.Ended => Answer.Done,
            DaemonOutcome.Broke broke => call.Fail(
                Answer.Failed,
                $"the daemon ended because a part of it broke: {broke.Part}",
                broke.Why,
                "fleet up",
                call.Home.DaemonLog
            ),
            DaemonOutcome.SomeoneElse other => call.Fail(
                Answer.Failed,
                "a daemon runs already",
                $"process {other.Pid} is in charge",
                "fleet tasks",
                call.Home.Root
            ),
            DaemonOutcome.CannotStart no => call.Fail(CannotStart(no)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Answers once the new daemon serves, or with the reason why it does not.</summary>
    public static async Task<int> Detached(Call call, CancellationToken stop)
    {
        if (ControlSocket.Answers(ControlSocket.Of(call.Home)))
        {
            return call.Tell(new Answer(Answer.Done, "a daemon runs already"));
        }

        var why = await DaemonLaunch.Start(call.Home, call.Clock, stop);
        return why is null
            ? call.Tell(new Answer(Answer.Done, "the daemon runs"))
            : call.Fail(DidNotComeUp(why, DaemonLaunch.LogPath(call.Home)));
    }

    /// <summary>Several mistakes of a settings file are told one by one.</summary>
    private static UserError CannotStart(DaemonOutcome.CannotStart no) =>
        new(Answer.Failed, no.What, no.Where, no.Why, no.Next)
        {
            Full = no.Why.StartsWith(ErrorText.Begins, StringComparison.Ordinal) ? no.Why : null,
        };

    /// <summary>An error that the daemon itself wrote is passed on as it is, with its places and carets.</summary>
    private static UserError DidNotComeUp(string why, string log) =>
        new(Answer.Failed, "the daemon did not come up", log, why, "fleet up")
        {
            Full = why.StartsWith(ErrorText.Begins, StringComparison.Ordinal) ? $"{why}\n" : null,
        };

    private static async Task Serve(Call call, DaemonHost host, CancellationToken end)
    {
        var control = new ControlApi(
            () => host.Pump.State,
            host.Pump.Ask,
            host.Log,
            host.Watch.Live,
            host.Pump.ChangedAfter,
            call.Clock,
            Environment.ProcessId
        );
        await using var door = await HttpDoor.Open(control, call.Home, end);
        call.Terminal.Note($"fleet is up, process {Environment.ProcessId}; see: fleet tasks");
        await Task.Delay(Timeout.InfiniteTimeSpan, call.Clock, end);
    }
}
