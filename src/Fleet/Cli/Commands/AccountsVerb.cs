using System.Collections.Immutable;
using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Views;

namespace Fleet.Cli.Commands;

/// <summary>Who pays for the coders, how full each account is, and a person's word that one is in order.</summary>
internal sealed class AccountsVerb : Verb
{
    private readonly Argument<string?> what = new("WHAT")
    {
        Description = "show, or resume.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Argument<string?> name = new("NAME")
    {
        Description = "resume: the account, such as work or claude/work.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public AccountsVerb()
        : base("accounts", "Who pays for the coders: how full each account is, and why it rests.")
    {
        what.AcceptOnlyFromAmong("show", "resume");
        Takes(what, name);
        Example("fleet accounts", "windows as each coder told of them; what it did not tell is unknown");
        Example("fleet accounts resume work", "you signed in again: its tasks go on");
    }

    public override async Task<int> Run(Call call, CancellationToken stop)
    {
        var asked = call.Value(name);
        if (call.Value(what) == "resume")
        {
            return asked is null
                ? call.Fail(Answer.Usage, "name the account", next: "fleet accounts")
                : await call.Ask(new Request.ResumeAccount(asked), stop);
        }

        if (asked is not null)
        {
            return call.Fail(Answer.Usage, "show takes no name", next: "fleet accounts");
        }

        await using var control = call.Connect();
        var items = Items(call, await control.Status(stop));
        if (call.Json)
        {
            return call.Show(CliJson.Accounts(items));
        }

        call.Terminal.Write(AccountItem.Table(items, call.Terminal));
        foreach (var item in items.Where(item => item.State is AccountState.Refused))
        {
            call.Terminal.Line($"once it is in order: fleet accounts resume {item.Coder}/{item.Name}");
        }

        return Answer.Done;
    }

    /// <summary>What the fleet knows, and the coders that no run was given yet.</summary>
    private static ImmutableArray<AccountItem> Items(Call call, FleetStatus status)
    {
        var known = status.Accounts.IsDefault ? [] : status.Accounts;
        var items = known.Select(row =>
            AccountItem.Of(row, AccountsHere.Of(call, new AccountId(row.Coder, row.Name), row.Settings))
        );
        var settings = SettingsHere.OfHome(call.Home).Settings;
        var others = CoderCatalogue
            .Known.Select(coder => coder.Name)
            .Except(known.Select(row => row.Coder), StringComparer.Ordinal)
            .SelectMany(coder => AccountsHere.Of(call, settings, coder))
            .Select(seen => AccountItem.Of(Unused(seen), seen));
        return [.. items, .. others];
    }

    private static AccountRow Unused(SeenAccount seen) =>
        new(
            seen.Id.Coder,
            seen.Id.Name,
            AccountState.Free,
            Until: null,
            Why: "",
            Windows: [],
            Live: [],
            Settings: null
        );
}
