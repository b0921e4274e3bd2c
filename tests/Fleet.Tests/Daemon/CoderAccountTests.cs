using Fleet.Coders;
using Fleet.Daemon;
using Fleet.Daemon.Conversations;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Tests.Daemon;

/// <summary>Where a run's account is signed in, and what is said when it is not: never the key.</summary>
public sealed class CoderAccountTests : IDisposable
{
    private const string Secret = "sk-ant-api03-hunter2";
    private static readonly AccountId Work = new("claude", "work");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-account-");
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    private FleetHome Home => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Each_account_has_a_directory_of_its_own_so_that_no_other_sign_in_is_found_there()
    {
        Assert.Equal(Home.Coder("claude"), Of(null, Account.Default).Directory);
        Assert.Equal(Path.Combine(folder.FullName, "accounts", "claude", "work"), Of(Entry()).Directory);
        Assert.Equal("/elsewhere", Of(Entry() with { ConfigDir = "/elsewhere" }).Directory);
    }

    [Fact]
    public void A_key_comes_from_a_file_that_only_its_owner_can_read()
    {
        var account = Of(Entry() with { KeyFile = KeyFile($"# mine\n\n{Secret}\n") });
        Assert.Equal((null, Secret), (account.Trouble, account.Variables["ANTHROPIC_API_KEY"]));
        Assert.Equal(SignedIn.Yes, account.SignedIn);
    }

    [Fact]
    public void A_file_may_name_its_variables()
    {
        var account = Of(Entry() with { KeyFile = KeyFile($"ANTHROPIC_AUTH_TOKEN = {Secret}\nA=b=c\n") });
        Assert.Equal((Secret, "b=c"), (account.Variables["ANTHROPIC_AUTH_TOKEN"], account.Variables["A"]));
    }

    [Fact]
    public void A_file_that_others_may_read_is_refused_with_the_command_that_mends_it()
    {
        var file = KeyFile(Secret, UnixFileMode.GroupRead);
        var account = Of(Entry() with { KeyFile = file });

        Assert.Equal($"{file} may be read by others: chmod 600 {file}", account.Trouble);
        Assert.Equal(SignedIn.No, account.SignedIn);
        Assert.Empty(account.Variables);
    }

    [Fact]
    public void A_file_that_is_missing_says_what_to_do() =>
        Assert.Contains("write the key into it, then chmod 600", Of(Entry() with { KeyFile = "/nowhere" }).Trouble);

    [Fact]
    public void A_key_of_which_nobody_knows_the_variable_is_not_repeated()
    {
        var mine = new AccountSettings("work", "mine", KeyFile: KeyFile(Secret));
        var trouble = CoderAccount.Of(Home, new AccountId("mine", "work"), mine, Variable).Trouble;

        Assert.Contains("write NAME=KEY", trouble);
        Assert.DoesNotContain("hunter2", trouble);
    }

    [Fact]
    public void Variables_are_taken_from_the_daemon_under_the_names_that_settings_say()
    {
        (environment["WORK_KEY"], environment["HTTPS_PROXY"], environment["OTHER"]) = (Secret, "proxy", "x");
        var account = Of(Entry() with { Env = ["ANTHROPIC_API_KEY=WORK_KEY", "HTTPS_PROXY"] });

        Assert.Equal(
            new Dictionary<string, string> { ["ANTHROPIC_API_KEY"] = Secret, ["HTTPS_PROXY"] = "proxy" },
            account.Variables
        );
    }

    [Fact]
    public void A_variable_that_the_daemon_does_not_have_is_named() =>
        Assert.Contains("no variable WORK_KEY", Of(Entry() with { Env = ["ANTHROPIC_API_KEY=WORK_KEY"] }).Trouble);

    [Fact]
    public void An_account_may_have_a_server_of_its_own() =>
        Assert.Equal("own", Of(Entry() with { KeyFile = KeyFile("FLEET_CODER_SERVER=own\n") }).Server);

    private static AccountSettings Entry() => new("work", "claude");

    private CoderAccount Of(AccountSettings? settings, string name = "work") =>
        CoderAccount.Of(Home, Work with { Name = name }, settings, Variable);

    private string? Variable(string name) => environment.GetValueOrDefault(name);

    private string KeyFile(string text, UnixFileMode others = UnixFileMode.None)
    {
        var file = Path.Combine(folder.FullName, $"key-{Guid.NewGuid():N}");
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        return file;
    }
}
