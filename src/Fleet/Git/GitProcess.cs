using System.Collections.Immutable;
using System.Text;
using Fleet.Processes;

namespace Fleet.Git;

/// <summary>Starts git and turns how it ended into a <see cref="GitOutcome"/>.</summary>
internal static class GitProcess
{
    public static async Task<GitOutcome> Run(
        IReadOnlyList<string> arguments,
        string directory,
        ImmutableDictionary<string, string> environment,
        ReadOnlyMemory<byte> input,
        TimeSpan timeout,
        int outputLimit,
        CancellationToken stop
    )
    {
        var command = new ChildCommand(["git", .. arguments], directory)
        {
            Environment = environment,
            Input = input,
            Timeout = timeout,
            OutputLimit = outputLimit,
        };
        var answer = await ChildProcess.Run(command, stop);
        return answer switch
        {
            { TimedOut: true } => new GitOutcome.TimedOut(timeout),
            { End: ProcessEnd.NotStarted(var why) } => new GitOutcome.NotStarted(why),
            { Truncated: true, Succeeded: true } => new GitOutcome.TooMuchOutput(outputLimit),
            { End: ProcessEnd.Exited(0) } => new GitOutcome.Ok(answer.Output),
            { End: ProcessEnd.Exited(var code) } => new GitOutcome.Failed(code, answer.Output, Words(answer)),
            { End: var other } => new GitOutcome.Failed(-1, answer.Output, $"git ended by {other}. {Words(answer)}"),
        };
    }

    private static string Words(ChildAnswer answer) => Encoding.UTF8.GetString(answer.Errors).Trim();
}
