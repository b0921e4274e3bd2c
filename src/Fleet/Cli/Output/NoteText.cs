using System.Globalization;
using Fleet.Prompts;

namespace Fleet.Cli.Output;

/// <summary>What the runs of a task wrote down, as a claim and safe for a screen.</summary>
internal static class NoteText
{
    /// <summary>Empty where they wrote nothing.</summary>
    public static string Of(Note? note)
    {
        if (note is null)
        {
            return "";
        }

        var cut = note.IsCut
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"\n… a part of its {note.Of} bytes; all of it: {note.Path}\n"
            )
            : "";
        var mark = Words.Mark(Rules.Source.Claim);
        return $"\n{mark} {Plain.Line(note.Path)}\n\n{Plain.Lines(note.Text).TrimEnd()}\n{Plain.Lines(cut)}";
    }
}
