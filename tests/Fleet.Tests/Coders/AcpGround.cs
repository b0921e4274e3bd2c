using System.Collections.Immutable;
using System.Text;
using Fleet.Coders;
using Fleet.Coders.Acp;

namespace Fleet.Tests.Coders;

/// <summary>Recorded conversations by ACP, and talks that a test makes up.</summary>
internal static class AcpGround
{
    public const string Session = "s1";

    /// <summary>Up to the answer that ends the first turn: whatever follows a client had asked for by itself.</summary>
    public static ImmutableArray<byte[]> FirstTurn(string stream)
    {
        var lines = CoderGround.Lines(stream);
        var end = lines.Select(Encoding.UTF8.GetString).ToList().FindIndex(EndsTurn);
        return end < 0 ? lines : lines[..(end + 1)];
    }

    /// <summary>A session that is in its first turn.</summary>
    public static AcpSession InTurn(AcpDialect? dialect = null, CoderRequest? request = null)
    {
        var session = new AcpSession(request ?? CoderGround.Request(), dialect ?? AcpDialect.Plain);
        _ = session.Begin();
        _ = Take(session, """{"jsonrpc":"2.0","id":1,"result":{"agentCapabilities":{"loadSession":true}}}""");
        _ = Take(session, $$$"""{"jsonrpc":"2.0","id":2,"result":{"sessionId":"{{{Session}}}"}}""");
        return session;
    }

    public static CoderStep Take(ICoderSession session, string line) => session.Take(Encoding.UTF8.GetBytes(line));

    public static CoderStep Update(ICoderSession session, string update) =>
        Take(session, $$$"""{"jsonrpc":"2.0","method":"session/update","params":{"update":{{{update}}}}}""");

    private static bool EndsTurn(string line) =>
        line.Contains("\"stopReason\"", StringComparison.Ordinal)
        || line.Contains("\"error\":{", StringComparison.Ordinal);
}
