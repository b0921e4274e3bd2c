using System.Globalization;
using System.Text;
using Fleet.Cli.Output;
using Fleet.Coders;
using Fleet.Daemon;
using Fleet.Daemon.Conversations;
using Fleet.Processes;

namespace Fleet.Cli;

/// <summary>The conversation with a coder as people read it, from the files of its run.</summary>
/// <remarks>One line of the stream is held at a time, whatever its length; nothing in it can move the cursor.</remarks>
internal sealed class CoderLog(Terminal terminal, string directory, ICoderSession session) : IDisposable
{
    private const int MostComplaints = 4096;

    private readonly OutputReader output = new(RunFiles.Transcript(directory));
    private readonly ConversationText text = new();
    private readonly List<OutputLine> lines = [];
    private IReadOnlyList<Interjection> interjections = [];
    private int interjected;
    private bool hasBegun;
    private long at;

    public void Dispose() => output.Dispose();

    /// <summary>Writes what came since the last time.</summary>
    public void Show()
    {
        interjections = Interjections.Of(directory);
        if (!hasBegun)
        {
            hasBegun = true;
            Write(session.Begin());
            Interject();
        }

        while (output.Read(lines))
        {
            foreach (var line in lines)
            {
                Take(line);
                at = line.Start + line.Length + 1;
                Interject();
            }

            lines.Clear();
        }
    }

    /// <summary>Its process has ended: half a line counts, and so do complaints where it told of no end.</summary>
    public void Finish()
    {
        Show();
        if (output.Finish() is { } half)
        {
            Take(half);
        }

        Write(text.EndLine());
        if (!text.HasEnded)
        {
            Write(Complaints());
        }
    }

    private void Take(OutputLine line)
    {
        if (line.WasCut)
        {
            Write(text.Remark(Text($"a line of {line.Length} bytes is not shown: --raw")));
        }
        else
        {
            Write(session.Take(line.Bytes));
        }
    }

    private void Interject()
    {
        while (interjected < interjections.Count && interjections[interjected].At <= at)
        {
            var made = interjections[interjected++];
            Write(made.IsInterruption ? text.Remark("told to end its turn") : text.Said(made.Who, made.Words));
            Write((made.IsInterruption ? session.Interrupt() : session.Say(made.Words)) ?? CoderStep.Nothing);
        }
    }

    private void Write(CoderStep step)
    {
        foreach (var seen in step.Events)
        {
            Write(text.Take(seen));
        }
    }

    private void Write(string words)
    {
        if (words.Length > 0)
        {
            terminal.Write(Plain.Lines(words));
        }
    }

    private string Complaints()
    {
        var file = new FileInfo(RunFiles.Errors(directory));
        if (!file.Exists || file.Length == 0)
        {
            return "";
        }

        using var errors = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        errors.Seek(-Math.Min(errors.Length, MostComplaints), SeekOrigin.End);
        var bytes = new byte[MostComplaints];
        var count = errors.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var complaints = Encoding.UTF8.GetString(bytes, 0, count).TrimEnd().Split('\n');
        return string.Concat(complaints.Select(line => text.Remark($"stderr: {line}")));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
