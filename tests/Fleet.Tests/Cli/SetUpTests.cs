using Fleet.Settings.Init;

namespace Fleet.Tests.Cli;

public sealed class SetUpTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Init_shows_what_it_would_write_and_writes_nothing()
    {
        WithTests();

        var said = await ada.Fleet("init", "--print");

        Assert.Contains("test.sh", said.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(ada.Shop.At(InitFile.Name)));
    }

    [Fact]
    public async Task Init_writes_trusts_and_commits_its_file_and_nothing_else()
    {
        WithTests();
        ada.Shop.Write("mine", "half done\n");
        ada.Shop.Git("add", "mine");

        Assert.Equal(0, (await ada.Fleet("init", "--commit")).Code);

        Assert.Equal(".fleet/fleet.yaml", ada.Shop.Git("show", "--name-only", "--format=", "HEAD"));
        Assert.Equal("A  mine", ada.Shop.Git("status", "--porcelain"));
        Assert.Equal("the commands of shop are trusted already", (await ada.Fleet("trust", "--yes")).Out.Trim());
    }

    [Fact]
    public async Task Init_again_changes_nothing()
    {
        WithTests();
        await ada.Fleet("init", "--commit");
        var head = ada.Shop.Head;

        Assert.Equal(0, (await ada.Fleet("init", "--commit")).Code);
        Assert.Equal(head, ada.Shop.Head);
    }

    [Fact]
    public async Task Trust_shows_the_commands_and_records_the_answer()
    {
        WithTests();
        await ada.Fleet("init", "--commit");
        ada.Shop.Write(InitFile.Name, "version: 1\ngates:\n  - { name: other, run: make it-so }\n");
        ada.Shop.Commit("Another gate");
        ada.AtScreen = true;

        ada.Input = "n\n";
        Assert.Equal(7, (await ada.Fleet("trust")).Code);
        ada.Input = "y\n";
        var said = await ada.Fleet("trust");

        Assert.Equal(0, said.Code);
        Assert.Contains("make it-so", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_ci_a_variable_is_the_consent()
    {
        WithTests();
        ada.Shop.Write(InitFile.Name, "version: 1\ngates:\n  - { name: tests, run: ./test.sh }\n");
        ada.Shop.Commit("Gates");
        ada.Set("FLEET_TRUST", "all");

        Assert.Equal(0, (await ada.Fleet("trust")).Code);
    }

    [Fact]
    public async Task A_setting_is_set_and_its_origin_is_told()
    {
        Assert.Equal(0, (await ada.Fleet("config", "set", "max_concurrent=5")).Code);

        var said = await ada.Fleet("config", "show", "--json");

        var row = said
            .Json.GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("path").GetString() == "max_concurrent");
        Assert.Equal("5", row.GetProperty("value").GetString());
        Assert.StartsWith(ada.Home.Settings, row.GetProperty("origin").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_shown_at_its_place()
    {
        var said = await ada.Fleet("config", "set", "max_concurent=5");

        Assert.Equal(2, said.Code);
        Assert.Contains("^^^", said.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean \"max_concurrent\"?", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_names_a_gate_that_refuses_nothing()
    {
        ada.Shop.Write(
            InitFile.Name,
            "version: 1\ngates:\n  - { name: idle, run: \"true\" }\n  - { name: real, run: test -f README }\n"
        );
        ada.Shop.Commit("Gates");
        await ada.Fleet("trust", "--yes");

        var said = await ada.Fleet("doctor", "--json");

        Assert.Contains("gate real fails on an empty tree", said.Out, StringComparison.Ordinal);
        Assert.Contains("gate idle passes on an empty tree", said.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init")]
    [InlineData("trust", "--yes")]
    [InlineData("doctor")]
    [InlineData("config", "show", "--origin")]
    public async Task Where_a_repository_asks_for_auto_and_the_home_does_not_it_is_said(params string[] command)
    {
        await AsksForAuto();

        var said = await ada.Fleet(command);

        Assert.Contains("fleet config set landing.mode=auto", said.Out + said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("init")]
    [InlineData("trust", "--yes")]
    [InlineData("doctor")]
    [InlineData("config", "show", "--origin")]
    public async Task Once_the_home_says_auto_too_nothing_more_is_said(params string[] command)
    {
        await AsksForAuto();
        await ada.Fleet("config", "set", "landing.mode=auto");

        var said = await ada.Fleet(command);

        Assert.DoesNotContain("landing auto needs", said.Out + said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_never_runs_what_nobody_trusts()
    {
        await ada.Fleet("init");
        ada.Shop.Write(InitFile.Name, $"version: 1\ngates:\n  - {{ name: evil, run: touch {ada.At("ran")} }}\n");
        ada.Shop.Commit("A gate");

        await ada.Fleet("doctor");

        Assert.False(File.Exists(ada.At("ran")));
    }

    private async Task AsksForAuto()
    {
        ada.Shop.Write(
            InitFile.Name,
            "version: 1\nlanding: { mode: auto }\ngates:\n  - { name: t, run: test -f README }\n"
        );
        ada.Shop.Commit("Gates, and no person");
        await ada.Fleet("init");
    }

    private void WithTests()
    {
        ada.Shop.Plant("test.sh", "/dev/null");
        ada.Shop.Commit("Tests");
    }
}
