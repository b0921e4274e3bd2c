using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Shows the record, proves that it is whole, and removes a text that should not be in it.</summary>
internal sealed class AuditVerb : Verb
{
    private readonly Argument<string> what = new("WHAT") { Description = "log, verify, or redact." };
    private readonly Argument<long?> seq = new("SEQ")
    {
        Description = "redact: the number of the event.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<long> after = new("--after")
    {
        Description = "log: events after this number.",
        HelpName = "SEQ",
    };
    private readonly Option<int?> limit = new("--limit") { Description = "log: at most so many.", HelpName = "N" };
    private readonly Option<bool> follow = new("--follow", "-f") { Description = "log: stay and show what comes." };
    private readonly Option<string> why = new("--why", "-m")
    {
        Description = "redact: why the text must go; this stays in the record.",
        HelpName = "TEXT",
    };

    public AuditVerb()
        : base("audit", "Show the record of everything, prove that it is whole, or remove a text from it.")
    {
        what.AcceptOnlyFromAmong("log", "verify", "redact");
        Takes(what, seq);
        Takes(after, limit, follow, why);
        Example("fleet audit log --after 1200", "who did what, when, and because of what");
        Example("fleet audit verify", "every hash, and every anchor outside of the log");
        Example("fleet audit redact 41 -m \"a password\"", "only the texts go: what happened, when, by whom stays");
    }

    public override Task<int> Run(Call call, CancellationToken stop) =>
        call.Value(what) switch
        {
            "verify" => Verify(call),
            "redact" => Redact(call, stop),
            _ => Log(call, stop),
        };

    private async Task<int> Redact(Call call, CancellationToken stop)
    {
        if (call.Value(seq) is not { } number || string.IsNullOrWhiteSpace(call.Value(why)))
        {
            return call.Fail(
                Answer.Usage,
                "a redaction names one event, and why",
                "the record says for ever that a text was removed, by whom and for which reason",
                "fleet audit redact 41 -m \"a password\""
            );
        }

        await using var control = call.Connect();
        var code = call.Tell(await control.Ask(call.Asking(new Request.Redact(number, call.Value(why)!)), stop));
        if (code == Answer.Done && !call.Json)
        {
            var page = await control.Events(new EventQuery(number - 1, 1), stop);
            call.Terminal.Line($"left of it: {Plain.Line(page.Rows.Single().Body ?? "nothing")}");
            call.Terminal.Line("files of runs, commits in git and backups of the home are not part of the record");
        }

        return code;
    }

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
                    var (anchors, unreadable) = await AnchorsOfHome.Read(call.Home);
                    var report = AuditVerify.Of(opened.Log, anchors, Redactions.ActOf);
                    return Tell(call, AuditAnswer.Of(report, unreadable));
                }

            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

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
                answer.FirstBadSeq is { } seq
                    ? $"the record is not whole: event {seq}"
                    : "the record cannot be proven whole",
                answer.Words,
                "copy the home aside as it is, then: fleet audit log",
                answer.FirstBadSeq is null ? call.Home.AnchorFile : call.Home.Database
            );
    }
}
