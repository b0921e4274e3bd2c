using System.Text.Json.Serialization;

namespace Fleet.Processes;

/// <summary>What a daemon asks of the keeper.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Spawn), "spawn")]
[JsonDerivedType(typeof(Signal), "signal")]
[JsonDerivedType(typeof(Freeze), "freeze")]
[JsonDerivedType(typeof(Thaw), "thaw")]
[JsonDerivedType(typeof(End), "end")]
[JsonDerivedType(typeof(List), "list")]
[JsonDerivedType(typeof(Leave), "leave")]
internal abstract record KeeperRequest
{
    private KeeperRequest() { }

    /// <summary>Who is there? Whoever asked is told of every exit from then on.</summary>
    internal sealed record Hello : KeeperRequest;

    internal sealed record Spawn(SpawnSpec Spec) : KeeperRequest;

    /// <summary>Signals the first process of a piece only.</summary>
    internal sealed record Signal(string Key, int Number) : KeeperRequest;

    internal sealed record Freeze(string Key) : KeeperRequest;

    internal sealed record Thaw(string Key) : KeeperRequest;

    internal sealed record End(string Key, KillPlan Plan) : KeeperRequest;

    internal sealed record List : KeeperRequest;

    /// <summary>Go, if nothing lives.</summary>
    internal sealed record Leave : KeeperRequest;
}

/// <summary>What the keeper answers, or tells unasked.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Greeting), "greeting")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(NoAnswer), "no-answer")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(StaleEpoch), "stale")]
[JsonDerivedType(typeof(Spawned), "spawned")]
[JsonDerivedType(typeof(NotSpawned), "not-spawned")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(Pieces), "pieces")]
[JsonDerivedType(typeof(Exited), "exited")]
internal abstract record KeeperReply
{
    private KeeperReply() { }

    internal sealed record Greeting(int Pid) : KeeperReply;

    /// <summary>It was done; <paramref name="Whole"/> is false where some process did not follow in time.</summary>
    internal sealed record Done(bool Whole) : KeeperReply;

    /// <summary>The connection broke before an answer came: it may have been done or not.</summary>
    internal sealed record NoAnswer(string Why) : KeeperReply;

    internal sealed record Refused(string Why) : KeeperReply;

    /// <summary>A daemon of a higher epoch has been here: whoever asked is no longer in charge.</summary>
    internal sealed record StaleEpoch(long Highest) : KeeperReply;

    /// <summary>It runs, or ran: <paramref name="Fresh"/> tells whether this very request started it.</summary>
    internal sealed record Spawned(PieceRecord Record, bool Fresh, PieceExit? Exit) : KeeperReply;

    internal sealed record NotSpawned(string Why) : KeeperReply;

    internal sealed record Ended(KillReport Report) : KeeperReply;

    internal sealed record Pieces(IReadOnlyList<PieceState> All) : KeeperReply;

    /// <summary>Told unasked.</summary>
    internal sealed record Exited(PieceEnded Piece) : KeeperReply;
}

/// <summary>A piece the keeper still holds; one with an exit is held because it left survivors.</summary>
internal sealed record PieceState(string Directory, PieceRecord Record, PieceExit? Exit);

/// <summary>The first process of a piece has ended; whoever owns the piece decides about the survivors.</summary>
internal sealed record PieceEnded(string Key, string Directory, PieceExit Exit, int Survivors);

/// <summary>One line to the keeper.</summary>
internal sealed record RequestLine(long Id, long Epoch, KeeperRequest Request);

/// <summary>One line from the keeper; without an id it was not asked for.</summary>
internal sealed record ReplyLine(long? Id, KeeperReply Reply);

/// <summary>JSON of the keeper's lines, by source generation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RequestLine))]
[JsonSerializable(typeof(ReplyLine))]
internal sealed partial class KeeperJson : JsonSerializerContext;
