using Fleet.Coders;

namespace Fleet.Tests.Coders;

/// <summary>What decides who pays reaches a run only from the account that was chosen for it.</summary>
public sealed class RunEnvironmentTests
{
    [Theory]
    [InlineData("ANTHROPIC_API_KEY")]
    [InlineData("ANTHROPIC_AUTH_TOKEN")]
    [InlineData("ANTHROPIC_BASE_URL")]
    [InlineData("CLAUDE_CODE_OAUTH_TOKEN")]
    [InlineData("OPENAI_API_KEY")]
    [InlineData("OPENAI_BASE_URL")]
    [InlineData("GEMINI_API_KEY")]
    [InlineData("GOOGLE_API_KEY")]
    [InlineData("GOOGLE_GEMINI_BASE_URL")]
    public void A_stray_key_or_server_is_left_out(string variable)
    {
        var paid = RunEnvironment.Paid(Of(("PATH", "/bin"), (variable, "stray")), Of(), Of());
        Assert.Equal(Of(("PATH", "/bin")), paid);
    }

    [Fact]
    public void The_account_has_the_last_word()
    {
        var launch = Of(("NO_COLOR", "1"), ("OPENAI_API_KEY", "of the coder"));
        var paid = RunEnvironment.Paid(Of(("OPENAI_API_KEY", "stray")), launch, Of(("OPENAI_API_KEY", "chosen")));
        Assert.Equal(Of(("NO_COLOR", "1"), ("OPENAI_API_KEY", "chosen")), paid);
    }

    private static Dictionary<string, string> Of(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
