using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fleet.Rules.Settings;

namespace Fleet.Rules.Tests.Settings;

/// <summary>Settings enter as events, so they survive JSON, and JSON of an older log gets today's defaults.</summary>
public sealed partial class SettingsJsonTests
{
    [Fact]
    public void Settings_that_are_missing_in_json_are_their_defaults()
    {
        var home = JsonSerializer.Deserialize("""{ "MaxConcurrent": 7 }""", Json.Default.HomeSettings)!;
        Assert.Equal(7, home.MaxConcurrent);
        Assert.Equal(new HomeSettings().Limits, home.Limits);
        Assert.Equal(new HomeSettings().Retries, home.Retries);
        Assert.Equal(new HomeSettings().GateTimeout, home.GateTimeout);
        Assert.Empty(home.Agents);

        var repository = JsonSerializer.Deserialize("""{ "Worktrees": {} }""", Json.Default.RepositorySettings)!;
        Assert.Empty(repository.Gates);
        Assert.Empty(repository.Worktrees.Carry);
    }

    [Fact]
    public void Settings_come_back_from_json_as_they_were()
    {
        var repository = new RepositorySettings(
            Trunk: "main",
            Gates: [new GateSettings("tests", "./t", TimeSpan.FromMinutes(3))],
            Worktrees: new WorktreeSettings(Kind: WorktreeKind.Linked, Carry: [".env"]),
            Landing: new AskedLanding(LandingMode.Auto, false),
            Limits: new AskedLimits(OutputBytes: 5),
            Agents: [new AgentSettings("a", Purpose: AgentPurpose.Review, Budget: new Budget(2.5m, 4, 500_000))],
            Coders:
            [
                new CoderSettings(
                    "mine",
                    ["mycli", "--model", "{model}"],
                    CoderPrompt.File,
                    CoderOutput.Acp,
                    128_000,
                    ImmutableSortedDictionary<string, string>.Empty.Add("B", "2").Add("A", "1"),
                    ["limit*{in}"]
                ),
            ]
        );
        var json = JsonSerializer.Serialize(repository, Json.Default.RepositorySettings);
        var back = JsonSerializer.Deserialize(json, Json.Default.RepositorySettings)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, Json.Default.RepositorySettings));
        Assert.Equal(repository.Gates, back.Gates);
        Assert.Equal((repository.Landing, repository.Limits), (back.Landing, back.Limits));
        Assert.Equal(repository.Agents[0].Budget, back.Agents[0].Budget);
        var (coder, same) = (repository.Coders[0], back.Coders[0]);
        Assert.Equal(coder.Command, same.Command);
        Assert.Equal((coder.Prompt, coder.Output, coder.Context), (same.Prompt, same.Output, same.Context));
        Assert.Equal(coder.Env, same.Env);
        Assert.Equal(coder.Limits, same.Limits);
    }

    [Fact]
    public void A_coder_of_an_older_log_is_given_todays_defaults()
    {
        const string old = """{ "Coders": [{ "Name": "mine", "Command": ["mycli"] }] }""";
        var coder = JsonSerializer.Deserialize(old, Json.Default.RepositorySettings)!.Coders[0];

        Assert.Equal((CoderPrompt.Stdin, CoderOutput.Lines, (long?)null), (coder.Prompt, coder.Output, coder.Context));
        Assert.Empty(coder.Env);
        Assert.Empty(coder.Limits);
    }

    [JsonSerializable(typeof(HomeSettings))]
    [JsonSerializable(typeof(RepositorySettings))]
    private sealed partial class Json : JsonSerializerContext;
}
