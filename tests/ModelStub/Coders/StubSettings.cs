using System.Collections.Immutable;

namespace Fleet.ModelStub.Coders;

/// <summary>What makes a real coder ask a stub, work under a scratch home and send nothing anywhere else.</summary>
/// <param name="Environment">On top of PATH; nothing else of the person's environment is needed.</param>
/// <param name="Arguments">What the coder takes by arguments only.</param>
/// <param name="Files">To be written before the start, by their paths below the home.</param>
internal sealed record StubSettings(
    ImmutableDictionary<string, string> Environment,
    ImmutableArray<string> Arguments,
    ImmutableDictionary<string, string> Files
)
{
    private const string Key = "dummy";

    /// <summary>Codex and opencode ask for any model; the others only for names that they know.</summary>
    public static string Model(string coder) =>
        coder switch
        {
            "claude" => "sonnet",
            "gemini" => "gemini-2.5-pro",
            "opencode" => "stub/stub-model",
            _ => "stub-model",
        };

    public static StubSettings For(string coder, StubRun run, string home) =>
        coder switch
        {
            "claude" => Claude(run, home, "ANTHROPIC_API_KEY", Key),
            "codex" => Codex(run, home),
            "gemini" => Gemini(run, home),
            "opencode" => Opencode(run, home),
            _ => throw new ArgumentOutOfRangeException(nameof(coder), coder, "no such coder"),
        };

    /// <summary>Claude as a subscriber: only these are told of the windows of their limits.</summary>
    public static StubSettings ClaudeSubscription(StubRun run, string home) =>
        Claude(run, home, "CLAUDE_CODE_OAUTH_TOKEN", $"sk-ant-oat01-{Key}");

    private static StubSettings Claude(StubRun run, string home, string credential, string value) =>
        Fenced(run, home)
            .With("ANTHROPIC_BASE_URL", run.Url)
            .With(credential, value)
            .With("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1")
            .With("DISABLE_AUTOUPDATER", "1")
            .With("DISABLE_TELEMETRY", "1")
            .With("DISABLE_ERROR_REPORTING", "1");

    private static StubSettings Codex(StubRun run, string home) =>
        Fenced(run, home).With("CODEX_HOME", Path.Combine(home, ".codex")).With("STUB_KEY", Key) with
        {
            Arguments =
            [
                "-c",
                "model_provider=\"stub\"",
                "-c",
                $$"""model_providers.stub={name="stub",base_url="{{run.UrlWithVersion}}",env_key="STUB_KEY","""
                    + """wire_api="responses",request_max_retries=2,stream_max_retries=2}""",
                "-c",
                "analytics.enabled=false",
                "-c",
                "check_for_update_on_startup=false",
                "-c",
                "features.plugins=false",
            ],
            Files = ImmutableDictionary<string, string>.Empty.Add(".codex/config.toml", ""),
        };

    private static StubSettings Gemini(StubRun run, string home) =>
        Fenced(run, home)
            .With("GOOGLE_GEMINI_BASE_URL", run.Url)
            .With("GEMINI_API_KEY", Key)
            .With("GEMINI_CLI_NO_RELAUNCH", "true")
            .With("GEMINI_CLI_TRUST_WORKSPACE", "true") with
        {
            Files = ImmutableDictionary<string, string>.Empty.Add(
                ".gemini/settings.json",
                """
                {
                  "security": { "auth": { "selectedType": "gemini-api-key" } },
                  "general": { "disableAutoUpdate": true, "enableAutoUpdate": false },
                  "privacy": { "usageStatisticsEnabled": false }
                }
                """
            ),
        };

    private static StubSettings Opencode(StubRun run, string home) =>
        Fenced(run, home)
            .With("OPENCODE_DISABLE_AUTOUPDATE", "1")
            .With("OPENCODE_DISABLE_MODELS_FETCH", "1")
            .With("OPENCODE_DISABLE_LSP_DOWNLOAD", "1")
            .With("npm_config_offline", "true")
            .With(
                "OPENCODE_CONFIG_CONTENT",
                $$"""
                {
                  "model": "stub/stub-model", "small_model": "stub/stub-model", "share": "disabled",
                  "provider": { "stub": {
                    "npm": "@ai-sdk/openai-compatible", "name": "stub",
                    "options": { "baseURL": "{{run.UrlWithVersion}}", "apiKey": "{{Key}}" },
                    "models": { "stub-model": { "limit": { "context": 128000, "output": 8000 } } }
                  } }
                }
                """
            );

    /// <summary>The stub is the proxy of all that would leave the machine: it refuses, and its log tells.</summary>
    private static StubSettings Fenced(StubRun run, string home) =>
        new StubSettings(ImmutableDictionary<string, string>.Empty, [], ImmutableDictionary<string, string>.Empty)
            .With("HOME", home)
            .With("HTTPS_PROXY", run.Address)
            .With("NO_PROXY", "127.0.0.1,localhost");

    private StubSettings With(string name, string value) =>
        this with
        {
            Environment = Environment.SetItem(name, value),
        };
}
