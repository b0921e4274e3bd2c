using Fleet.Daemon;
using Fleet.Git;
using Fleet.Rules;

namespace Fleet.Cli;

/// <summary>The repository that a person stands in.</summary>
internal static class PersonsRepository
{
    /// <summary>Where it begins, and how far below we stand: one git call, because adding must be quick.</summary>
    public static async Task<(string Root, string Below)> Place(string directory)
    {
        RefuseLineBreaks(directory);
        var answer = await GitCommand.Person(directory).Run("rev-parse", "--show-toplevel", "--show-prefix");
        var lines = answer.Text.Split('\n');
        return answer.Succeeded
            ? (lines[0], lines.Length > 1 ? lines[1].TrimEnd('/') : "")
            : throw Refused(await Refusal(directory, answer.Why));
    }

    /// <summary>All about it, or the reason why Fleet cannot work there.</summary>
    public static async Task<Repository> Look(string directory, string? trunk = null)
    {
        RefuseLineBreaks(directory);
        return await RepositoryProbe.Look(directory, trunk) switch
        {
            ProbeOutcome.Usable usable => usable.Repository,
            ProbeOutcome.Refused refused => throw Refused(refused),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Makes the repository known to the fleet unless it is.</summary>
    public static async Task<Answer?> Register(Call call, IControl control, string root, CancellationToken stop)
    {
        var status = await control.Status(stop);
        if (status.Repositories.Any(row => row.Root == root && row.Unreadable is null))
        {
            return null;
        }

        var found = await Look(root);
        var answer = await control.Ask(
            call.Asking(new Request.AddRepository(found.Root, found.Trunk, found.Remote?.Name)),
            stop
        );
        return answer.Code == Answer.Done ? null : answer;
    }

    /// <summary>Git tells paths in lines, so one that holds a line break would be taken for another.</summary>
    private static void RefuseLineBreaks(string directory)
    {
        if (directory.Contains('\n', StringComparison.Ordinal))
        {
            throw new UserErrorException(
                new UserError(
                    Answer.Failed,
                    "a repository whose path holds a line break is not supported",
                    directory,
                    "git tells paths in lines, and this one would be taken for another",
                    "give the directory another name, then try again there"
                )
            );
        }
    }

    private static async Task<ProbeOutcome.Refused> Refusal(string directory, string why) =>
        await RepositoryProbe.Look(directory) as ProbeOutcome.Refused ?? new ProbeOutcome.Unreadable(why);

    private static UserErrorException Refused(ProbeOutcome.Refused refused) =>
        new(new UserError(Answer.Failed, refused.Why, null, null, refused.NextStep));
}
