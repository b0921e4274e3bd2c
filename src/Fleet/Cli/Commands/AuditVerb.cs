using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Shows the record, and proves that it is whole.</summary>
internal sealed class AuditVerb : Verb
{
    private readonly Argument<string> what = new("WHAT") { Description = "log, or verify." };
    private readonly Option<long> after = new("--after")
    {
        Description = "log: events after this number.",
        HelpName = "SEQ",
    };
    private readonly Option<int?> limit = new("--limit") { Description = "log: at most so many.", HelpName = "N" };
    private readonly Option<bool> follow = new("--follow", "-f") { Description = "log: stay and show what comes." };

    public AuditVerb()
        : base("audit", "Show the record of everything, or prove that it is whole.")
    {
        what.AcceptOnlyFromAmong("log", "verify");
        Takes(what);
        Takes(after, limit, follow);
        Example("fleet audit log --after 1200", "who did what, when, and because of what");
        Example("fleet audit verify", "every hash, and every anchor outside of the log");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Value(what) == "verify" ? Verify(call) : Log(call, stop);

    private async Task<int> Log(Call call, CancellationToken stop)
    {
        await using var control = call.Connect();
        if (call.Value(limit) is not { } most)
        {
            return await EventList.Show(call, control, null, call.Value(after), call.Value(follow), stop);
        }

        var page = await control.Events(new EventQuery(call.Value(after), most), stop);
        EventList.Show(call, page);
        return Answer.Done;
    }

    private static async Task<int> Verify(Call call)
    {
        if (!File.Exists(call.Home.Database))
        {
            return call.Tell(new Answer(Answer.Done, "there is no record yet"));
        }

        switch (SqliteLog.Open(call.Home.Database))
        {
            case LogOpening.Refused { Failure: var failure }:
                return call.Fail(Answer.VerificationFailed, failure.What, failure.Why, failure.Next, failure.Place);
            case LogOpening.Opened opened:
                using (opened.Log)
                {
                    var anchors = await AnchorsOfHome.Read(call.Home);
                    return Tell(call, AuditAnswer.Of(AuditVerify.Of(opened.Log, anchors, Redacted)));
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static long? Redacted(StoredEvent stored) =>
        stored.Kind == "record.body_redacted" && Envelope.Read(stored)?.Event is Event.BodyRedacted redacted
            ? redacted.Seq
            : null;

    private static int Tell(Call call, AuditAnswer answer)
    {
        if (call.Json)
        {
            call.Show(CliJson.Audit(answer));
            return answer.Whole ? Answer.Done : Answer.VerificationFailed;
        }

        return answer.Whole
            ? call.Tell(new Answer(Answer.Done, answer.Words))
            : call.Fail(
                Answer.VerificationFailed,
                $"the record is not whole: event {answer.FirstBadSeq}",
                answer.Words,
                "copy the home aside as it is, then: fleet audit log",
                call.Home.Database
            );
    }
}
