using System.Globalization;
using Fleet.Coders;
using Fleet.Coders.Command;
using Fleet.Processes;

namespace Fleet.Daemon.Effects;

/// <summary>How a trusted command line of a repository ended.</summary>
internal abstract record ShellStepEnd
{
    private ShellStepEnd() { }

    internal sealed record Exited(int Code) : ShellStepEnd
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"exit code {Code}");
    }

    internal sealed record TimedOut(TimeSpan After) : ShellStepEnd
    {
        public override string ToString() => $"not done after {After}";
    }

    /// <summary>It may not start: a person halted the fleet, or another daemon is in charge.</summary>
    internal sealed record Refused(string Why) : ShellStepEnd
    {
        public override string ToString() => Why;
    }

    /// <summary>It gave no answer of its own: killed from outside, lost, or never started.</summary>
    internal sealed record NoAnswer(string Why) : ShellStepEnd
    {
        public override string ToString() => Why;
    }
}

/// <summary>
/// A setup or gate: a shell line that a person trusted, run by the keeper, its tree killed at the end.
/// </summary>
internal sealed record ShellStep(string Key, string Directory, string WorkingDirectory)
{
    public const string OutputName = "output";

    public string Output => Path.Combine(Directory, OutputName);

    /// <summary>Each line must succeed before the next one starts; the last one's answer is the whole's.</summary>
    public static string Script(IReadOnlyList<string> lines) =>
        string.Join('\n', lines.SkipLast(1).Select(line => $"(\n{line}\n) || exit $?").Append(lines[^1]));

    public async Task<ShellStepEnd> Run(Pieces pieces, string script, TimeSpan limit, CancellationToken stop)
    {
        var scratch = Path.Combine(Directory, "tmp");
        System.IO.Directory.CreateDirectory(scratch);
        var spec = new SpawnSpec(
            Key,
            Directory,
            CommandLaunch.ShellLine(script),
            WorkingDirectory,
            RunEnvironment.ForGate(WorkingDirectory, scratch),
            PieceInput.None,
            OutputName,
            ErrorsFile: null
        );
        return await pieces.Spawn(spec, stop) switch
        {
            SpawnAnswer.Started or SpawnAnswer.Already => await End(pieces, limit, stop),
            SpawnAnswer.Refused refused => new ShellStepEnd.Refused(refused.Why),
            SpawnAnswer.Failed failed => new ShellStepEnd.NoAnswer(failed.Why),
            SpawnAnswer.Unknown unknown => new ShellStepEnd.NoAnswer(unknown.Why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>How it ended, with what it said last.</summary>
    public string Told(ShellStepEnd end) =>
        LastWords.Of(Output) is { Length: > 0 } words ? $"{end}: {words}" : $"{end}";

    /// <summary>One that gave no answer may be asked again from the start.</summary>
    public void ForgetAnswer()
    {
        foreach (var name in (string[])[PieceFiles.RecordName, PieceFiles.IntentName, PieceFiles.ExitName])
        {
            File.Delete(Path.Combine(Directory, name));
        }
    }

    private async Task<ShellStepEnd> End(Pieces pieces, TimeSpan limit, CancellationToken stop)
    {
        try
        {
            var exit = await pieces.Ended(Key, Directory).WaitAsync(limit, stop);
            return exit.End switch
            {
                ProcessEnd.Exited exited => new ShellStepEnd.Exited(exited.Code),
                var other => new ShellStepEnd.NoAnswer(other.ToString()),
            };
        }
        catch (TimeoutException)
        {
            await pieces.End(Key, KillPlan.Now, stop);
            return new ShellStepEnd.TimedOut(limit);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for this answer any more, but a dying daemon leaves it to the next one.
            if (!pieces.IsClosing)
            {
                await pieces.End(Key, KillPlan.Now, CancellationToken.None);
            }

            throw;
        }
        finally
        {
            pieces.Forget(Key);
        }
    }
}
