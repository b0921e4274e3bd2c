using System.Collections;

namespace Fleet.Processes;

/// <summary>A short command to run to its end: git, a version probe, a setup step.</summary>
internal sealed record ChildCommand(IReadOnlyList<string> Command, string WorkingDirectory)
{
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Exactly what the child sees; null means the environment of this process.</summary>
    internal IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>What the child reads; empty means end of file at once.</summary>
    internal ReadOnlyMemory<byte> Input { get; init; }

    internal TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>How many bytes are kept of each of the two outputs; the rest is read and dropped.</summary>
    internal int OutputLimit { get; init; } = 64 * 1024 * 1024;
}

/// <summary>What a command left behind.</summary>
internal sealed record ChildAnswer(ProcessEnd End, byte[] Output, byte[] Errors, bool TimedOut, bool Truncated)
{
    internal bool Succeeded => End is ProcessEnd.Exited { Code: 0 } && !TimedOut;
}

/// <summary>
/// Runs a command without a shell, in a session of its own, and collects what it writes.
/// The answer comes when the command has ended, even if a process it left behind still holds the pipes.
/// </summary>
internal static class ChildProcess
{
    private const int StackSize = 256 * 1024;

    /// <summary>Runs one command; cancelling ends its whole tree first and throws then.</summary>
    internal static Task<ChildAnswer> Run(ChildCommand command, CancellationToken cancellation = default)
    {
        var answer = new TaskCompletionSource<ChildAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: it blocks in poll, and the pool must never wait for a child.
        var thread = new Thread(() => Complete(answer, command, cancellation), StackSize) { IsBackground = true };
        thread.Start();
        return answer.Task;
    }

    private static void Complete(
        TaskCompletionSource<ChildAnswer> answer,
        ChildCommand command,
        CancellationToken cancellation
    )
    {
        try
        {
            var result = RunHere(command, cancellation);
            if (cancellation.IsCancellationRequested)
            {
                answer.SetCanceled(cancellation);
            }
            else
            {
                answer.SetResult(result);
            }
        }
        catch (Exception error)
        {
            answer.SetException(error);
        }
    }

    private static ChildAnswer RunHere(ChildCommand command, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return NotStarted("cancelled before it began");
        }

        using var pipes = ChildPipes.Open(command.Input, command.OutputLimit);
        var started = PosixSpawn.Start(
            new SpawnRequest(
                command.Command,
                command.WorkingDirectory,
                command.Environment ?? InheritedEnvironment(),
                pipes.ChildInput,
                pipes.ChildOutput,
                pipes.ChildErrors
            )
        );
        pipes.CloseChildEnds();
        return started switch
        {
            SpawnResult.Started(var pid) => ChildWait.ToTheEnd(pid, pipes, command.Timeout, cancellation),
            SpawnResult.Failed(var why) => NotStarted(why),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static ChildAnswer NotStarted(string why) => new(new ProcessEnd.NotStarted(why), [], [], false, false);

    private static Dictionary<string, string> InheritedEnvironment()
    {
        var inherited = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            inherited[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return inherited;
    }
}
