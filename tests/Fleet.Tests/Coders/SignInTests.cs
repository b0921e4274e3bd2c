using Fleet.Coders;

namespace Fleet.Tests.Coders;

/// <summary>Whether a coder is signed in, told from its files and variables alone.</summary>
public sealed class SignInTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-signin-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("claude", ".credentials.json")]
    [InlineData("codex", "auth.json")]
    [InlineData("opencode", "data/opencode/auth.json")]
    public void A_file_of_its_own_says_that_it_is_signed_in(string coder, string name)
    {
        Assert.Equal(SignedIn.No, Of(coder));
        var file = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "{}");
        Assert.Equal(SignedIn.Yes, Of(coder));
    }

    [Theory]
    [InlineData("claude", "CLAUDE_CODE_OAUTH_TOKEN")]
    [InlineData("claude", "ANTHROPIC_API_KEY")]
    [InlineData("codex", "FLEET_CODER_SERVER")]
    [InlineData("gemini", "GEMINI_API_KEY")]
    [InlineData("opencode", "OPENROUTER_API_KEY")]
    [InlineData("mine", "MINE_API_KEY")]
    public void So_does_a_variable(string coder, string variable) => Assert.Equal(SignedIn.Yes, Of(coder, variable));

    [Theory]
    [InlineData("agy")]
    [InlineData("mine")]
    public void Of_a_coder_that_keeps_it_elsewhere_nobody_knows(string coder) =>
        Assert.Equal(SignedIn.Unknown, Of(coder));

    [Theory]
    [InlineData("claude", "sk-ant-oat01-x", "CLAUDE_CODE_OAUTH_TOKEN")]
    [InlineData("claude", "sk-ant-api03-x", "ANTHROPIC_API_KEY")]
    [InlineData("gemini", "AIza", "GEMINI_API_KEY")]
    [InlineData("mine", "x", null)]
    public void A_key_alone_belongs_into_the_coders_own_variable(string coder, string key, string? variable) =>
        Assert.Equal(variable, SignIn.KeyVariable(coder, key));

    [Theory]
    [InlineData("ANTHROPIC_API_KEY", true)]
    [InlineData("ANTHROPIC_AUTH_TOKEN", true)]
    [InlineData("CLAUDE_CODE_OAUTH_TOKEN", true)]
    [InlineData("OPENAI_BASE_URL", true)]
    [InlineData("GOOGLE_API_KEY", true)]
    [InlineData("PATH", false)]
    [InlineData("FLEET_RUN_ID", false)]
    public void Keys_and_servers_decide_who_pays(string variable, bool decides) =>
        Assert.Equal(decides, SignIn.Decides(variable));

    private SignedIn Of(string coder, params string[] variables) =>
        SignIn.Of(coder, folder.FullName, variables.ToDictionary(name => name, _ => "x", StringComparer.Ordinal));
}
