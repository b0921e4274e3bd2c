using Fleet.EndToEnd.Chaos;

namespace Fleet.EndToEnd.Doors;

/// <summary>What a person meets at the running daemon's door.</summary>
public sealed class DaemonDoorTests : IDisposable
{
    private readonly BareShell ada = new(DaemonProcess.Program, ["sh", "git", "sed", "cat", "sleep", "touch"]);

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_setting_holds_at_once_while_the_daemon_runs()
    {
        await MakeRepository();
        await ada.Works("fleet config set max_concurrent=1 && fleet up -d");
        await ada.Works("fleet add first --gate none -- 'sleep 60' && fleet wait 1 --for working --timeout 20s");
        await ada.Works("fleet add second --gate none -- 'echo 2 > two'");
        Assert.Equal(8, (await ada.Type("fleet wait 2 --for proposed --timeout 0s")).Code);

        await ada.Works("fleet config set max_concurrent=2");

        await ada.Works("fleet wait 2 --for proven --timeout 20s");
        await ada.Works("fleet down --now");
    }

    [Fact]
    public async Task Gc_leaves_a_live_run_its_checkout()
    {
        await MakeRepository();
        await ada.Works(
            "fleet up -d && fleet add wait --gate none -- 'until [ -f go ]; do sleep 0.05; done; echo 1 > one'"
        );
        await ada.Works("fleet wait 1 --for working --timeout 20s");
        await Soon.Holds(() => Checkouts().Length == 1, "the run has its checkout");

        await ada.Works("fleet gc");

        await File.WriteAllTextAsync(Path.Combine(Checkouts().Single(), "go"), "");
        await ada.Works("fleet wait 1 --for proven --timeout 20s && fleet down");
    }

    [Fact]
    public async Task A_daemon_that_cannot_start_says_every_mistake_where_it_is()
    {
        Directory.CreateDirectory(ada.Home.Root);
        await File.WriteAllTextAsync(ada.Home.Settings, "max_concurent: 3\nlanding: { mode: autoo }\n");

        var left = await ada.Type("fleet up -d");

        Assert.Equal(1, left.Code);
        Assert.Contains("config.yaml:1:1\n", left.Error, StringComparison.Ordinal);
        Assert.Contains("config.yaml:2:18\n", left.Error, StringComparison.Ordinal);
        Assert.Contains("^^^^^", left.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean \"max_concurrent\"?", left.Error, StringComparison.Ordinal);
    }

    private string[] Checkouts() =>
        Directory.Exists(ada.Home.Worktrees)
            ? [.. Directory.GetDirectories(ada.Home.Worktrees).SelectMany(Directory.GetDirectories).Where(IsWhole)]
            : [];

    private static bool IsWhole(string path) => !Path.GetFileName(path).StartsWith('.');

    private Task<string> MakeRepository() =>
        ada.Works(
            """
            git init -q -b main . && git config user.name Ada && git config user.email ada@example.org
            git commit -q --allow-empty -m First
            """
        );
}
