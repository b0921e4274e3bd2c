using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Coders.Acp;
using Fleet.Coders.Gemini;
using Fleet.Coders.Opencode;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class AcpTests : CoderContract
{
    private protected override ICoder Coder { get; } = new AcpCoder();

    private protected override string Prefix => "acp-claude-";

    private protected override (string, string) Done => ("acp-claude-0.100.0-main.jsonl", "fin");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        new Dictionary<string, ErrorClass> { ["acp-claude-0.100.0-limit.jsonl"] = ErrorClass.RateLimit };

    private protected override ImmutableArray<string> Unfinished => [];

    /// <summary>Without the second turn, that a client asked for by itself.</summary>
    private protected override ImmutableArray<byte[]> LinesOf(string stream) => AcpGround.FirstTurn(stream);
}

public sealed class GeminiAcpTests : CoderContract
{
    private protected override ICoder Coder { get; } = new GeminiCoder();

    private protected override string Prefix => "gemini-acp-";

    private protected override (string, string) Done => ("gemini-acp-0.61.0-main.jsonl", "fin");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        new Dictionary<string, ErrorClass> { ["gemini-acp-0.61.0-limit.jsonl"] = ErrorClass.UsageLimit };

    private protected override ImmutableArray<string> Unfinished => [];

    private protected override ImmutableArray<byte[]> LinesOf(string stream) => AcpGround.FirstTurn(stream);
}

public sealed class OpencodeAcpTests : CoderContract
{
    private protected override ICoder Coder { get; } = new OpencodeCoder();

    private protected override string Prefix => "opencode-acp-";

    /// <summary>A refused tool call ended it, as if it were done and without a word.</summary>
    private protected override (string, string) Done => ("opencode-acp-1.18.33-main.jsonl", "");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed { get; } =
        ImmutableDictionary<string, ErrorClass>.Empty;

    private protected override ImmutableArray<string> Unfinished => [];

    private protected override ImmutableArray<byte[]> LinesOf(string stream) => AcpGround.FirstTurn(stream);
}
