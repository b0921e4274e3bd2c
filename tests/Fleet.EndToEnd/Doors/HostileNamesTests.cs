using System.Text.Json;
using Fleet.EndToEnd.Chaos;

namespace Fleet.EndToEnd.Doors;

/// <summary>Names that mean something to shells, git or paths go all the way to trunk, and nothing runs.</summary>
public sealed class HostileNamesTests : IDisposable
{
    private const string Place = "it's \"a\" $(touch PWNED) `touch PWNED` -x é🦊; touch PWNED";
    private const string Trunk = "t$(id>PWNED)";

    private static readonly string[] Titles =
    [
        "two words",
        "'quotes' \"double\" `touch PWNED` $(touch PWNED); touch PWNED",
        "line\nbreak",
        "../../../etc/passwd",
        "-x",
        "🦊",
        "...lock",
        "@{u}",
        new string('x', 10_000),
        new string('x', 10_000),
    ];

    private readonly BareShell ada = new(DaemonProcess.Program, ["sh", "git", "sed", "cat", "touch"]);

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Whatever_repository_home_and_titles_are_called_everything_lands_and_nothing_of_it_runs()
    {
        ada.Set("FLEET_HOME", ada.At("tmp", $"home {Place}"));
        var shop = Directory.CreateDirectory(ada.At("work", Place)).FullName;
        var below = Path.GetRelativePath(ada.Root, shop);
        ada.Set("TRUNK", Trunk);
        await ada.Works(
            "git init -q -b \"$TRUNK\" . && git config user.name Ada && git config user.email a@b.org",
            below
        );
        await ada.Works("git commit -q --allow-empty -m First && fleet up -d", below);

        foreach (var (number, title) in Titles.Index())
        {
            ada.Set("TITLE", title);
            await ada.Works($"fleet add \"$TITLE\" --gate none -- 'echo {number} > f{number}'", below);
        }

        for (var id = 1; id <= Titles.Length; id++)
        {
            await ada.Works($"fleet wait {id} --for proven --timeout 30s && fleet approve {id}", below);
            await ada.Works($"fleet wait {id} --for landed --timeout 30s", below);
        }

        Assert.Equal(Titles, (await Items(below)).Select(item => item.GetProperty("title").GetString()));
        Assert.Equal(Titles.Length, Directory.GetFiles(shop, "f*").Length);
        Assert.Equal("", await ada.Works("git status --porcelain", below));
        await ada.Works("fleet down && fleet audit verify", below);
        Assert.Empty(Directory.EnumerateFiles(ada.Root, "PWNED", SearchOption.AllDirectories));
    }

    private async Task<IEnumerable<JsonElement>> Items(string directory)
    {
        var list = JsonDocument.Parse(await ada.Works("fleet tasks --all --json", directory)).RootElement;
        return list.GetProperty("items").EnumerateArray().Reverse();
    }
}
