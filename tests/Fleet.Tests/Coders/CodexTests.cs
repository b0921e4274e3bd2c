using System.Collections.Immutable;
using System.Text;
using Fleet.Coders;
using Fleet.Coders.Codex;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class CodexTests : CoderContract
{
    private protected override ICoder Coder { get; } = new CodexCoder();

    private protected override string Prefix => "codex-0.169.0-app-";

    private protected override (string, string) Done => ("codex-0.169.0-app-steer.jsonl", "fin");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        new Dictionary<string, ErrorClass> { ["codex-0.169.0-app-limit.jsonl"] = ErrorClass.UsageLimit };

    private protected override ImmutableArray<string> Unfinished => [];

    /// <summary>Without the answer to a request that the recording client made and Fleet does not.</summary>
    private protected override ImmutableArray<byte[]> LinesOf(string stream) => CodexGround.Lines(stream);
}

/// <summary>Recorded streams of app-server, and talks with it that a test makes up.</summary>
internal static class CodexGround
{
    public const string Thread = "t1";

    public static ImmutableArray<byte[]> Lines(string stream) =>
        [
            .. CoderGround
                .Lines(stream)
                .Where(line =>
                    !Encoding.UTF8.GetString(line).Contains("to read rate limits", StringComparison.Ordinal)
                ),
        ];

    /// <summary>A session whose thread is open, and whose turn runs unless it is not to.</summary>
    public static CodexSession Open(CoderRequest? request = null, bool inTurn = true)
    {
        var session = new CodexSession(request ?? CoderGround.Request());
        _ = session.Begin();
        _ = Take(session, """{"id":1,"result":{}}""");
        _ = Take(session, $$$"""{"id":2,"result":{"thread":{"id":"{{{Thread}}}"},"model":"m"}}""");
        if (inTurn)
        {
            _ = Take(session, """{"id":3,"result":{"turn":{"id":"u1"}}}""");
            _ = Tell(session, "turn/started", """ "turn":{"id":"u1"} """);
        }

        return session;
    }

    public static CoderStep Take(ICoderSession session, string line) => session.Take(Encoding.UTF8.GetBytes(line));

    public static CoderStep Tell(ICoderSession session, string method, string parameters, string thread = Thread) =>
        Take(session, $$$"""{"method":"{{{method}}}","params":{"threadId":"{{{thread}}}",{{{parameters}}}}}""");
}
