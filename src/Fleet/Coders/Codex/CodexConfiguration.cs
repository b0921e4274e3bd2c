using System.Collections.Immutable;

namespace Fleet.Coders.Codex;

/// <summary>What both ways to run codex have in common: its directory and its settings for one run.</summary>
internal static class CodexConfiguration
{
    /// <summary>Fleet retries, and with a budget: a coder that retries as well multiplies it.</summary>
    private const int Retries = 2;

    public static ImmutableDictionary<string, string> Environment(CoderRequest request) =>
        ImmutableDictionary<string, string>.Empty.Add("CODEX_HOME", request.Configuration);

    public static ImmutableArray<string> Arguments(CoderRequest request) =>
        [
            .. Setting("analytics.enabled=false"),
            .. Setting("check_for_update_on_startup=false"),
            // With them it asks other hosts at its start.
            .. Setting("features.plugins=false"),
            .. request.Server is { } server ? Provider(server) : [],
        ];

    public static IEnumerable<string> Setting(string setting) => ["-c", setting];

    /// <summary>
    /// Only for another server: a provider of one's own has no account. The built-in one knows the accounts, and takes
    /// no limit of retries.
    /// </summary>
    private static IEnumerable<string> Provider(string server) =>
        [
            .. Setting("model_provider=\"fleet\""),
            .. Setting(
                "model_providers.fleet={name=\"fleet\",base_url="
                    + JsonWriting.Quoted(server)
                    + ",env_key=\"OPENAI_API_KEY\",wire_api=\"responses\","
                    + $"request_max_retries={Retries},stream_max_retries={Retries}}}"
            ),
        ];
}
