using System.Globalization;
using System.Text.Json;
using Fleet.EndToEnd.Chaos;

namespace Fleet.EndToEnd.Doors;

/// <summary>Fleet works on a clone of its own repository, judged by that repository's own build and tests.</summary>
[Trait("only", "long")]
public sealed class Dogfood : IDisposable
{
    private const int Minutes = 25;
    private const string Clone = "work/fleet";

    private const string Settings = """
        version: 1
        gates:
          - { name: check, run: ./check tidy unit, timeout: 9m }
        """;

    /// <summary>A real change each: a title, the command that makes it, and how it must end.</summary>
    private static readonly (string Title, string Command, string End)[] Tasks =
    [
        ("Say what is new", "printf '\\nDogfood was here.\\n' >> CHANGELOG.md", "landed"),
        (
            "Add a decision",
            "printf '# 9: Eat it\\n\\nFleet builds Fleet.\\n' > docs/decisions/0009-dogfood.md",
            "landed"
        ),
        ("Test that short is short", Test("Short_is_short", "new Commit(\"abc\").Short", "abc"), "landed"),
        ("A test that fails", Test("Wrong", "new Commit(\"abc\").Short", "abd"), "refused: gate check"),
        ("A line that does not compile", "echo '}' >> src/Fleet.Rules/Ids.cs", "refused: gate check"),
        ("A file that is too wide", "printf '// %0130d\\n' 0 >> src/Fleet/Program.cs", "refused: gate check"),
        ("The same line, otherwise", "sed -i '$ s/$/ Or was it?/' CHANGELOG.md", "landed, or conflicts with trunk"),
        ("Change the gates", "printf '# Nothing else.\\n' >> .fleet/fleet.yaml", "landed"),
    ];

    private readonly BareShell ada = new(DaemonProcess.Program, "sh");

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task Eight_changes_of_this_repository_land_or_are_refused_for_a_true_reason()
    {
        await MakeClone();
        await ada.Works("fleet config set max_gates=1 landing.mode=auto && fleet up -d", Clone);
        foreach (var (title, command, _) in Tasks)
        {
            ada.Set("TITLE", title);
            ada.Set("COMMAND", command);
            await ada.Works("fleet add \"$TITLE\" -- \"$COMMAND\"", Clone);
        }

        await Soon.Holds(AllHaveEnded, () => "every task has ended", Minutes * 60);

        await ada.Works("fleet down && fleet audit verify", Clone);
        Assert.Equal("", await ada.Works("git status --porcelain", Clone));
        var ends = (await Rows()).Select(row => $"{Text(row, "state")}: {Text(row, "why")}").ToList();
        Assert.All(Tasks.Zip(ends), pair => Assert.True(EndedSo(pair.First.End, pair.Second), $"{pair}"));
        await TrunkHoldsWhatLanded(ends);
    }

    private static bool EndedSo(string wanted, string end) =>
        wanted.Split(", or ").Any(words => end.Contains(words, StringComparison.Ordinal));

    /// <summary>Trunk's commits by tasks are those that landed, and its own check still passes there.</summary>
    private async Task TrunkHoldsWhatLanded(List<string> ends)
    {
        var landed = ends.Count(end => end.StartsWith("landed", StringComparison.Ordinal));
        Assert.InRange(landed, 4, 5);
        Assert.Contains("Dogfood was here.", await ada.Works("cat CHANGELOG.md", Clone), StringComparison.Ordinal);
        Assert.Contains(
            "Short_is_short",
            await ada.Works("cat tests/Fleet.Rules.Tests/Short_is_short.cs", Clone),
            StringComparison.Ordinal
        );
        await ada.Works("./check unit", Clone, seconds: 300);
    }

    /// <summary>A change below .fleet needs a person in any mode: this one approves it.</summary>
    private async Task<bool> AllHaveEnded()
    {
        var rows = await Rows();
        foreach (var row in rows.Where(row => Text(row, "why").StartsWith("fleet approve", StringComparison.Ordinal)))
        {
            await ada.Works($"fleet approve {Text(row, "id")}", Clone);
        }

        return rows.All(row =>
            Text(row, "state") == "landed" || Text(row, "why").StartsWith("refused:", StringComparison.Ordinal)
        );
    }

    private async Task<IReadOnlyList<JsonElement>> Rows()
    {
        var list = JsonDocument.Parse(await ada.Works("fleet tasks --all --json", Clone)).RootElement;
        return
        [
            .. list.GetProperty("items")
                .EnumerateArray()
                .OrderBy(row => int.Parse(Text(row, "id"), CultureInfo.InvariantCulture)),
        ];
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private async Task MakeClone()
    {
        // A build needs this machine's programs and packages.
        ada.Set("FLEET_HOME", ada.Home.Root);
        ada.Set("HOME", Environment.GetEnvironmentVariable("HOME")!);
        ada.Set("PATH", $"{ada.At("bin")}:{Environment.GetEnvironmentVariable("PATH")}");
        await ada.Works(
            $"git clone -q '{Tour.SourceTree}' fleet && cd fleet && git checkout -q -B main && git remote remove origin"
        );
        await ada.Works("git config user.name Ada && git config user.email ada@example.org", Clone);
        Directory.CreateDirectory(ada.At(Clone, ".fleet"));
        await File.WriteAllTextAsync(ada.At(Clone, ".fleet", "fleet.yaml"), Settings + "\n");
        await ada.Works(
            "git add .fleet && git commit -q -m 'Let Fleet work here' && fleet init && fleet trust --yes",
            Clone
        );
    }

    private static string Test(string name, string actual, string expected) =>
        $$"""
            cat > tests/Fleet.Rules.Tests/{{name}}.cs <<'END'
            namespace Fleet.Rules.Tests;

            public sealed class {{name}}Tests
            {
                [Fact]
                public void {{name}}() => Assert.Equal("{{expected}}", {{actual}});
            }
            END
            """;
}
