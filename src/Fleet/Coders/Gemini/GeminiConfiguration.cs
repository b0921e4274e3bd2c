using System.Collections.Immutable;

namespace Fleet.Coders.Gemini;

/// <summary>Gemini's state and settings for one run: it takes settings from a file only.</summary>
internal static class GeminiConfiguration
{
    /// <summary>The way to sign in that needs no browser.</summary>
    public const string SignIn = "gemini-api-key";

    private const string Settings = $$$"""
        {
          "security": { "auth": { "selectedType": "{{{SignIn}}}" } },
          "general": { "enableAutoUpdate": false, "enableAutoUpdateNotification": false },
          "privacy": { "usageStatisticsEnabled": false },
          "telemetry": { "enabled": false }
        }
        """;

    public static ImmutableDictionary<string, string> Environment(CoderRequest request)
    {
        var environment = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        // Moves gemini's own files and nothing else: what its shell commands know as home stays.
        environment["GEMINI_CLI_HOME"] = request.Configuration;
        // It would start itself again as a child, for half a second and 120 MB.
        environment["GEMINI_CLI_NO_RELAUNCH"] = "true";
        environment["GEMINI_CLI_TRUST_WORKSPACE"] = "true";
        if (request.Server is { } server)
        {
            environment["GOOGLE_GEMINI_BASE_URL"] = server;
        }

        return environment.ToImmutable();
    }

    public static ImmutableDictionary<string, string> Files(CoderRequest request) =>
        ImmutableDictionary<string, string>.Empty.Add(
            Path.Combine(request.Configuration, ".gemini", "settings.json"),
            Settings
        );

    /// <summary>Without a model gemini first asks another model which one to use.</summary>
    public static ImmutableArray<string> Model(CoderRequest request) => request.Model is { } model ? ["-m", model] : [];

    /// <summary>Its tools refuse to touch any other.</summary>
    public static ImmutableArray<string> Directories(CoderRequest request) =>
        request.TaskDirectory is { } task ? ["--include-directories", task] : [];
}
