using System.Diagnostics;

namespace Fleet.EndToEnd.Chaos;

/// <summary>The repository of the person who uses the fleet under test.</summary>
internal sealed class Person
{
    /// <summary>The gate wants to find the candidate whole, and to find it so again a moment later.</summary>
    private const string Settings = """
        version: 1
        gates:
          - { name: whole, run: 'for i in 1 2 3; do test -z "$(git status --porcelain)" || exit 1; sleep 0.05; done' }
        """;

    public Person(string path)
    {
        Path = path;
        Directory.CreateDirectory(path);
        Git("init", "-q", "-b", "main");
        Git("config", "user.name", "Ada Lovelace");
        Git("config", "user.email", "ada@example.org");
        File.WriteAllText(System.IO.Path.Combine(path, "README"), "hello\n");
        Directory.CreateDirectory(System.IO.Path.Combine(path, ".fleet"));
        File.WriteAllText(System.IO.Path.Combine(path, ".fleet/fleet.yaml"), Settings.ReplaceLineEndings("\n"));
        Git("add", "-A");
        Git("commit", "-q", "-m", "First");
    }

    public string Path { get; }

    public string Git(params string[] arguments) => GitIn(Path, arguments);

    /// <summary>Plain git in some directory; fails the test if git fails.</summary>
    public static string GitIn(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
    }
}
