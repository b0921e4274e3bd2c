using Fleet.Processes;

namespace Fleet.Cli.Demo;

/// <summary>The demo's throw-away repository: a small shell program with real tests that need only <c>sh</c>.</summary>
internal static class DemoRepository
{
    private const string Money = """
        # Sums of money in cents.
        add() { echo $(($1 + $2)); }
        sub() { echo $(($1 - $2)); }
        """;

    private const string TestRunner = """
        # Runs every test; the first one that fails decides.
        set -eu
        for test in tests/*.sh; do
          sh "$test" || { echo "FAILED $test"; exit 1; }
        done
        echo "all tests pass"
        """;

    private const string AddTest = """
        . lib/money.sh
        [ "$(add 250 175)" = 425 ] || { echo "250 + 175 gave $(add 250 175), not 425"; exit 1; }
        """;

    private const string SubTest = """
        . lib/money.sh
        [ "$(sub 250 175)" = 75 ] || { echo "250 - 175 gave $(sub 250 175), not 75"; exit 1; }
        """;

    private const string Settings = """
        version: 1
        gates:
          - { name: tests, run: "sh test.sh", timeout: 20s }
        """;

    /// <summary>Makes it with one commit on <c>main</c>; null when that worked, else what git said.</summary>
    public static async Task<string?> Make(string path, CancellationToken stop)
    {
        Write(path, "lib/money.sh", Money);
        Write(path, "tests/add.sh", AddTest);
        Write(path, "tests/sub.sh", SubTest);
        Write(path, "test.sh", TestRunner);
        Write(path, "MOTTO", "Every cent counts.");
        Write(path, "README.md", "# Shop\n\nA till in shell. Run its tests with `sh test.sh`.");
        Write(path, ".fleet/fleet.yaml", Settings);
        string[][] steps =
        [
            ["init", "-q", "-b", "main"],
            ["config", "user.name", "Demo Person"],
            ["config", "user.email", "demo@example.org"],
            ["add", "-A"],
            ["-c", "commit.gpgSign=false", "commit", "-q", "-m", "A till with tests"],
        ];
        foreach (var step in steps)
        {
            var answer = await ChildProcess.Run(new ChildCommand(["git", .. step], path), stop);
            if (!answer.Succeeded)
            {
                return System.Text.Encoding.UTF8.GetString(answer.Errors).Trim();
            }
        }

        return null;
    }

    private static void Write(string root, string file, string text)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text + "\n");
    }
}
