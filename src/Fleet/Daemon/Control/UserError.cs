namespace Fleet.Daemon;

/// <summary>A failure as a person needs it: what, where, why, and the next command to try.</summary>
/// <param name="Code">The exit code of the CLI's table.</param>
internal sealed record UserError(int Code, string What, string? Where, string? Why, string? Next)
{
    /// <summary>The same in several lines, where one cannot show it: places marked with carets.</summary>
    public string? Full { get; init; }
}

/// <summary>Carries a <see cref="UserError"/> out of a call that has no outcome to return it in.</summary>
internal sealed class UserErrorException(UserError error) : Exception(error.What)
{
    public UserError Error { get; } = error;
}
