using Fleet.Rules.Settings;
using Fleet.Settings;
using Fleet.Tests.Tidy;

namespace Fleet.Tests.Settings;

public sealed class PermissionSettingsTests
{
    [Fact]
    public void The_worked_example_of_the_page_is_read_as_the_page_says()
    {
        var page = SourceTree.File("docs/coders.md").Text;
        var yaml = page.Split("```yaml\n")
            .Single(example => example.StartsWith("agents:\n  builder", StringComparison.Ordinal));
        var rules = Read(yaml.Split("```")[0]).Permissions;

        Assert.Equal(["WebFetch", "shell: curl*"], rules.Deny.AsEnumerable());
        Assert.Equal(["shell: git rebase*", "path: migrations/**"], rules.Ask.AsEnumerable());
        Assert.Equal(TimeSpan.FromMinutes(30), rules.Wait);
        Assert.Empty(rules.Allow);
    }

    [Fact]
    public void An_agent_without_rules_waits_an_hour_and_begins_at_once()
    {
        var agent = Read("agents: { builder: { coder: claude } }");
        Assert.True(agent.Permissions.IsEmpty);
        Assert.Equal((TimeSpan.FromHours(1), AgentPlan.Free), (agent.Permissions.Wait, agent.Plan));
        Assert.Equal(AgentPlan.Ask, Read("agents: { builder: { plan: ask } }").Plan);
    }

    private static AgentSettings Read(string yaml)
    {
        var read = SettingsFile.Read(yaml, SettingsKind.Home, "config.yaml");
        return Assert.Single(Assert.IsType<SettingsReading.Home>(read).Settings.Agents);
    }
}
