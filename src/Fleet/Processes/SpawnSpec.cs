namespace Fleet.Processes;

/// <summary>What a piece's standard input is.</summary>
internal enum PieceInput
{
    /// <summary>End of file at once.</summary>
    None,

    /// <summary>
    /// A FIFO in the piece's directory, open for reading and writing on the child's side:
    /// it never sees an end of file, so a new daemon can speak to it after the old one died.
    /// </summary>
    Fifo,

    /// <summary>A regular file that is there already, to its end; never one that waits for a writer.</summary>
    File,
}

/// <summary>
/// Everything a piece is started with; nothing is inherited. Its output goes to files of its directory.
/// </summary>
/// <param name="Key">Names the piece; asking twice for the same key and directory starts it once.</param>
/// <param name="Directory">The piece's own directory, made if missing.</param>
/// <param name="OutputFile">A file name in that directory, appended to.</param>
/// <param name="ErrorsFile">Another one, or null to merge both streams in the order they were written.</param>
/// <param name="InputFile">The path of the file that is its input, where its input is one.</param>
internal sealed record SpawnSpec(
    string Key,
    string Directory,
    IReadOnlyList<string> Command,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    PieceInput Input,
    string OutputFile,
    string? ErrorsFile,
    string? InputFile = null
);
