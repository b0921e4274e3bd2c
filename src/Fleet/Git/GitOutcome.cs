using System.Diagnostics;
using System.Text;

namespace Fleet.Git;

/// <summary>What became of one git command.</summary>
internal abstract record GitOutcome
{
    private GitOutcome() { }

    /// <summary>Exit code 0.</summary>
    internal sealed record Ok(ReadOnlyMemory<byte> Bytes) : GitOutcome;

    /// <summary>
    /// Git answered with another exit code; for some commands (merge-tree: 1) that is an answer too.
    /// </summary>
    internal sealed record Failed(int Code, ReadOnlyMemory<byte> Bytes, string Error) : GitOutcome;

    /// <summary>Killed at its time limit.</summary>
    internal sealed record TimedOut(TimeSpan After) : GitOutcome;

    /// <summary>Killed because it printed more than the caller allowed.</summary>
    internal sealed record TooMuchOutput(long Limit) : GitOutcome;

    /// <summary>Git could not be started at all.</summary>
    internal sealed record NotStarted(string Reason) : GitOutcome;

    public bool Succeeded => this is Ok;

    /// <summary>Standard output without its last line end; empty where there was none.</summary>
    public string Text =>
        this switch
        {
            Ok ok => Decode(ok.Bytes),
            Failed failed => Decode(failed.Bytes),
            _ => "",
        };

    /// <summary>Why it did not succeed, in one line fit for an error message.</summary>
    public string Why =>
        this switch
        {
            Ok => "",
            Failed failed => failed.Error.Length > 0 ? FirstLines(failed.Error) : $"git ended with code {failed.Code}",
            TimedOut late => $"git did not end within {late.After.TotalSeconds:0.#} s",
            TooMuchOutput flood => $"git printed more than {flood.Limit} bytes",
            NotStarted missing => $"git could not be started: {missing.Reason}",
            _ => throw new UnreachableException(),
        };

    /// <summary>The output of a command that had to succeed.</summary>
    /// <exception cref="GitFailedException">It did not. Operations catch this once, at their edge.</exception>
    public string Must(string what) => Succeeded ? Text : throw new GitFailedException($"{what}: {Why}");

    private static string Decode(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n');

    private static string FirstLines(string error)
    {
        var text = error.Trim().ReplaceLineEndings(" · ");
        return text.Length > 600 ? text[..600] + "…" : text;
    }
}

/// <summary>A git step that had to succeed did not; carries the sentence for the person.</summary>
internal sealed class GitFailedException(string message) : Exception(message);
