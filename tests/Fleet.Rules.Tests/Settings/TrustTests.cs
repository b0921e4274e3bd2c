using Fleet.Rules.Settings;

namespace Fleet.Rules.Tests.Settings;

/// <summary>A person consents to exactly the commands that are shown.</summary>
public sealed class TrustTests
{
    private static readonly RepositorySettings Settings = new(
        Gates: [new GateSettings("tests", "./test.sh")],
        Setup: ["npm ci"],
        Worktrees: new WorktreeSettings(Setup: ["make deps"]),
        Coders: [new CoderSettings("mine", "./coder")],
        Hooks: [new HookSettings(HookMoment.Landed, "./tell.sh")]
    );

    [Fact]
    public void Everything_executable_is_shown()
    {
        const string Expected = """
              setup           npm ci
              worktree setup  make deps
              gate tests      ./test.sh
              coder mine      ./coder
              hook landed     ./tell.sh

            """;
        Assert.Equal(Expected, Trust.ToShow(Settings).Text);
    }

    public static TheoryData<RepositorySettings> Changed =>
        [
            Settings with
            {
                Gates = [new GateSettings("tests", "./test.sh; curl evil")],
            },
            Settings with
            {
                Gates = [],
            },
            Settings with
            {
                Gates = [.. Settings.Gates, new GateSettings("more", "./more.sh")],
            },
            Settings with
            {
                Setup = ["npm install"],
            },
            Settings with
            {
                Setup = [],
                Worktrees = new WorktreeSettings(Setup: ["npm ci", "make deps"]),
            },
            Settings with
            {
                Coders = [new CoderSettings("mine", "./other")],
            },
            Settings with
            {
                Coders = [new CoderSettings("claude", "./coder")],
            },
            Settings with
            {
                Hooks = [new HookSettings(HookMoment.Refused, "./tell.sh")],
            },
        ];

    [Theory]
    [MemberData(nameof(Changed))]
    public void Any_changed_command_asks_again(RepositorySettings changed) =>
        Assert.NotEqual(Trust.Hash(Settings), Trust.Hash(changed));

    [Fact]
    public void What_runs_nothing_does_not_ask_again()
    {
        var changed = Settings with
        {
            Trunk = "main",
            Limits = new AskedLimits(Idle: TimeSpan.FromMinutes(1)),
            Gates = [new GateSettings("tests", "./test.sh", TimeSpan.FromMinutes(2))],
        };
        Assert.Equal(Trust.Hash(Settings), Trust.Hash(changed));
    }

    [Fact]
    public void Two_commands_never_pass_for_one()
    {
        var two = new RepositorySettings(Setup: ["a", "b"]);
        Assert.NotEqual(Trust.Hash(two), Trust.Hash(new RepositorySettings(Setup: ["a\nsetup\t\tb"])));
        Assert.NotEqual(Trust.Hash(two), Trust.Hash(new RepositorySettings(Setup: ["a\\nsetup\\t\\tb"])));
    }

    [Theory]
    [InlineData("./test.sh\u001b[2K./evil", @"./test.sh\u001b[2K./evil")]
    [InlineData("./test.sh\n./evil", @"./test.sh\n./evil")]
    [InlineData("./\u202Ehs.tset", @"./\u202ehs.tset")]
    [InlineData("a\u200Bb", @"a\u200bb")]
    [InlineData("a\u00A0b", @"a\u00a0b")]
    public void Nothing_in_a_command_can_hide(string run, string shown) =>
        Assert.Contains(shown, Trust.ToShow(new RepositorySettings(Setup: [run])).Text, StringComparison.Ordinal);
}
