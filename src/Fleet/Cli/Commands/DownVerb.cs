using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Lets the daemon leave: once its runs have ended, or at once.</summary>
internal sealed class DownVerb : Verb
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Leaving = TimeSpan.FromMilliseconds(50);

    private readonly Option<bool> now = new("--now") { Description = "End the runs; their tasks start again later." };

    public DownVerb()
        : base("down", "Let the runs finish, then end the daemon.")
    {
        Takes(now);
        Example("fleet down", "nothing new starts; the daemon leaves after the last run");
        Example("fleet down --now", "the runs end too, their work is kept, their tasks start again later");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        await using var control = call.Connect();
        if (!control.DaemonRuns)
        {
            return call.Tell(new Answer(Answer.Done, "no daemon runs"));
        }

        var answer = await control.Ask(call.Asking(new Request.Drain(call.Value(now))), stop);
        if (answer.Code != Answer.Done)
        {
            return call.Tell(answer);
        }

        await UntilGone(call, stop);
        return call.Tell(new Answer(Answer.Done, "down"));
    }

    /// <summary>Says how many runs are left each time that changes; leaving this wait leaves the drain going.</summary>
    private static async Task UntilGone(Call call, CancellationToken stop)
    {
        var live = -1;
        var asOf = 0L;
        while (ControlSocket.Answers(ControlSocket.Of(call.Home)))
        {
            try
            {
                await using var control = new HttpControl(call.Home);
                var status = await control.Status(stop);
                if (status.Live != live && status.Live > 0)
                {
                    call.Terminal.Note($"waiting for {Words.Count(status.Live, "run")}");
                }

                live = status.Live;
                asOf = (
                    await control.Events(new EventQuery(Math.Max(asOf, status.AsOf), 1, null, LongPoll), stop)
                ).AsOf;
            }
            catch (UserErrorException)
            {
                // It left in the middle of an answer; the socket tells.
            }

            await Task.Delay(Leaving, call.Clock, stop);
        }
    }
}
