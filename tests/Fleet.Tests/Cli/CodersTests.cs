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
}
