using System.Collections.Immutable;
using Fleet.Rules.Settings;

namespace Fleet.Rules.Tests.Settings;

/// <summary>A person consents to exactly the commands that are shown.</summary>
public sealed class TrustTests
{
    private static readonly RepositorySettings Settings = new(
        Gates: [new GateSettings("tests", "./test.sh")],
        Setup: ["npm ci"],
        Worktrees: new WorktreeSettings(Setup: ["make deps"]),
        Coders: [new CoderSettings("mine", ["./coder", "--model", "{model}"])]
    );

    [Fact]
    public void Everything_executable_is_shown()
    {
        const string Expected = """
              setup           npm ci
              worktree setup  make deps
              gate tests      ./test.sh
              coder mine      [./coder, --model, '{model}']

            """;
        Assert.Equal(Expected, Trust.ToShow(Settings).Text);
    }

    private static IEnumerable<CoderSettings> ChangedCoders =>
        [
            Settings.Coders[0] with
            {
                Prompt = CoderPrompt.Argument,
            },
            Settings.Coders[0] with
            {
                Output = CoderOutput.CodexJson,
            },
            Settings.Coders[0] with
            {
                Context = 1_000,
            },
            Settings.Coders[0] with
            {
                Env = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "./bin"),
            },
            Settings.Coders[0] with
            {
                Limits = ["limit"],
            },
        ];

    [Fact]
    public void Whatever_decides_what_a_coder_does_is_shown_beside_its_command()
    {
        var coder = new CoderSettings(
            "mine",
            ["./coder"],
            CoderPrompt.File,
            Env: ImmutableSortedDictionary<string, string>.Empty.Add("LD_PRELOAD", "./a b.so")
        );

        const string Expected = """
              coder mine         [./coder]
              coder prompt mine  file
              coder env mine     [LD_PRELOAD, './a b.so']

            """;
        Assert.Equal(Expected, Trust.ToShow(new RepositorySettings(Coders: [coder])).Text);
    }

    [Fact]
    public void A_hash_that_was_trusted_before_a_coder_had_more_than_a_command_still_holds() =>
        Assert.Equal(
            "fleet-commands-1\ncoder\tmine\t[./coder]\n",
            Trust.CanonicalText(new RepositorySettings(Coders: [new CoderSettings("mine", ["./coder"])]))
        );

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
                Coders = [new CoderSettings("mine", ["./other", "--model", "{model}"])],
            },
            Settings with
            {
                Coders = [new CoderSettings("claude", ["./coder", "--model", "{model}"])],
            },
            Settings with
            {
                Coders = [new CoderSettings("mine", ["./coder", "--model={model}"])],
            },
            .. ChangedCoders.Select(coder => Settings with { Coders = [coder] }),
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

    [Fact]
    public void Arguments_that_are_cut_differently_never_look_alike()
    {
        string[][] commands =
        [
            ["a", "b"],
            ["a b"],
            ["a, b"],
            ["a", "", "b"],
            ["a", "'b'"],
            ["a', 'b"],
            ["a'', ''b"],
            ["a", "b]"],
            ["a", "b\\n"],
            ["a", "b\n"],
        ];
        var shown = commands.Select(command =>
            Trust.CanonicalText(new RepositorySettings(Coders: [new CoderSettings("c", [.. command])]))
        );
        Assert.Equal(commands.Length, shown.Distinct().Count());
    }

    [Theory]
    [InlineData("./test.sh\u001b[2K./evil", @"./test.sh\u001b[2K./evil")]
    [InlineData("./test.sh\n./evil", @"./test.sh\n./evil")]
    [InlineData("./\u202Ehs.tset", @"./\u202ehs.tset")]
    [InlineData("a\u200Bb", @"a\u200bb")]
    [InlineData("a\u00A0b", @"a\u00a0b")]
    [InlineData("a\U000E0041b", @"a\U000e0041b")]
    [InlineData("a\uFE0Fb", @"a\ufe0fb")]
    [InlineData("a\u3164b", @"a\u3164b")]
    public void Nothing_in_a_command_can_hide(string run, string shown) =>
        Assert.Contains(shown, Trust.ToShow(new RepositorySettings(Setup: [run])).Text, StringComparison.Ordinal);

    [Fact]
    public void Words_of_any_language_stay_as_they_are() =>
        Assert.Contains(
            "echo grüße 你好 🚀",
            Trust.ToShow(new RepositorySettings(Setup: ["echo grüße 你好 🚀"])).Text,
            StringComparison.Ordinal
        );
}
