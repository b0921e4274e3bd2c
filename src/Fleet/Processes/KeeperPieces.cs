namespace Fleet.Processes;

/// <summary>The pieces a keeper holds: spawned here, and not yet gone without survivors.</summary>
internal sealed class KeeperPieces(string home, TimeProvider clock)
{
    /// <summary>Spawning and reaping exclude each other: a status is never taken before its piece is known.</summary>
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PieceState> _held = new(StringComparer.Ordinal);

    internal bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _held.Count == 0;
            }
        }
    }

    internal List<PieceState> All()
    {
        lock (_gate)
        {
            return [.. _held.Values];
        }
    }

    internal ProcessTree? Tree(string key)
    {
        lock (_gate)
        {
            return _held.TryGetValue(key, out var piece) ? piece.Record.Tree : null;
        }
    }

    /// <summary>Starts a piece, or tells what became of it where it was started before.</summary>
    internal KeeperReply Spawn(SpawnSpec spec)
    {
        var reply = SpawnHere(spec);
        if (reply is KeeperReply.Spawned { Fresh: true })
        {
            // Outside the lock, so that starts at the same time share the disk's flush.
            Try(spec.Directory, files => files.SyncRecord());
        }

        return reply;
    }

    /// <summary>
    /// Lets go of pieces whose survivors have ended by themselves; the first status was told long ago.
    /// </summary>
    internal void Prune()
    {
        var exited = All().FindAll(piece => piece.Exit is not null);
        if (exited.Count == 0)
        {
            return;
        }

        foreach (var piece in exited)
        {
            if (new TreeHunt([piece.Record.Tree]).Survivors().Count == 0)
            {
                Release(piece.Record.Key);
            }
        }
    }

    private KeeperReply SpawnHere(SpawnSpec spec)
    {
        lock (_gate)
        {
            if (Known(spec) is { } known)
            {
                return known;
            }

            if (Halt.IsPlaced(home))
            {
                return Halted();
            }

            var reply = PieceSpawn.Start(spec, clock.GetUtcNow());
            if (reply is KeeperReply.Spawned spawned)
            {
                _held[spec.Key] = new PieceState(spec.Directory, spawned.Record, null);
                if (Halt.IsPlaced(home))
                {
                    // The halt may have counted processes before this one was born.
                    _ = KillLadder.Climb([spawned.Record.Tree], KillPlan.Now);
                    return Halted();
                }
            }

            return reply;
        }
    }

    /// <summary>Takes the status of an ended child; an answer only where it was the first process of a piece.</summary>
    internal PieceEnded? Reap(int pid)
    {
        ReapedChild child;
        PieceState? piece = null;
        lock (_gate)
        {
            child = Reaper.Reap(pid);
            foreach (var held in _held.Values)
            {
                piece = held.Record.Pid == pid && held.Exit is null ? held : piece;
            }

            if (piece is null)
            {
                return null;
            }

            piece = piece with { Exit = Exit(child) };
            _held[piece.Record.Key] = piece;
        }

        Try(piece.Directory, files => files.Write(piece.Exit!));
        var survivors = new TreeHunt([piece.Record.Tree]).Survivors().Count;
        if (survivors == 0)
        {
            Release(piece.Record.Key);
        }

        return new PieceEnded(piece.Record.Key, piece.Directory, piece.Exit!, survivors);
    }

    /// <summary>After it was told, so that nobody waits for the disk: a daemon that hears of it keeps a log.</summary>
    internal static void MakeLast(PieceEnded ended) => Try(ended.Directory, files => files.SyncExit());

    /// <summary>Ends what is left of a piece; one that is not held is gone already.</summary>
    internal KillReport End(string key, KillPlan plan)
    {
        if (Tree(key) is not { } tree)
        {
            return new KillReport(KillStep.AlreadyGone, 0, []);
        }

        var report = KillLadder.Climb([tree], plan);
        if (report.Left.Count == 0)
        {
            ReleaseIfExited(key);
        }

        return report;
    }

    private KeeperReply? Known(SpawnSpec spec)
    {
        if (_held.TryGetValue(spec.Key, out var held))
        {
            return string.Equals(held.Directory, spec.Directory, StringComparison.Ordinal)
                ? new KeeperReply.Spawned(held.Record, false, held.Exit)
                : new KeeperReply.Refused($"'{spec.Key}' already runs from '{held.Directory}'");
        }

        var files = new PieceFiles(spec.Directory);
        if (files.Record is { } record)
        {
            if (files.Exit is null)
            {
                // Another keeper started it and died: nobody can take its status any more.
                _ = OrphanRuns.EndAll([spec.Directory], KillPlan.Now, clock.GetUtcNow());
            }

            return new KeeperReply.Spawned(record, false, files.Exit);
        }

        return files.Exit is null ? null : new KeeperReply.Refused($"'{spec.Directory}' was lost while it was started");
    }

    private PieceExit Exit(ReapedChild child) =>
        new(
            (child.End as ProcessEnd.Exited)?.Code,
            (child.End as ProcessEnd.Killed)?.Signal,
            clock.GetUtcNow(),
            child.CpuSeconds,
            child.MaximumResidentKilobytes
        );

    /// <summary>
    /// On a full disk the keeper goes on and tells what it knows; a missing file says so to a successor.
    /// </summary>
    private static void Try(string directory, Action<PieceFiles> write)
    {
        try
        {
            write(new PieceFiles(directory));
        }
        catch (Exception error) when (RecordedTrees.IsDamage(error))
        {
            KeeperLog.Write($"'{directory}' is not up to date: {error.Message}");
        }
    }

    private void Release(string key)
    {
        lock (_gate)
        {
            _ = _held.Remove(key);
        }
    }

    private void ReleaseIfExited(string key)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(key, out var piece) && piece.Exit is not null)
            {
                _ = _held.Remove(key);
            }
        }
    }

    private static KeeperReply.Refused Halted() => new("this home is halted: new starts wait until a person lifts it");
}
