using System.Collections.Immutable;
using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Git;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;

namespace Fleet.Cli.Doctor;

/// <summary>Whether each repository can be worked on, and whether its gates can tell anything.</summary>
internal static class RepositoryChecks
{
    public static async Task<IReadOnlyList<Check>> Of(Call call, CancellationToken stop)
    {
        var checks = new List<Check>();
        try
        {
            await using var control = call.Connect();
            var status = await control.Status(stop);
            foreach (var row in status.Repositories)
            {
                checks.AddRange(await Of(call.Home, row, stop));
            }
        }
        catch (UserErrorException refused)
        {
            var error = refused.Error;
            checks.Add(Check.Bad("record", $"{error.What}: {error.Where}: {error.Why}", error.Next));
        }

        return checks;
    }

    private static async Task<IEnumerable<Check>> Of(FleetHome home, RepositoryRow row, CancellationToken stop)
    {
        var name = $"repository {row.Name}";
        if (await RepositoryProbe.Look(row.Root, row.Trunk) is not ProbeOutcome.Usable usable)
        {
            var refused = (ProbeOutcome.Refused)await RepositoryProbe.Look(row.Root, row.Trunk);
            return [Check.Bad(name, refused.Why, refused.NextStep)];
        }

        var checks = new List<Check> { Standing(name, row) };
        if (row.WorktreeKind is WorktreeKind.Linked)
        {
            const string shared =
                "linked worktrees share stash, hooks, configuration and refs: agents can see each other's";
            checks.Add(Check.Warning(name, shared, "worktrees: { kind: clone } in .fleet/fleet.yaml"));
        }

        if (row is { Head: not null, Gates.IsEmpty: true })
        {
            checks.Add(
                Check.Warning(name, "no gate on trunk: every proposal waits for a person", "fleet init --print")
            );
        }

        checks.AddRange(await OnTrunk(home, name, row, usable.Repository, stop));
        return checks;
    }

    private static Check Standing(string name, RepositoryRow row) =>
        row switch
        {
            { Unreadable: { } why } => Check.Bad(name, $"it could not be read: {why}", $"cd {row.Root} && git status"),
            { Halted: { } why } => Check.Bad(name, $"landings are halted: {why}", "fleet resume"),
            { Trusted: false } => Check.Warning(
                name,
                "its commands are not trusted: nothing of it runs",
                $"cd {row.Root} && fleet trust"
            ),
            _ => Check.Good(name, $"{row.Root}, trunk {row.Trunk}"),
        };

    /// <summary>What trunk asks for, and whether its gates can tell anything.</summary>
    private static async Task<IEnumerable<Check>> OnTrunk(
        FleetHome home,
        string name,
        RepositoryRow row,
        Repository repository,
        CancellationToken stop
    )
    {
        try
        {
            var settings = (await SettingsHere.OfRepository(repository)).Settings;
            IEnumerable<Check> landing = SettingsHere.AutoIsNotEnough(home, settings) is { } note
                ? [Check.Warning(name, note, "fleet config show --origin")]
                : [];
            var isTrusted = string.Equals(row.TrustedHash, Trust.Hash(settings), StringComparison.Ordinal);
            return isTrusted ? landing.Concat(await Gates(name, settings.Gates, stop)) : landing;
        }
        catch (UserErrorException wrong)
        {
            return [Check.Bad(name, $"{wrong.Error.What}: {wrong.Error.Where}", wrong.Error.Next)];
        }
    }

    /// <summary>Only what a person consented to runs, here too.</summary>
    private static async Task<IEnumerable<Check>> Gates(
        string name,
        ImmutableArray<GateSettings> gates,
        CancellationToken stop
    )
    {
        var idle = await EmptyTree.Passed(gates, stop);
        return gates.Select(gate =>
            idle.Contains(gate)
                ? Check.Warning(
                    name,
                    $"gate {gate.Name} passes on an empty tree: it refuses nothing",
                    $"mend: {gate.Run}"
                )
                : Check.Good(name, $"gate {gate.Name} fails on an empty tree, as it should")
        );
    }
}
