using System.Collections.Immutable;
using System.Text.Json;

namespace Fleet.Coders.Opencode;

/// <summary>Opencode's state and settings for one run; the settings come in a variable.</summary>
internal static class OpencodeConfiguration
{
    /// <summary>The name of a server of one's own, in opencode's way to name models: <c>provider/model</c>.</summary>
    private const string OwnProvider = "fleet";

    /// <param name="asks">Whether someone can answer its questions; else it is told what is allowed.</param>
    public static ImmutableDictionary<string, string> Environment(CoderRequest request, bool asks)
    {
        var environment = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        environment["OPENCODE_CONFIG_CONTENT"] = JsonLine.Write(json => Write(json, request, asks));
        environment["OPENCODE_DISABLE_AUTOUPDATE"] = "1";
        environment["XDG_DATA_HOME"] = Path.Combine(request.Configuration, "data");
        environment["XDG_STATE_HOME"] = Path.Combine(request.Configuration, "state");
        if (request.Server is not null)
        {
            environment["OPENCODE_DISABLE_MODELS_FETCH"] = "1";
        }

        return environment.ToImmutable();
    }

    public static string? Model(CoderRequest request) =>
        request is { Model: { } model, Server: not null } ? $"{OwnProvider}/{model}" : request.Model;

    private static void Write(Utf8JsonWriter json, CoderRequest request, bool asks)
    {
        json.WriteBoolean("autoupdate", false);
        json.WriteString("share", "disabled");
        json.Object("permission", rules => WritePermissions(rules, asks));
        if (Model(request) is { } model)
        {
            json.WriteString("model", model);
            // Each new session asks for a title, by default of a model that this account may not have.
            json.WriteString("small_model", model);
        }

        if (request is { Server: { } server, Model: { } name })
        {
            json.Object("provider", providers => WriteProvider(providers, server, name));
        }
    }

    private static void WritePermissions(Utf8JsonWriter rules, bool asks)
    {
        rules.WriteString("edit", asks ? "ask" : "allow");
        rules.Object(
            "bash",
            commands =>
            {
                commands.WriteString("*", asks ? "ask" : "allow");
                if (!asks)
                {
                    commands.WriteString("*git push*", "deny");
                }
            }
        );
        rules.WriteString("webfetch", asks ? "ask" : "allow");
        rules.WriteString("external_directory", asks ? "ask" : "deny");
    }

    private static void WriteProvider(Utf8JsonWriter providers, string server, string model) =>
        providers.Object(
            OwnProvider,
            provider =>
            {
                provider.WriteString("npm", "@ai-sdk/openai-compatible");
                provider.Object(
                    "options",
                    options =>
                    {
                        options.WriteString("baseURL", server);
                        options.WriteString("apiKey", "{env:OPENAI_API_KEY}");
                    }
                );
                provider.Object("models", models => models.Object(model, _ => { }));
            }
        );
}
