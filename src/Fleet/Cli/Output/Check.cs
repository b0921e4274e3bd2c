namespace Fleet.Cli.Output;

/// <summary>How one check of the doctor came out.</summary>
internal enum CheckResult
{
    Good,
    Warning,
    Bad,
}

/// <summary>One check of the doctor: what was looked at, how it is, and what to do about it.</summary>
internal sealed record Check(string Name, CheckResult Result, string Says, string? Next = null)
{
    public static Check Good(string name, string says) => new(name, CheckResult.Good, says);

    public static Check Warning(string name, string says, string? next) => new(name, CheckResult.Warning, says, next);

    public static Check Bad(string name, string says, string? next) => new(name, CheckResult.Bad, says, next);
}
