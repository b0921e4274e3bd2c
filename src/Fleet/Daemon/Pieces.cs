using System.Collections.Concurrent;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Daemon;

/// <summary>
/// The daemon's side of the keeper: starts pieces, learns of their ends, and finds another keeper when one dies.
/// </summary>
/// <remarks>
/// An end is told only after the piece's whole tree is gone. When a keeper dies its pieces are ended from their
/// records and told as lost.
/// </remarks>
internal sealed class Pieces(FleetHome home, Epoch epoch, Action<string> note, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan PartingTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DyingTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenSearches = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeeperPatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Piece> open = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource<KeeperClient> keeper = NewMeeting();

    /// <summary>The daemon is ending: pieces live on and are left alone.</summary>
    public bool IsClosing { get; set; }

    private sealed record Piece(string Directory, TaskCompletionSource<PieceExit> Ended);

    /// <summary>Meets the keeper and serves its news until stopped, or until a higher epoch is in charge.</summary>
    /// <returns>False when another daemon is in charge of the keeper.</returns>
    public async Task<bool> Serve(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            switch (
                await KeeperClient.Connect(home.Root, epoch, OwnExecutable.Command("keeper", "--home", home.Root), stop)
            )
            {
                case KeeperMeeting.Connected connected:
                    await Serve(connected.Client, stop);
                    break;
                case KeeperMeeting.StaleEpoch:
                    return false;
                case KeeperMeeting.Unreachable unreachable:
                    note($"keeper: {unreachable.Why}");
                    await Task.Delay(BetweenSearches, clock, stop);
                    break;
            }
        }

        return true;
    }

    /// <summary>Starts a piece, or finds it started; <see cref="Ended"/> tells how it ends.</summary>
    public async Task<SpawnAnswer> Spawn(SpawnSpec spec, CancellationToken stop)
    {
        var piece = Open(spec.Key, spec.Directory);
        var answer = await (await Keeper(stop)).Spawn(spec, stop);
        switch (answer)
        {
            case SpawnAnswer.Already { Exit: { } exit }:
                await EndTree(await Keeper(stop), spec.Key, spec.Directory, stop);
                piece.Ended.TrySetResult(exit);
                break;
            case SpawnAnswer.Already when !(await Held(await Keeper(stop), stop)).ContainsKey(spec.Key):
                // Started by a keeper that died since: nobody will tell of its end.
                SettleUnheld(piece);
                break;
            case SpawnAnswer.Refused or SpawnAnswer.Failed:
                open.TryRemove(spec.Key, out _);
                break;
        }

        return answer;
    }

    /// <summary>Completes when the piece's first process has ended and nothing of its tree is left.</summary>
    public Task<PieceExit> Ended(string key, string directory) => Open(key, directory).Ended.Task;

    public async Task<KillReport?> End(string key, KillPlan plan, CancellationToken stop) =>
        await (await Keeper(stop)).End(key, plan, stop) is KeeperAnswer<KillReport>.Given given ? given.Value : null;

    public async Task<bool> Freeze(string key, CancellationToken stop) =>
        await (await Keeper(stop)).Freeze(key, stop) is KeeperAnswer<bool>.Given { Value: true };

    public async Task<bool> Thaw(string key, CancellationToken stop) =>
        await (await Keeper(stop)).Thaw(key, stop) is KeeperAnswer<bool>.Given { Value: true };

    public void Forget(string key) => open.TryRemove(key, out _);

    public async ValueTask DisposeAsync()
    {
        if (keeper.Task is { IsCompletedSuccessfully: true } met)
        {
            await (await met).DisposeAsync();
        }
    }

    private Piece Open(string key, string directory) =>
        open.GetOrAdd(
            key,
            _ => new Piece(
                directory,
                new TaskCompletionSource<PieceExit>(TaskCreationOptions.RunContinuationsAsynchronously)
            )
        );

    private Task<KeeperClient> Keeper(CancellationToken stop) => keeper.Task.WaitAsync(KeeperPatience, clock, stop);

    private async Task Serve(KeeperClient client, CancellationToken stop)
    {
        await Adopt(client, stop);
        keeper.TrySetResult(client);
        try
        {
            await foreach (var ended in client.Exits.ReadAllAsync(stop))
            {
                _ = Settle(client, ended, stop);
            }
        }
        catch (OperationCanceledException)
        {
            await Part(client);
            throw;
        }
        finally
        {
            keeper = NewMeeting();
        }

        await EndOrphans(await client.Lost, stop);
        await client.DisposeAsync();
    }

    /// <summary>The daemon ends: a keeper that holds nothing goes too; one that holds runs stays with them.</summary>
    private static async Task Part(KeeperClient client)
    {
        _ = await client.Leave(CancellationToken.None).WaitAsync(PartingTime);
        await client.DisposeAsync();
    }

    /// <summary>Pieces whose keeper died, or that ended while no daemon watched.</summary>
    private async Task Adopt(KeeperClient client, CancellationToken stop)
    {
        var held = await Held(client, stop);
        foreach (var (key, piece) in open)
        {
            if (!held.TryGetValue(key, out var state))
            {
                SettleUnheld(piece);
            }
            else if (state.Exit is { } exit)
            {
                await EndTree(client, key, piece.Directory, stop);
                piece.Ended.TrySetResult(exit);
            }
        }
    }

    private static async Task<Dictionary<string, PieceState>> Held(KeeperClient client, CancellationToken stop) =>
        await client.List(stop) is KeeperAnswer<IReadOnlyList<PieceState>>.Given given
            ? given.Value.ToDictionary(p => p.Record.Key, StringComparer.Ordinal)
            : [];

    /// <summary>The keeper knows nothing of it: it ended before, or its keeper died, or it never began.</summary>
    /// <remarks>Its records say what to end, also what survived a first process that ended in good order.</remarks>
    private void SettleUnheld(Piece piece)
    {
        _ = OrphanRuns.EndAll([piece.Directory], KillPlan.Now, clock.GetUtcNow());
        if (new PieceFiles(piece.Directory).Exit is { } exit)
        {
            piece.Ended.TrySetResult(exit);
        }
    }

    private async Task Settle(KeeperClient client, PieceEnded ended, CancellationToken stop)
    {
        if (ended.Survivors > 0)
        {
            await EndTree(client, ended.Key, ended.Directory, stop);
        }

        Open(ended.Key, ended.Directory).Ended.TrySetResult(ended.Exit);
    }

    /// <summary>Through the keeper, or from the records where it died before it could answer.</summary>
    private async Task EndTree(KeeperClient client, string key, string directory, CancellationToken stop)
    {
        if (await client.End(key, KillPlan.Now, stop) is not KeeperAnswer<KillReport>.Given { Value.Left.Count: 0 })
        {
            _ = OrphanRuns.EndAll([directory], KillPlan.Now, clock.GetUtcNow());
        }
    }

    /// <summary>Only with the lock in hand: a keeper that lives has cut this daemon off, and keeps its runs.</summary>
    private async Task EndOrphans(string why, CancellationToken stop)
    {
        using var none = await KeeperLock.Take(home.Root, DyingTime, clock, stop);
        if (none is null)
        {
            note($"the line to the keeper broke ({why}); it lives and is met again");
            return;
        }

        var pieces = open.Values.Where(p => !p.Ended.Task.IsCompleted).ToList();
        var report = OrphanRuns.EndAll([.. pieces.Select(p => p.Directory)], KillPlan.Now, clock.GetUtcNow());
        note($"the keeper is gone ({why}): {report.Kill.Processes} processes ended from their records");
        foreach (var piece in pieces)
        {
            if (new PieceFiles(piece.Directory).Exit is { } exit)
            {
                piece.Ended.TrySetResult(exit);
            }
        }
    }

    private static TaskCompletionSource<KeeperClient> NewMeeting() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
