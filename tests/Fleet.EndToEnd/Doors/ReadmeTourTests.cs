using System.Text.RegularExpressions;
using Fleet.EndToEnd.Chaos;

namespace Fleet.EndToEnd.Doors;

/// <summary>The README's commands, typed one after the other: each does what the text beside it says.</summary>
public sealed class ReadmeTourTests : IDisposable
{
    private const string TourHeading = "## Five minutes on your own repository";
    private const string RemovalHeading = "## Where things live, and how to remove all of it";

    /// <summary>What each command of the tour must say; none may be missing, neither here nor there.</summary>
    private static readonly Dictionary<string, string> Says = new(StringComparer.Ordinal)
    {
        ["alias fleet=$PWD/fleet"] = "",
        ["cd your-repository"] = "",
        ["fleet init"] = "run: ./test.sh",
        ["git add .fleet && git commit -m \"Let Fleet run our tests\""] = ".fleet/fleet.yaml",
        ["fleet up -d"] = "the daemon runs",
        ["fleet add \"Say hello\" -- 'echo hello >> GREETING && git add GREETING && git commit -m \"Say hello\"'"] =
            "1\n",
        ["fleet tasks --watch"] = "Say hello",
        ["fleet task 1 diff"] = "\n+hello\n",
        ["fleet approve 1"] = "task 1 approved",
        ["fleet wait 1 --for landed"] = "task 1 is ● landed",
        ["fleet audit verify"] = "whole: ",
        ["fleet down"] = "down",
    };

    private readonly BareShell ada = new(DaemonProcess.Program, "git", "sh", "sed", "cat", "rm", "test", "readlink");

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task The_tour_goes_as_it_is_written_and_so_does_the_removal()
    {
        await MakeRepository();
        using var shell = new TypedShell(ada, ada.At("work"));

        var tour = Tour.Commands(TourHeading);
        Assert.Equal(Says.Keys, tour);
        foreach (var line in tour)
        {
            var left = line.EndsWith("--watch", StringComparison.Ordinal) ? await Watch(shell) : await shell.Do(line);
            Assert.True(left.Code == 0, $"{line}\nended with {left.Code}:\n{left.All}");
            Assert.Contains(Says[line], left.All, StringComparison.Ordinal);
        }

        Assert.Equal("hello\n", await ada.Works("cat GREETING", "work/your-repository"));
        await Settings(shell);
        await Removal(shell);
    }

    /// <summary>Ctrl-C leaves it all running: the next commands of the tour find the daemon.</summary>
    private static async Task<Line> Watch(TypedShell shell)
    {
        var left = await shell.UntilItSays("fleet approve 1", "fleet", "tasks", "--watch");
        return left with { Code = left.Code == 130 ? 0 : left.Code };
    }

    private static async Task Settings(TypedShell shell)
    {
        foreach (var line in Tour.Commands(TourHeading, nth: 1))
        {
            Assert.Equal(0, (await shell.Do(line)).Code);
        }

        var shown = (await shell.Do("fleet config show --origin")).Out;
        Assert.True(Regex.IsMatch(shown, @"max_concurrent +5 +\S*config\.yaml:\d"), shown);
    }

    /// <summary>After it the home is gone, and the repository is as if Fleet had only ever given it commits.</summary>
    private async Task Removal(TypedShell shell)
    {
        Assert.NotEmpty(await ada.Works("git for-each-ref refs/fleet", "work/your-repository"));
        foreach (var line in Tour.Commands(RemovalHeading))
        {
            var left = await shell.Do(line);
            Assert.True(left.Code == 0, $"{line}\nended with {left.Code}:\n{left.All}");
        }

        Assert.Equal("", await ada.Works("git for-each-ref refs/fleet", "work/your-repository"));
        Assert.Equal(
            "refs/heads/main\n",
            await ada.Works("git for-each-ref '--format=%(refname)'", "work/your-repository")
        );
        Assert.Equal("", await ada.Works("git status --porcelain", "work/your-repository"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(ada.At("home")));
    }

    private async Task MakeRepository()
    {
        File.CreateSymbolicLink(ada.At("work", "fleet"), DaemonProcess.Program);
        await ada.Works(
            """
            git init -q -b main your-repository && cd your-repository
            git config user.name Ada && git config user.email ada@example.org
            printf '#!/bin/sh\ntest -f README\n' > test.sh && echo hello > README
            git add -A && git update-index --chmod=+x test.sh && git commit -q -m First && git checkout -q -f .
            """
        );
    }
}
