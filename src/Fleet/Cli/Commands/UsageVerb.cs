using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Log;
using Fleet.Log.Sqlite;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli.Commands;

/// <summary>What was spent, from the record: the same with a daemon and without one.</summary>
internal sealed class UsageVerb : Verb
{
    private readonly Option<string> by = new("--by")
    {
        Description = "model (unless you say), agent, task, account, or day (UTC).",
        HelpName = "WHAT",
    };

    public UsageVerb()
        : base("usage", "What was spent: tokens and cost, by model, agent, task, account or day.")
    {
        by.AcceptOnlyFromAmong([.. Enum.GetNames<UsageBy>().Select(name => name.ToLowerInvariant())]);
        Takes(by);
        Example("fleet usage", "by model; what no coder told is unknown, and never 0");
        Example("fleet usage --by day --json | jq -r '.items[] | [.by, .usd] | @tsv'", "for programs");
    }

    public override Task<int> Run(Call call, CancellationToken stop)
    {
        var table = new UsageTable(Enum.Parse<UsageBy>(call.Value(by) ?? nameof(UsageBy.Model), ignoreCase: true));
        if (File.Exists(call.Home.Database))
        {
            switch (SqliteLog.Open(call.Home.Database))
            {
                case LogOpening.Refused { Failure: var failure }:
                    return Task.FromResult(
                        call.Fail(Answer.Failed, failure.What, failure.Why, failure.Next, failure.Place)
                    );
                case LogOpening.Opened opened:
                    using (opened.Log)
                    {
                        Read(opened.Log, table);
                    }

                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        if (call.Json)
        {
            call.Show(CliJson.Usage(table.Rows));
        }
        else
        {
            call.Terminal.Write(UsageText.Of(table, call.Terminal));
        }

        return Task.FromResult(Answer.Done);
    }

    private static void Read(IEventLog log, UsageTable table)
    {
        foreach (var stored in log.Read(0).Where(stored => UsageTable.Follows(stored.Kind)))
        {
            if (Envelope.Read(stored) is { } fact)
            {
                table.Add(fact);
            }
        }
    }
}
