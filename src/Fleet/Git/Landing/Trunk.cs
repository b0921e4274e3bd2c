namespace Fleet.Git.Landing;

/// <summary>Moves trunk to a proven candidate, if trunk is still where the candidate was built.</summary>
internal static class Trunk
{
    /// <summary>
    /// Compare-and-swap where trunk lives: by push where there is a remote and <paramref name="push"/> allows it,
    /// else in the person's repository. Asking twice, also after a crash, completes or repeats the first answer.
    /// One call at a time per repository.
    /// </summary>
    public static async Task<LandingOutcome> Move(Hub hub, Repository repository, LandingOrder order, bool push)
    {
        try
        {
            var first = await hub.Git.Run("rev-parse", "--verify", "--end-of-options", $"{order.To}^1");
            if (!first.Succeeded || first.Text != order.From.Sha)
            {
                return new LandingOutcome.Refused(
                    $"{order.To.Short} is not a candidate on top of {order.From.Short}, so trunk was not moved."
                );
            }

            return repository.Remote is { } remote && push
                ? await new RemoteTrunk(hub, repository, remote, order).Move()
                : await new LocalTrunk(hub, repository, order).Move();
        }
        catch (GitFailedException failed)
        {
            return new LandingOutcome.Busy(failed.Message, repository.Root);
        }
    }
}
