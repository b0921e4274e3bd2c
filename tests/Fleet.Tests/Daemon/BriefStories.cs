using Fleet.Daemon;
using Fleet.Rules;
using Fleet.Rules.Attention;
using Fleet.Rules.Tasks;
using Fleet.Tests.Cli;

namespace Fleet.Tests.Daemon;

/// <summary>What runs are given to look at, what they leave for the next one, and what can be proven later.</summary>
public sealed class BriefStories : IDisposable
{
    /// <summary>Its first run leaves half of the work and its notes, its second one the rest.</summary>
    private const string Coder = """
        cat > "seen.$FLEET_RUN_ID"
        if test "$FLEET_RUN_ID" = 1.1; then
            echo one > a.txt && git add a.txt && git commit -qm "First half"
            echo "- [ ] the other half" > "$FLEET_TASK_DIR/plan.md"
            printf 'shoes \033[2Jcome in pairs\n' > "$FLEET_TASK_DIR/knowledge.md"
            echo "error: out of leather"
            exit 1
        fi
        echo two > b.txt && git add b.txt && git commit -qm "Other half"
        """;

    private readonly CliUser ada = new();

    public BriefStories()
    {
        Directory.CreateDirectory(ada.Home.Root);
        File.WriteAllText(ada.Home.Settings, "version: 1\nretries: { first_wait: 50ms }\n");
        ada.Shop.Write("coder.sh", Coder);
        ada.Shop.Write("role.md", "You make shoes.\n");
        ada.Shop.Write(
            ".fleet/fleet.yaml",
            """
            version: 1
            coders: { mine: { command: [sh, ./coder.sh] } }
            agents: { maker: { prompt: role.md }, lost: { prompt: roles/none.md } }
            gates: [{ name: tests, run: "true" }]

            """
        );
        ada.Shop.Commit("Set up");
    }

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_run_is_given_its_brief_and_the_next_one_what_was_done_and_what_is_known()
    {
        await using var fleet = await Ready();
        var task = await Add(fleet, "maker");
        await fleet.Until(task, s => s.For is WaitingFor.Person);

        var first = await ada.Fleet("task", "1", "brief", "--run", "1");
        Assert.Contains("Sell shoes", first.Out, StringComparison.Ordinal);
        Assert.Contains("You make shoes.", first.Out, StringComparison.Ordinal);
        Assert.Contains("- tests: `true`", first.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("What was done so far", first.Out, StringComparison.Ordinal);

        var second = await ada.Fleet("task", "1", "brief");
        Assert.Equal(second.Out, ada.Shop.Git("cat-file", "blob", "refs/fleet/kept/1/2:seen.1.2") + "\n\n");
        Assert.Contains("First half", second.Out, StringComparison.Ordinal);
        Assert.Contains("a.txt", second.Out, StringComparison.Ordinal);
        Assert.Contains("- [ ] the other half", second.Out, StringComparison.Ordinal);
        Assert.Contains("come in pairs", second.Out, StringComparison.Ordinal);
        Assert.Contains("out of leather", second.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_run_was_looking_at_is_proven_from_the_record()
    {
        await using var fleet = await Ready();
        var task = await Add(fleet, "maker");
        await fleet.Until(task, s => s.For is WaitingFor.Person);

        var given = await ada.Fleet("task", "1", "context");
        Assert.Equal(0, given.Code);
        Assert.Contains("knowledge", given.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("changed", given.Out, StringComparison.Ordinal);

        var brief = RunFiles.Brief(ada.Home.Run(new RunId(task, 2)));
        await File.WriteAllTextAsync(brief, (await File.ReadAllTextAsync(brief)).Replace("pairs", "parts"));
        var forged = await ada.Fleet("task", "1", "context", "--json");
        Assert.Equal(Answer.VerificationFailed, forged.Code);
        var parts = forged.Json.GetProperty("item").GetProperty("parts").EnumerateArray();
        Assert.Equal(
            "changed",
            parts.Single(part => part.GetProperty("name").GetString() == "knowledge").GetProperty("state").GetString()
        );

        File.Delete(brief);
        Assert.Contains("missing", (await ada.Fleet("task", "1", "context")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await ada.Fleet("task", "1", "context", "--run", "1")).Code);
    }

    [Fact]
    public async Task A_plan_and_what_is_known_are_shown_and_nothing_in_them_moves_the_cursor()
    {
        await using var fleet = await Ready();
        var task = await Add(fleet, "maker");
        await fleet.Until(task, s => s.For is WaitingFor.Person);

        Assert.Contains("the other half", (await ada.Fleet("task", "1", "plan")).Out, StringComparison.Ordinal);
        var known = (await ada.Fleet("task", "1", "knowledge")).Out;
        Assert.Contains("shoes come in pairs", known, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', known);
        var json = (await ada.Fleet("task", "1", "knowledge", "--json")).Json.GetProperty("item");
        Assert.Contains("come in pairs", json.GetProperty("knowledge").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_starts_without_the_role_that_its_settings_name()
    {
        await using var fleet = await Ready();
        var task = await Add(fleet, "lost");
        var status = await fleet.Until(task, s => s.For is WaitingFor.Person);
        Assert.Contains("roles/none.md on trunk", status.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_without_a_run_has_no_context()
    {
        await ada.Add("Sort imports");
        var said = await ada.Fleet("task", "1", "context");
        Assert.Equal(Answer.NotFound, said.Code);
        Assert.Contains("fleet task 1 brief", said.Error, StringComparison.Ordinal);
    }

    private async Task<TaskId> Add(LiveFleet fleet, string agent)
    {
        var brief = new Brief("Sell shoes", "Pairs.", "", agent, "mine", null, [], 2, [], [], NoGate: false);
        return Assert.NotNull((await fleet.Ask(new Request.AddTask(ada.Shop.Path, brief))).Task);
    }

    private async Task<LiveFleet> Ready()
    {
        var fleet = await LiveFleet.Start(ada.Home);
        await fleet.Ask(new Request.AddRepository(ada.Shop.Path, "main", null));
        while (fleet.State.RepositoryAt(ada.Shop.Path) is not { CommandsHash: not null })
        {
            await fleet.Host.Pump.ChangedAfter(fleet.State.Seq, LiveFleet.Patience, CancellationToken.None);
        }

        await fleet.Ask(new Request.Trust(ada.Shop.Path, fleet.State.RepositoryAt(ada.Shop.Path)!.CommandsHash!));
        return fleet;
    }
}
