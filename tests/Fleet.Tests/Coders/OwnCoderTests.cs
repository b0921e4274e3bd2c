using System.Collections.Immutable;
using System.Text;
using Fleet.Coders;
using Fleet.Coders.Claude;
using Fleet.Coders.Own;
using Fleet.Processes;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Settings;
using Fleet.Tests.Processes;
using Fleet.Tests.Tidy;

namespace Fleet.Tests.Coders;

/// <summary>Coders that a person defined in settings.</summary>
public sealed class OwnCoderTests
{
    private static CoderLaunch Launch(CoderSettings settings, string? model = null, string? resume = null) =>
        new OwnCoder(settings, spoken: null).Launch(CoderGround.Request(resume, model: model));

    [Fact]
    public void A_prompt_as_input_is_a_file_that_ends()
    {
        var launch = Launch(new CoderSettings("mine", ["mycli"]));

        Assert.Equal(PieceInput.File, launch.Input);
        Assert.Equal(CoderGround.Prompt, launch.Files[launch.InputFile!]);
        Assert.Equal(["mycli"], launch.Command);
    }

    [Fact]
    public void A_prompt_as_an_argument_stands_where_the_command_says_so_or_at_its_end()
    {
        var settings = new CoderSettings("mine", ["mycli", "{prompt}", "-x"], CoderPrompt.Argument);

        Assert.Equal(["mycli", CoderGround.Prompt, "-x"], Launch(settings).Command);
        Assert.Equal(["mycli", CoderGround.Prompt], Launch(settings with { Command = ["mycli"] }).Command);
        Assert.Equal(PieceInput.None, Launch(settings).Input);
        Assert.Empty(Launch(settings).Files);
    }

    [Fact]
    public void A_prompt_as_a_file_is_named_in_the_command()
    {
        var launch = Launch(new CoderSettings("mine", ["mycli", "--brief={file}"], CoderPrompt.File));

        Assert.Equal(["mycli", $"--brief={Assert.Single(launch.Files.Keys)}"], launch.Command);
        Assert.Equal((PieceInput.None, (string?)null), (launch.Input, launch.InputFile));
    }

    [Fact]
    public void Its_variables_may_name_its_own_directory()
    {
        var env = ImmutableSortedDictionary<string, string>.Empty.Add("STATE", "{configuration}/{model}");

        Assert.Equal(
            "/configuration/m",
            Launch(new CoderSettings("mine", ["mycli"], Env: env), model: "m").Environment["STATE"]
        );
        Assert.Equal("/configuration/", Launch(new CoderSettings("mine", ["mycli"], Env: env)).Environment["STATE"]);
    }

    [Fact]
    public void It_prints_what_claude_prints_but_is_not_spoken_to()
    {
        var settings = new CoderSettings(
            "mine",
            ["mycli", "--go-on={session}"],
            Output: CoderOutput.ClaudeStreamJson,
            Context: 64_000
        );
        var coder = new OwnCoder(settings, new ClaudeCoder());
        var lines = CoderGround.Lines("claude-2.1.329-stdio-control.jsonl");

        var played = CoderGround.Play(coder, CoderGround.Request(), lines);

        Assert.Empty(played.Written);
        Assert.Equal(new TurnEnd.Done("turn two"), played.Of<CoderEvent.TurnEnded>()[^1].End);
        Assert.Equal(64_000, played.Of<CoderEvent.SessionStarted>()[0].ContextTokens);
        Assert.Equal(64_000, played.Of<CoderEvent.ContextSeen>()[0].Of);
        Assert.True(coder.Abilities is { Resumes: true, TellsCost: true, Steers: false, AsksPermission: false });
        Assert.False(new OwnCoder(settings with { Command = ["mycli"] }, new ClaudeCoder()).Abilities.Resumes);
    }

    [Theory]
    [InlineData("limit reached*try again in {in}", "ERROR: Limit reached! Try again in 1h 5m.", 3900, null)]
    [InlineData("limit reached", "limit reached, come back later", null, null)]
    [InlineData("resets at {at}", "quota: resets at 2026-11-21T01:10:30Z, sorry", null, 1795223430L)]
    [InlineData("retry_after={in}", "429 retry_after=90", 90, null)]
    [InlineData("until {at}", "wait until tomorrow", null, null)]
    public void A_line_that_tells_of_a_limit_is_one(string pattern, string line, int? resetsIn, long? resetsAt)
    {
        var limit = Assert.Single(Read([pattern], line).Of<CoderEvent.LimitSeen>());

        Assert.True(limit.IsReached);
        Assert.Equal(resetsIn, (int?)limit.ResetsIn?.TotalSeconds);
        Assert.Equal(resetsAt, limit.ResetsAt?.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("limit reached*again", "again: limit reached")]
    [InlineData("{in}", "anything")]
    [InlineData("*", "anything")]
    public void A_line_that_tells_of_none_is_none(string pattern, string line) =>
        Assert.Empty(Read([pattern], line).Of<CoderEvent.LimitSeen>());

    [Fact]
    public void What_the_model_says_in_a_stream_is_no_limit_of_its_account()
    {
        var settings = new CoderSettings(
            "mine",
            ["x"],
            Output: CoderOutput.ClaudeStreamJson,
            Limits: ["first turn", "used up"]
        );
        byte[][] lines = [.. CoderGround.Lines("claude-2.1.329-sid.jsonl"), "error: used up"u8.ToArray()];
        var played = CoderGround.Play(new OwnCoder(settings, new ClaudeCoder()), CoderGround.Request(), lines);

        Assert.Single(played.Of<CoderEvent.LimitSeen>());
    }

    [Fact]
    public async Task The_worked_example_of_the_page_runs_as_the_page_says()
    {
        var page = SourceTree.File("docs/coders.md").Text.Split("## A coder of your own")[1];
        var yaml = page.Split("```yaml\n")[1].Split("```")[0];
        var script = page.Split("```sh\n")[1].Split("```")[0];
        var read = Assert.IsType<SettingsReading.Repository>(
            SettingsFile.Read(yaml, SettingsKind.Repository, "fleet.yaml")
        );
        await using var home = await KeeperHome.Open();
        var request = CoderGround.Request(model: "large") with { Configuration = home.Home, Worktree = home.Home };
        await File.WriteAllTextAsync(Path.Combine(home.Home, "mycli.sh"), script);
        var coder = new OwnCoder(Assert.Single(read.Settings.Coders), spoken: null);

        var launch = coder.Launch(request);
        foreach (var (path, text) in launch.Files)
        {
            await File.WriteAllTextAsync(path, text);
        }

        _ = await home.Client.Spawn(
            home.Script("a", "") with
            {
                Command = launch.Command,
                WorkingDirectory = home.Home,
                Environment = launch.Environment.Add("PATH", "/usr/bin:/bin"),
                Input = launch.Input,
                InputFile = launch.InputFile,
            }
        );
        var ended = await home.Ended("a");

        var output = await File.ReadAllLinesAsync(Path.Combine(home.DirectoryOf("a"), "output"));
        var played = CoderGround.Play(coder, request, output.Select(Encoding.UTF8.GetBytes));
        Assert.Equal(0, ended.Exit.Code);
        Assert.Contains(new CoderEvent.Text($"large was asked: {CoderGround.Prompt}"), played.Events);
        Assert.Equal(TimeSpan.FromMinutes(90), Assert.Single(played.Of<CoderEvent.LimitSeen>()).ResetsIn);
    }

    private static Played Read(ImmutableArray<string> limits, string line) =>
        CoderGround.Play(
            new OwnCoder(new CoderSettings("mine", ["mycli"], Limits: limits), spoken: null),
            CoderGround.Request(),
            [Encoding.UTF8.GetBytes(line)]
        );
}
