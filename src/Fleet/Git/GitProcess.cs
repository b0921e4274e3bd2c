using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Fleet.Git;

/// <summary>Starts git and collects what it says, within a time and an output limit.</summary>
internal static class GitProcess
{
    private const long ErrorLimit = 64 * 1024;

    public static async Task<GitOutcome> Run(
        IReadOnlyList<string> arguments,
        string directory,
        ImmutableDictionary<string, string> environment,
        ReadOnlyMemory<byte> input,
        TimeSpan timeout,
        long outputLimit,
        CancellationToken stop
    )
    {
        using var process = new Process { StartInfo = Describe(arguments, directory, environment) };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new GitOutcome.NotStarted($"{missing.Message} (install git 2.38 or newer and put it on PATH)");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(timeout);
        try
        {
            var feeding = Feed(process, input, limit.Token);
            var errors = Collect(process.StandardError.BaseStream, ErrorLimit, limit.Token);
            var output = await Collect(process.StandardOutput.BaseStream, outputLimit, limit.Token);
            if (output is null)
            {
                process.Kill(entireProcessTree: true);
                return new GitOutcome.TooMuchOutput(outputLimit);
            }

            var error = await errors ?? [];
            await feeding;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? new GitOutcome.Ok(output)
                : new GitOutcome.Failed(process.ExitCode, output, Encoding.UTF8.GetString(error).Trim());
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return new GitOutcome.TimedOut(timeout);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static ProcessStartInfo Describe(
        IReadOnlyList<string> arguments,
        string directory,
        ImmutableDictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task Feed(Process process, ReadOnlyMemory<byte> input, CancellationToken stop)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, stop);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Git ended before it had read everything; its exit code tells why.
        }
    }

    private static async Task<byte[]?> Collect(Stream stream, long limit, CancellationToken stop)
    {
        using var all = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await stream.ReadAsync(part, stop) is var count and > 0)
        {
            if (all.Length + count > limit)
            {
                return null;
            }

            all.Write(part, 0, count);
        }

        return all.ToArray();
    }
}
