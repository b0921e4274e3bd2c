namespace Fleet.Processes;

/// <summary>What became of the wish to start a piece.</summary>
internal abstract record SpawnAnswer
{
    private SpawnAnswer() { }

    internal sealed record Started(PieceRecord Record) : SpawnAnswer;

    /// <summary>It was started by an earlier request; with an exit it has ended since.</summary>
    internal sealed record Already(PieceRecord Record, PieceExit? Exit) : SpawnAnswer;

    /// <summary>It may not start: halted, a stale epoch, a key that is taken.</summary>
    internal sealed record Refused(string Why) : SpawnAnswer;

    /// <summary>It cannot start: no such program, no such directory, no room.</summary>
    internal sealed record Failed(string Why) : SpawnAnswer;

    /// <summary>The keeper died before it answered: its files tell what happened.</summary>
    internal sealed record Unknown(string Why) : SpawnAnswer;

    internal static SpawnAnswer From(KeeperReply reply) =>
        reply switch
        {
            KeeperReply.Spawned { Fresh: true } fresh => new Started(fresh.Record),
            KeeperReply.Spawned known => new Already(known.Record, known.Exit),
            KeeperReply.NotSpawned failed => new Failed(failed.Why),
            KeeperReply.Refused refused => new Refused(refused.Why),
            KeeperReply.StaleEpoch stale => new Refused($"epoch {stale.Highest} is in charge"),
            KeeperReply.NoAnswer none => new Unknown(none.Why),
            _ => new Unknown($"an answer that does not fit: {reply}"),
        };
}

/// <summary>What the keeper said to anything else.</summary>
internal abstract record KeeperAnswer<T>
{
    private KeeperAnswer() { }

    internal sealed record Given(T Value) : KeeperAnswer<T>;

    internal sealed record Refused(string Why) : KeeperAnswer<T>;

    /// <summary>The keeper died before it answered.</summary>
    internal sealed record Unknown(string Why) : KeeperAnswer<T>;

    internal static KeeperAnswer<T> From(KeeperReply reply, Func<KeeperReply, KeeperAnswer<T>?> read) =>
        read(reply)
        ?? reply switch
        {
            KeeperReply.Refused refused => new Refused(refused.Why),
            KeeperReply.StaleEpoch stale => new Refused($"epoch {stale.Highest} is in charge"),
            KeeperReply.NoAnswer none => new Unknown(none.Why),
            _ => new Unknown($"an answer that does not fit: {reply}"),
        };
}

/// <summary>What came of looking for the keeper of a home.</summary>
internal abstract record KeeperMeeting
{
    private KeeperMeeting() { }

    internal sealed record Connected(KeeperClient Client) : KeeperMeeting;

    /// <summary>A daemon of a higher epoch is in charge of this home.</summary>
    internal sealed record StaleEpoch(long Highest) : KeeperMeeting;

    internal sealed record Unreachable(string Why) : KeeperMeeting;
}
