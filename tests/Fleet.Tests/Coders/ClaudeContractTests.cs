using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Rules.Runs;

namespace Fleet.Tests.Coders;

public sealed class ClaudeContractTests : CoderContract
{
    private const string Version = "claude-2.1.329-";

    private protected override ICoder Coder { get; } = new ClaudeCoder();

    private protected override string Prefix => Version;

    private protected override (string Stream, string Answer) Done => ($"{Version}write-acceptEdits.jsonl", "fin");

    private protected override IReadOnlyDictionary<string, ErrorClass> Failed =>
        new Dictionary<string, ErrorClass>(StringComparer.Ordinal)
        {
            [$"{Version}auth-401-key-r1.jsonl"] = ErrorClass.Authentication,
            [$"{Version}f-noauth.jsonl"] = ErrorClass.Authentication,
            [$"{Version}f-400-credit.jsonl"] = ErrorClass.Billing,
            [$"{Version}f-ctx.jsonl"] = ErrorClass.ContextTooLong,
            [$"{Version}f-limit-oauth.jsonl"] = ErrorClass.UsageLimit,
            [$"{Version}f-limit-apikey.jsonl"] = ErrorClass.RateLimit,
            [$"{Version}budget.jsonl"] = ErrorClass.Budget,
            [$"{Version}maxturns.jsonl"] = ErrorClass.Turns,
            [$"{Version}resume-unknown.jsonl"] = ErrorClass.SessionGone,
        };

    private protected override ImmutableArray<string> Unfinished =>
        [$"{Version}kill9-in-bash.jsonl", $"{Version}sigterm-in-bash.jsonl", $"{Version}sigint-in-api.jsonl"];
}
