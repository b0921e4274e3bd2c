using System.Collections.Immutable;
using Fleet.Rules.Tasks;

namespace Fleet.Coders.Command;

/// <summary>The <c>command</c> coder: any command line that a person gave with the task.</summary>
internal static class CommandLaunch
{
    /// <summary>
    /// One word with spaces is a shell line that a person wrote; several words are an argument vector.
    /// </summary>
    public static ImmutableArray<string> Arguments(Brief brief) =>
        brief.Command is [var line] ? ShellLine(line) : brief.Command;

    /// <summary>A line that a person wrote, as a shell runs it.</summary>
    public static ImmutableArray<string> ShellLine(string line) => ["/bin/sh", "-c", line];
}
