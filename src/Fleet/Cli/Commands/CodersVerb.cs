using System.Collections.Immutable;
using Fleet.Cli.Doctor;
using Fleet.Cli.Output;
using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Cli.Commands;

/// <summary>Every coder that Fleet knows: where its program is, and what works with it.</summary>
internal sealed class CodersVerb : Verb
{
    public CodersVerb()
        : base("coders", "Every coder that Fleet knows: installed, signed in, and what works with it.")
    {
        Example("fleet coders", "claude, codex, gemini, opencode and agy, installed or not");
    }

    public override Task<int> Run(Call call, CancellationToken stop)
    {
        var settings = SettingsHere.OfHome(call.Home).Settings;
        ImmutableArray<CoderRow> rows = [.. CoderCatalogue.Known.Select(coder => Row(call, settings, coder))];
        if (call.Json)
        {
            call.Show(CliJson.Coders(rows));
            return Task.FromResult(Answer.Done);
        }

        var table = new Table("CODER", "PROGRAM", "SIGNED IN", "ACCOUNT", "WORKS", "DOES UNASKED");
        foreach (var row in rows)
        {
            table.Add(
                row.Name,
                row.Program ?? "not installed",
                AccountsHere.Words(row.SignedIn),
                row.Account,
                string.Join(", ", row.Works),
                row.Unasked
            );
        }

        call.Terminal.Write(table.Render(call.Terminal));
        return Task.FromResult(Answer.Done);
    }

    private static CoderRow Row(Call call, HomeSettings settings, ICoder coder)
    {
        var accounts = AccountsHere.Of(call, settings, coder.Name);
        return new CoderRow(
            coder.Name,
            CoderChecks.Program(call, coder.Name),
            string.Join(", ", accounts.Select(account => account.Directory)),
            Any(accounts, SignedIn.Yes) ? SignedIn.Yes
                : Any(accounts, SignedIn.Unknown) ? SignedIn.Unknown
                : SignedIn.No,
            [.. Works(coder.Abilities)],
            coder.Abilities.Unasked
        );
    }

    private static bool Any(ImmutableArray<SeenAccount> accounts, SignedIn signedIn) =>
        accounts.Any(account => account.SignedIn == signedIn);

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
