using System.Text.Json;

namespace Fleet.Tests.Cli;

/// <summary>Who pays, as a person at a shell sees it.</summary>
public sealed class AccountsTests : IDisposable
{
    private const string Secret = "sk-ant-api03-hunter2";
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_coder_without_an_entry_has_one_account_that_is_not_signed_in_until_it_has_a_key()
    {
        Assert.Equal("no", SignedIn(await ada.Fleet("accounts", "--json"), "claude", "default"));
        Write(Path.Combine(ada.Home.Coder("claude"), "env"), $"ANTHROPIC_API_KEY={Secret}\n");

        var said = await ada.Fleet("accounts", "--json");
        Assert.Equal("yes", SignedIn(said, "claude", "default"));
        Assert.DoesNotContain("hunter2", said.Out, StringComparison.Ordinal);
        Assert.Matches(@"claude\s.*signed in", (await ada.Fleet("coders")).Out);
        Assert.Matches(@"codex\s.*not signed in", (await ada.Fleet("coders")).Out);
        Assert.Matches(@"agy\s.*unknown", (await ada.Fleet("coders")).Out);
    }

    [Fact]
    public async Task Doctor_says_which_account_is_not_in_order_and_what_to_do()
    {
        var key = ada.At("key");
        Write(key, Secret, UnixFileMode.OtherRead);
        Settings($"accounts:\n  work: {{ coder: claude, key_file: {key} }}\n  spare: {{ coder: claude }}\n");

        var said = await ada.Fleet("doctor");
        Assert.Contains($"account claude/work: {key} may be read by others: chmod 600 {key}", said.Out);
        Assert.Contains("try:  mend it, then: fleet accounts resume claude/work", said.Out);
        Assert.Contains("account claude/spare: not signed in", said.Out);
        Assert.Contains(
            $"CLAUDE_CONFIG_DIR={Path.Combine(ada.Home.Root, "accounts", "claude", "spare")} claude",
            said.Out
        );
        Assert.DoesNotContain("hunter2", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_that_only_the_daemon_has_leaves_it_unknown_here()
    {
        Settings("accounts:\n  work: { coder: claude, env: [ANTHROPIC_API_KEY=WORK_KEY] }\n");
        Assert.Equal("unknown", SignedIn(await ada.Fleet("accounts", "--json"), "claude", "work"));

        ada.Set("WORK_KEY", Secret);
        Assert.Equal("yes", SignedIn(await ada.Fleet("accounts", "--json"), "claude", "work"));
    }

    [Fact]
    public async Task An_account_that_does_not_exist_cannot_be_resumed()
    {
        var said = await ada.Fleet("accounts", "resume", "nobody");
        Assert.Equal(3, said.Code);
        Assert.Contains("there is no account nobody", said.Error);
        Assert.Contains("fleet accounts", said.Error);
    }

    [Fact]
    public async Task What_resume_is_about_must_be_named() =>
        Assert.Equal(2, (await ada.Fleet("accounts", "resume")).Code);

    private void Settings(string yaml)
    {
        Directory.CreateDirectory(ada.Home.Root);
        File.WriteAllText(ada.Home.Settings, yaml);
    }

    private static void Write(string file, string text, UnixFileMode others = UnixFileMode.None)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
    }

    private static string? SignedIn(Said said, string coder, string name) =>
        said
            .Json.GetProperty("items")
            .EnumerateArray()
            .Single(item => Is(item, "coder", coder) && Is(item, "name", name))
            .GetProperty("signedIn")
            .GetString();

    private static bool Is(JsonElement item, string field, string value) =>
        item.GetProperty(field).GetString() == value;
}
