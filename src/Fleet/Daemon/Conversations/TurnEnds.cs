using Fleet.Daemon.Effects;
using Fleet.Rules.Runs;

namespace Fleet.Daemon.Conversations;

/// <summary>A turn's end as adapters tell it, as the rules take it.</summary>
internal static class TurnEnds
{
    /// <param name="resetsAt">When the newest limit ends, as far as it was told.</param>
    public static EndedTurn Of(TurnEnd end, DateTimeOffset? resetsAt) =>
        end switch
        {
            TurnEnd.Done done => new EndedTurn(TurnResult.Done, Words: LastWords.Short(done.Text)),
            TurnEnd.Failed failed => new EndedTurn(
                TurnResult.Failed,
                failed.Class,
                LastWords.Short(failed.Why),
                failed.Class is ErrorClass.UsageLimit ? resetsAt : null
            ),
            TurnEnd.Interrupted => new EndedTurn(TurnResult.Interrupted),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
