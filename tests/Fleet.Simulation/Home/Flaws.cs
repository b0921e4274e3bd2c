namespace Fleet.Simulation.Home;

/// <summary>Faults planted around the rules: in the log, in the daemon's pump, in the shells.</summary>
[Flags]
internal enum Flaws
{
    None = 0,
    LogTakesAnyPosition = 1,
    ConflictIsIgnored = 2,
    UnknownIsFailed = 4,
    AnswersBeforeAppend = 8,
    ForgetsEpochInWorld = 16,
    RemovesBeforeSaving = 32,
    TwoSpawns = 64,
}
