using Fleet.Daemon.Effects;
using Fleet.Git;
using Fleet.Log;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>Writes the log's head where the log itself cannot reach: a file, and a ref in every hub.</summary>
/// <remarks>Every minute or thousand events, if there is news; so a cut tail longer than that is found.</remarks>
internal sealed class Anchoring(
    FleetHome home,
    Func<FleetState> state,
    Func<Position> head,
    HubAccess hubs,
    Action<string> note,
    TimeProvider clock
) : IDisposable
{
    private const int EventsBetween = 1_000;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim due = new(0);
    private long anchored;

    public void Dispose() => due.Dispose();

    /// <summary>Called for each new event.</summary>
    public void Count(long seq)
    {
        if (seq - Interlocked.Read(ref anchored) >= EventsBetween && due.CurrentCount == 0)
        {
            due.Release();
        }
    }

    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Due(stop);
            await Anchor();
        }
    }

    /// <summary>Anchors now, if there is anything new.</summary>
    public async Task Anchor()
    {
        var position = head();
        if (position.Seq == Interlocked.Read(ref anchored) || position.Seq == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        try
        {
            new AnchorFile(home.AnchorFile).Append(position, now);
            foreach (var repository in state().Repositories.Values)
            {
                await InHub(repository.Name, position, now);
            }

            Interlocked.Exchange(ref anchored, position.Seq);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            note($"anchoring: {error.Message}");
        }
    }

    private async Task Due(CancellationToken stop)
    {
        using var minute = new CancellationTokenSource(Between, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(minute.Token, stop);
        try
        {
            await due.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The minute is over.
        }
    }

    private async Task InHub(RepositoryName name, Position position, DateTimeOffset now)
    {
        if (await hubs.Of(name) is HubAnswer.Open { Hub: var open })
        {
            var anchor = new Fleet.Git.Anchor(position.Seq, position.Hash);
            if (await AnchorRef.Write(open.Hub, open.Claim, anchor, now) is RefOutcome.Failed failed)
            {
                note($"anchoring in {open.Hub.Path}: {failed.Why}");
            }
        }
    }
}
