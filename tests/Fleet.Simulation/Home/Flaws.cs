namespace Fleet.Simulation.Home;

/// <summary>Mistakes planted around the rules: in the log, in the daemon, in the shells.</summary>
[Flags]
internal enum Flaws
{
    None = 0,

    /// <summary>The log does not look at the position that an append expects.</summary>
    LogTakesAnyPosition = 1,

    /// <summary>A conflict is taken for a success.</summary>
    ConflictIsIgnored = 2,

    /// <summary>A lost answer is taken for a failure.</summary>
    UnknownIsFailed = 4,
    AnswersBeforeAppend = 8,

    /// <summary>A body that is stored already is changed.</summary>
    LogRewrites = 16,

    /// <summary>Trunk is moved without looking at where it is.</summary>
    TrunkIsForced = 32,
}
