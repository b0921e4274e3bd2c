using System.Collections.Immutable;
using System.Text;

namespace Fleet.Settings.Init;

/// <summary>What became of writing <c>.fleet/fleet.yaml</c>.</summary>
internal abstract record InitWritten
{
    private InitWritten() { }

    internal sealed record Written(string Path) : InitWritten;

    /// <summary>There was one already; it is left as it is, right or wrong.</summary>
    internal sealed record Kept(string Path, SettingsReading Reading) : InitWritten;

    internal sealed record Failed(string Path, string Why) : InitWritten;
}

/// <summary>The first settings of a repository: at most fifteen lines, valid, and for a person to change.</summary>
internal static class InitFile
{
    /// <summary>Where the settings are in a repository.</summary>
    public const string Name = ".fleet/fleet.yaml";

    /// <summary>The text to write: at most fifteen lines.</summary>
    /// <param name="stack">What was detected.</param>
    /// <param name="trunk">The branch that a person named; null leaves it to be found.</param>
    public static string Text(DetectedStack stack, string? trunk = null)
    {
        var text = new StringBuilder("version: 1\n# This repository's settings, read from trunk.\n");
        if (trunk is not null)
        {
            text.Append($"trunk: {Quote(trunk)}\n");
        }

        AppendSetup(text, stack.Setup);
        AppendGates(text, stack.Gates);
        return text.ToString();
    }

    /// <summary>Writes the file unless there is one.</summary>
    public static InitWritten Write(string repository, string text)
    {
        var path = Path.Combine(repository, Name);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            file.Write(Encoding.UTF8.GetBytes(text));
            return new InitWritten.Written(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            return new InitWritten.Kept(path, SettingsFile.ReadFile(path, SettingsKind.Repository));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new InitWritten.Failed(path, refused.Message);
        }
    }

    private static void AppendSetup(StringBuilder text, ImmutableArray<string> setup)
    {
        if (setup.Length > 0)
        {
            text.Append($"setup: [{string.Join(", ", setup.Select(Quote))}]\n");
        }
    }

    private static void AppendGates(StringBuilder text, ImmutableArray<ProposedGate> gates)
    {
        if (gates.IsEmpty)
        {
            text.Append("# No tests were recognised. Without a gate, every proposal waits for a person:\n")
                .Append("# gates:\n#   - { name: tests, run: ./test.sh, timeout: 10m }\n");
            return;
        }

        text.Append("gates:\n");
        foreach (var gate in gates)
        {
            text.Append($"  - {{ name: {gate.Name}, run: {Quote(gate.Run)} }}\n");
        }
    }

    /// <summary>In double quotes unless the text is plain in every place of YAML.</summary>
    private static string Quote(string text)
    {
        var plain =
            text.Length > 0
            && (char.IsAsciiLetter(text[0]) || text[0] is '.' or '/')
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '.' or '/' or '-' or '_')
            && !text.EndsWith(' ');
        return plain ? text : $"\"{Escaped(text)}\"";
    }

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
