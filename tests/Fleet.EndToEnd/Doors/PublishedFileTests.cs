using System.Text.RegularExpressions;

namespace Fleet.EndToEnd.Doors;

/// <summary>The single published file on a machine that has git and little else: no SDK, no settings.</summary>
public sealed partial class PublishedFileTests : IDisposable
{
    private static readonly string? Published = Environment.GetEnvironmentVariable("FLEET_BINARY");

    private readonly BareShell ada = new(Published ?? "/bin/false", [.. Coreutils, "git", "sh", "sed", "setsid"]);

    /// <summary>What the demo's tasks and these tests use of them.</summary>
    private static readonly string[] Coreutils =
    [
        "cat",
        "chmod",
        "env",
        "ls",
        "mkdir",
        "mv",
        "printf",
        "rm",
        "sleep",
        "test",
        "touch",
        "true",
    ];

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task It_says_its_version_and_leaves_nothing_behind()
    {
        NeedsThePublishedFile();

        Assert.Matches(@"^fleet \d+\.\d+\.\d+", await ada.Works("fleet version"));
        Assert.Equal(127, (await ada.Type("dotnet --version")).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(ada.At("home")));
    }

    [Fact]
    public async Task The_demo_ends_within_a_minute_and_says_what_the_readme_says()
    {
        NeedsThePublishedFile();

        var said = await ada.Works("fleet demo", seconds: 60);

        var shown = Tour.Block("## What the demo shows", "text")
            .SkipWhile(line => !line.StartsWith("landed:", StringComparison.Ordinal));
        var real = said.Split('\n').Select(AnyTime).ToHashSet(StringComparer.Ordinal);
        Assert.All(shown, line => Assert.Contains(AnyTime(line), real));
        Assert.Contains("All of it lies in", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_goes_from_add_to_landed_and_the_record_is_whole()
    {
        NeedsThePublishedFile();
        await ada.Works(
            """
            git init -q -b main . && git config user.name Ada && git config user.email ada@example.org
            printf '#!/bin/sh\ntest -f README\n' > test.sh && chmod +x test.sh && echo hello > README
            git add -A && git commit -q -m First
            """
        );

        await ada.Works("fleet init --commit");
        await ada.Works("fleet up -d");
        Assert.Equal("1\n", await ada.Works("fleet add 'Say more' -- 'echo more >> README'"));
        await ada.Works("fleet wait 1 --for proven --timeout 30s");
        await ada.Works("fleet approve 1");
        await ada.Works("fleet wait 1 --for landed --timeout 30s");

        Assert.Equal("hello\nmore\n", await ada.Works("cat README"));
        Assert.Equal("", await ada.Works("git status --porcelain"));
        Assert.StartsWith("whole: ", await ada.Works("fleet audit verify"));
        await ada.Works("fleet down");
    }

    private static void NeedsThePublishedFile() =>
        Assert.SkipWhen(Published is not { Length: > 0 }, "FLEET_BINARY names no published file: ./check e2e does");

    /// <summary>Commits and times differ each time; so does which of the two mottos was first.</summary>
    private static string AnyTime(string line) => Motto().Replace(Digits().Replace(line, "…"), "motto");

    [GeneratedRegex(@"[0-9a-f]{10}|\d+\.\ds", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"[45]  Give the shop a (bold|calm) motto|kept/[45]/",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Motto();
}
