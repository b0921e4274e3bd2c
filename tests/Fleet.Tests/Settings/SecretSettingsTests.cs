using System.Text;
using Fleet.Settings;

namespace Fleet.Tests.Settings;

/// <summary>A key that a person wrote into the settings by mistake is refused, and repeated nowhere.</summary>
public sealed class SecretSettingsTests
{
    private const string Anthropic = "sk-ant-oat01-hunter2";
    private const string Google = "AIzaSyHunter2hunter2hunter2";

    [Theory]
    [InlineData($"accounts: {{ work: {{ coder: claude, env: [{Anthropic}] }} }}")]
    [InlineData($"accounts: {{ work: {{ coder: claude, env: [ANTHROPIC_API_KEY={Anthropic}] }} }}")]
    [InlineData($"accounts: {{ work: {{ coder: gemini, env: [GEMINI_API_KEY={Google}] }} }}")]
    [InlineData($"accounts: {{ work: {{ coder: gemini, env: {Google} }} }}")]
    [InlineData($"accounts: {{ work: {{ coder: claude, key_file: {Anthropic} }} }}")]
    [InlineData($"accounts: {{ work: {{ coder: claude, key: {Anthropic} }} }}")]
    [InlineData($"accounts: {{ work: {Anthropic} }}")]
    public void A_key_in_the_settings_is_an_error_that_does_not_show_it(string yaml)
    {
        var wrong = Assert.IsType<SettingsReading.Wrong>(
            SettingsFile.Read(Encoding.UTF8.GetBytes(yaml), SettingsKind.Home, "config.yaml")
        );

        Assert.NotEmpty(wrong.Errors);
        Assert.DoesNotContain("hunter2", wrong.Render(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("config.yaml:1", wrong.Render(), StringComparison.Ordinal);
    }
}
