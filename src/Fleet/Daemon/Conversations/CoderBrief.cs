using System.Text;
using Fleet.Rules.Tasks;

namespace Fleet.Daemon.Conversations;

/// <summary>The exact text that a coder receives: what to do, what went wrong before, who judges it.</summary>
internal static class CoderBrief
{
    public static string Text(FleetTask task)
    {
        var text = new StringBuilder().AppendLine(task.Brief.Title).AppendLine();
        if (task.Brief.Text.Length > 0)
        {
            text.AppendLine(task.Brief.Text).AppendLine();
        }

        if (task.LastSetback is { } setback)
        {
            text.Append("The last attempt did not hold: ").AppendLine(setback).AppendLine();
        }

        foreach (var told in Tellings.InBrief(task))
        {
            text.Append(told.Who).Append(" says: ").AppendLine(told.Words).AppendLine();
        }

        return text.AppendLine("Work in this directory only. Commit what should land; do not push. Your work is judged")
            .AppendLine("by the repository's own checks on the merged result, never by what you say about it.")
            .ToString();
    }
}
