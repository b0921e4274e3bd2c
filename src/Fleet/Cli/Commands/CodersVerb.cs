using System.Collections.Immutable;
using Fleet.Cli.Output;
using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Cli.Commands;

/// <summary>Every coder that Fleet knows: where its program is, and what works with it.</summary>
internal sealed class CodersVerb : Verb
{
    public CodersVerb()
        : base("coders", "Every coder that Fleet knows: is it installed, and what works with it.")
    {
        Example("fleet coders", "claude, codex, gemini, opencode and agy, installed or not");
    }

    public override Task<int> Run(Call call, CancellationToken stop)
    {
        ImmutableArray<CoderRow> rows = [.. CoderCatalogue.Known.Select(coder => Row(call, coder))];
        if (call.Json)
        {
            call.Show(CliJson.Coders(rows));
            return Task.FromResult(Answer.Done);
        }

        var table = new Table("CODER", "PROGRAM", "ACCOUNT", "WORKS", "DOES UNASKED");
        foreach (var row in rows)
        {
            table.Add(row.Name, row.Program ?? "not installed", row.Account, string.Join(", ", row.Works), row.Unasked);
        }

        call.Terminal.Write(table.Render(call.Terminal));
        return Task.FromResult(Answer.Done);
    }

    private static CoderRow Row(Call call, ICoder coder) =>
        new(
            coder.Name,
            ExecutablePath.Find(
                coder.Name,
                call.Directory,
                new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = call.Variable("PATH") ?? "" }
            ),
            call.Home.Coder(coder.Name),
            [.. Works(coder.Abilities)],
            coder.Abilities.Unasked
        );

    private static IEnumerable<string> Works(CoderAbilities can)
    {
        (bool Can, string What)[] all =
        [
            (can.Resumes, "resume"),
            (can.Steers, "steer"),
            (can.Interrupts, "interrupt"),
            (can.AsksPermission, "permissions"),
            (can.TellsTokens, "tokens"),
            (can.TellsCost, "cost"),
            (can.TellsReset, "limit resets"),
        ];
        return all.Where(one => one.Can).Select(one => one.What);
    }
}
