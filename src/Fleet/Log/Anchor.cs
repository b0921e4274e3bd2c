namespace Fleet.Log;

/// <summary>A head of the log that was written down outside of it: where the chain must lead through.</summary>
internal sealed record Anchor(long Seq, string Hash, DateTimeOffset At, string Where);

/// <summary>The anchors that a file holds, and the numbers of the lines that hold none.</summary>
internal sealed record AnchorLines(IReadOnlyList<Anchor> Anchors, IReadOnlyList<int> Unreadable);
