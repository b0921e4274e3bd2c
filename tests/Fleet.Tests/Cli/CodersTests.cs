using System.Text.Json;

namespace Fleet.Tests.Cli;

public sealed class CodersTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Every_coder_is_listed_installed_or_not()
    {
        var said = await ada.Fleet("coders", "--json");

        Assert.Equal(0, said.Code);
        using var json = JsonDocument.Parse(said.Out);
        Assert.Equal("CoderList", json.RootElement.GetProperty("kind").GetString());
        var names = json
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Select(i => i.GetProperty("name").GetString());
        Assert.Equal(["claude", "codex", "gemini", "opencode", "agy"], names);
    }

    [Fact]
    public async Task What_a_coder_does_unasked_is_said_because_no_rule_reaches_it()
    {
        using var json = JsonDocument.Parse((await ada.Fleet("coders", "--json")).Out);
        var unasked = json
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .ToDictionary(i => i.GetProperty("name").GetString()!, i => i.GetProperty("unasked").GetString());
        Assert.Equal("everything", unasked["agy"]);
        Assert.Equal("reading, commands that it takes for harmless", unasked["claude"]);
        Assert.Contains("DOES UNASKED", (await ada.Fleet("coders")).Out, StringComparison.Ordinal);
    }
}
