namespace Fleet.Tests.Cli;

/// <summary>Every list and every show as JSON: the version, the kind, and the items or the item.</summary>
public sealed class JsonShapeTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Theory]
    [InlineData("TaskList", "tasks")]
    [InlineData("TaskList", "tasks", "--all")]
    [InlineData("EventList", "audit", "log")]
    [InlineData("EventList", "task", "1", "events")]
    [InlineData("Plan", "task", "1", "plan")]
    [InlineData("SettingList", "config", "show")]
    [InlineData("CheckList", "doctor")]
    [InlineData("UsageList", "usage")]
    [InlineData("CoderList", "coders")]
    [InlineData("AccountList", "accounts")]
    [InlineData("LitterList", "gc", "--plan")]
    [InlineData("LitterList", "forget", "shop", "--plan")]
    public async Task A_list_has_items(string kind, params string[] command) =>
        Assert.Equal(System.Text.Json.JsonValueKind.Array, await Member(kind, "items", command));

    [Theory]
    [InlineData("Task", "task", "1")]
    [InlineData("Task", "task", "1", "knowledge")]
    [InlineData("Why", "task", "1", "why")]
    [InlineData("Brief", "task", "1", "brief")]
    [InlineData("Audit", "audit", "verify")]
    [InlineData("Version", "version")]
    [InlineData("SettingsFile", "init", "--print")]
    [InlineData("Answer", "add", "Another", "--", "./x")]
    [InlineData("Task", "wait", "1", "--for", "ready")]
    public async Task A_show_has_an_item(string kind, params string[] command) =>
        Assert.Equal(System.Text.Json.JsonValueKind.Object, await Member(kind, "item", command));

    private async Task<System.Text.Json.JsonValueKind> Member(string kind, string member, string[] command)
    {
        await ada.Add("Sort imports");
        ada.Shop.Plant("test.sh", "/dev/null");

        var cut = Array.IndexOf(command, "--") is >= 0 and var at ? at : command.Length;
        var said = await ada.Fleet([.. command[..cut], "--json", .. command[cut..]]);

        Assert.True(said.Out.Length > 0, said.Error);
        Assert.Equal("fleet/v1", said.Json.GetProperty("apiVersion").GetString());
        Assert.Equal(kind, said.Json.GetProperty("kind").GetString());
        return said.Json.GetProperty(member).ValueKind;
    }
}
