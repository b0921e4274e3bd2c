namespace Fleet.Coders.Acp;

/// <summary>Where agents that speak ACP differ.</summary>
/// <param name="SignIn">The method to authenticate with, where the agent offers it.</param>
/// <param name="TellsLastCallOnly">Its token usage of a turn is that of the turn's last model call.</param>
internal sealed record AcpDialect(string? SignIn = null, bool TellsLastCallOnly = false)
{
    public static readonly AcpDialect Plain = new();
}
