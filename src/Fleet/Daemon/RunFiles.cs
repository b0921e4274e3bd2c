namespace Fleet.Daemon;

/// <summary>The files of one run's directory.</summary>
internal static class RunFiles
{
    public const string TranscriptName = "transcript";

    /// <summary>Everything the coder printed, byte for byte.</summary>
    public static string Transcript(string directory) => Path.Combine(directory, TranscriptName);

    /// <summary>The exact text that the run received.</summary>
    public static string Brief(string directory) => Path.Combine(directory, "brief.md");

    /// <summary>How its coder's stream is read.</summary>
    public static string Coder(string directory) => Path.Combine(directory, "coder.json");

    /// <summary>What a coder complained about beside its stream.</summary>
    public static string Errors(string directory) => Path.Combine(directory, ErrorsName);

    public const string ErrorsName = "errors";

    /// <summary>What was said to a coder that its own stream did not ask for, and when.</summary>
    public static string Interjections(string directory) => Path.Combine(directory, "interjections");

    /// <summary>The parts of that text with their hashes: written last, so it says that the text is whole.</summary>
    public static string Context(string directory) => Path.Combine(directory, "context.json");

    /// <summary>What the person's checkout looked like before the run.</summary>
    public static string Fingerprint(string directory) => Path.Combine(directory, "checkout.json");

    /// <summary>The first of the run's own ports.</summary>
    public static string Ports(string directory) => Path.Combine(directory, "ports");

    /// <summary>The run's own TMPDIR.</summary>
    public static string Scratch(string directory) => Path.Combine(directory, "tmp");
}
