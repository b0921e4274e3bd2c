namespace Fleet.Rules.Attention;

/// <summary>
/// How still the fleet stands: nothing new starts, or every run's process tree is halted in place as well.
/// </summary>
public enum PauseKind
{
    StartNothing,
    Freeze,
}

/// <summary>What a waiting task waits for.</summary>
public enum WaitingFor
{
    Person,
    Limit,
    Budget,
    Dependency,
    Landing,
}
