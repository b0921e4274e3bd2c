namespace Fleet.Coders;

/// <summary>Whether a coder is signed in, as far as files and variables tell: nobody is asked.</summary>
internal enum SignedIn
{
    No,
    Yes,

    /// <summary>The coder keeps it where only itself finds it.</summary>
    Unknown,
}

/// <summary>Where each coder keeps that it is signed in, and the variables that decide who pays.</summary>
internal static class SignIn
{
    /// <param name="Key">The variable that a bare key belongs into.</param>
    /// <param name="Variables">Each of them alone signs it in.</param>
    /// <param name="Files">So does each of these, below its directory.</param>
    /// <param name="HowTo">The command that signs it in, with its directory in place of <c>{0}</c>.</param>
    private sealed record Way(string Key, string[] Variables, string[] Files, string HowTo);

    private const string KeyInFile = "umask 077 && echo NAME=KEY > {0}/env";

    private static readonly Dictionary<string, Way> Ways = new(StringComparer.Ordinal)
    {
        ["claude"] = new(
            "ANTHROPIC_API_KEY",
            ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", SubscriptionVariable],
            [".credentials.json"],
            "CLAUDE_CONFIG_DIR={0} claude"
        ),
        // With a key alone codex asks nobody but a server that it was told of.
        ["codex"] = new("OPENAI_API_KEY", ["FLEET_CODER_SERVER"], ["auth.json"], "CODEX_HOME={0} codex login"),
        ["gemini"] = new("GEMINI_API_KEY", ["GEMINI_API_KEY"], [], KeyInFile),
        ["opencode"] = new(
            "OPENAI_API_KEY",
            [],
            ["data/opencode/auth.json"],
            "XDG_DATA_HOME={0}/data opencode auth login"
        ),
    };

    private const string SubscriptionVariable = "CLAUDE_CODE_OAUTH_TOKEN";
    private const string SubscriptionKey = "sk-ant-oat";

    /// <summary>What names of variables that carry a key, or that say to whom it is sent, end with.</summary>
    private static readonly string[] Endings = ["_API_KEY", "_AUTH_TOKEN", "_OAUTH_TOKEN", "_BASE_URL"];

    public static SignedIn Of(string coder, string directory, IReadOnlyDictionary<string, string> variables)
    {
        if (!Ways.TryGetValue(coder, out var way))
        {
            return variables.Keys.Any(IsKey) ? SignedIn.Yes : SignedIn.Unknown;
        }

        var known =
            way.Files.Any(file => File.Exists(Path.Combine(directory, file)))
            || way.Variables.Any(variables.ContainsKey)
            || (way.Variables is [] && variables.Keys.Any(IsKey));
        return known ? SignedIn.Yes : SignedIn.No;
    }

    /// <summary>The variable for a key that stands alone in its file; null where nobody knows it.</summary>
    public static string? KeyVariable(string coder, string key) =>
        coder == "claude" && key.StartsWith(SubscriptionKey, StringComparison.Ordinal) ? SubscriptionVariable
        : Ways.TryGetValue(coder, out var way) ? way.Key
        : null;

    public static string HowTo(string coder, string directory) =>
        (Ways.TryGetValue(coder, out var way) ? way.HowTo : KeyInFile).Replace(
            "{0}",
            directory,
            StringComparison.Ordinal
        );

    /// <summary>Whether a variable decides who pays: one that nobody chose must not reach a run.</summary>
    public static bool Decides(string variable) =>
        Endings.Any(ending => variable.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsKey(string variable) =>
        Decides(variable) && !variable.EndsWith("_BASE_URL", StringComparison.OrdinalIgnoreCase);
}
