using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Fleet.EndToEnd.Doors;

/// <summary>One shell that reads line after line, so that what a line sets holds for the next.</summary>
internal sealed class TypedShell : IDisposable
{
    /// <summary>Reads lines beside its standard input, which no command may find them in.</summary>
    private const string Loop = """
        exec 3<&0 </dev/null 2>&1
        while IFS= read -r line <&3; do eval "$line" 3<&-; printf '\n%s %s\n' "$MARK" $?; done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string mark = $"--- {Guid.NewGuid():N}";
    private readonly BareShell person;
    private readonly Process shell;

    public TypedShell(BareShell person, string directory)
    {
        this.person = person;
        shell = Start("sh", directory, "-c", Loop);
    }

    public string Directory => Path.GetFullPath($"/proc/{shell.Id}/cwd/") is var link ? Real(link) : "";

    /// <summary>Types a line and reads to its end.</summary>
    public async Task<Line> Do(string line)
    {
        await shell.StandardInput.WriteLineAsync(line);
        await shell.StandardInput.FlushAsync();
        var said = new StringBuilder();
        while (await shell.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } read)
        {
            if (read.StartsWith(mark, StringComparison.Ordinal))
            {
                return new Line(int.Parse(read[mark.Length..], CultureInfo.InvariantCulture), said.ToString(), "");
            }

            said.Append(read).Append('\n');
        }

        throw new InvalidOperationException($"the shell ended at: {line}\n{said}");
    }

    /// <summary>Starts a program that stays, waits until it has written some words, and presses Ctrl-C.</summary>
    public async Task<Line> UntilItSays(string words, string program, params string[] arguments)
    {
        using var process = Start(program, Directory, arguments);
        var said = new StringBuilder();
        while (!said.ToString().Contains(words, StringComparison.Ordinal))
        {
            var read = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.True(read is not null, $"{program} ended before it said \"{words}\": {said}");
            said.Append(read).Append('\n');
        }

        _ = Processes.Libc.Kill(process.Id, Interrupt);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new Line(process.ExitCode, said.ToString(), await process.StandardError.ReadToEndAsync());
    }

    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.WaitForExit(Patience);
        shell.Dispose();
    }

    private const int Interrupt = 2;

    private static string Real(string link) => new DirectoryInfo(link.TrimEnd('/')).ResolveLinkTarget(true)!.FullName;

    private Process Start(string program, string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(person.At("bin"), program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment.Clear();
        foreach (var (name, value) in person.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["MARK"] = mark;
        return Process.Start(start)!;
    }
}
