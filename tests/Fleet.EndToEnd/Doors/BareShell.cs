using System.Text;
using Fleet.Daemon;
using Fleet.EndToEnd.Chaos;
using Fleet.Processes;

namespace Fleet.EndToEnd.Doors;

/// <summary>What a line left: its exit code and both of its outputs.</summary>
internal sealed record Line(int Code, string Out, string Error)
{
    public string All => Out + Error;
}

/// <summary>A person's shell on a fresh machine: an empty home, and only the programs that are named.</summary>
/// <remarks>Nothing of this process's environment leaks in. What was started from it ends with the test.</remarks>
internal sealed class BareShell : IDisposable
{
    private readonly Dictionary<string, string> environment;

    /// <param name="fleet">The program that is called <c>fleet</c> there.</param>
    /// <param name="programs">All that is on PATH besides.</param>
    public BareShell(string fleet, params IEnumerable<string> programs)
    {
        Root = Directory.CreateTempSubdirectory("fleet-person-").FullName;
        var bin = Directory.CreateDirectory(At("bin")).FullName;
        foreach (var program in programs)
        {
            File.CreateSymbolicLink(Path.Combine(bin, program), Find(program));
        }

        File.CreateSymbolicLink(Path.Combine(bin, "fleet"), fleet);
        environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = bin,
            ["HOME"] = Directory.CreateDirectory(At("home")).FullName,
            ["TMPDIR"] = Directory.CreateDirectory(At("tmp")).FullName,
        };
        Directory.CreateDirectory(At("work"));
    }

    public string Root { get; }

    /// <summary>Where a fleet lives unless it is told otherwise.</summary>
    public FleetHome Home => new(At("home", ".fleet"));

    public IReadOnlyDictionary<string, string> Environment => environment;

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public void Set(string name, string value) => environment[name] = value;

    /// <summary>Runs a line as typed, in a directory below the root.</summary>
    public async Task<Line> Type(string line, string directory = "work", int seconds = 60)
    {
        var command = new ChildCommand([At("bin", "sh"), "-c", line], At(directory))
        {
            Environment = environment,
            Timeout = TimeSpan.FromSeconds(seconds),
        };
        var answer = await ChildProcess.Run(command, TestContext.Current.CancellationToken);
        Assert.False(answer.TimedOut, $"after {seconds} s still not at its end: {line}");
        var code = answer.End is ProcessEnd.Exited exited ? exited.Code : -1;
        return new Line(code, Encoding.UTF8.GetString(answer.Output), Encoding.UTF8.GetString(answer.Errors));
    }

    /// <summary>The same, for a line that must work.</summary>
    public async Task<string> Works(string line, string directory = "work", int seconds = 60)
    {
        var left = await Type(line, directory, seconds);
        Assert.True(left.Code == 0, $"{line}\nended with {left.Code}:\n{left.All}");
        return left.Out;
    }

    public void Dispose()
    {
        Bystanders.Within(Root).ForEach(process => process.Signal(Signals.Kill));
        Directory.Delete(Root, recursive: true);
    }

    private static string Find(string program) =>
        (System.Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(directory => Path.Combine(directory, program))
            .First(File.Exists);
}
