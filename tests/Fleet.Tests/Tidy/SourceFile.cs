namespace Fleet.Tests.Tidy;

/// <summary>One text of the repository: where it is, what it says, and its code without comments.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<string> code = new(() => CodeOnly.Of(text));

    /// <summary>Relative to the root, with forward slashes.</summary>
    public string Path => path;

    public string Text => text;

    public string Code => code.Value;

    public bool IsCSharp => path.EndsWith(".cs", StringComparison.Ordinal);

    public string[] Lines => text.Split('\n');

    public bool IsUnder(string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>The capability: <c>Git</c> for <c>src/Fleet/Git/Hubs.cs</c>, null in the project's root.</summary>
    public string? FolderIn(string project)
    {
        var rest = IsUnder(project) ? path[(project.Length + 1)..].Split('/') : [];
        return rest.Length > 1 ? rest[0] : null;
    }

    public int LineAt(int position) => text.AsSpan(0, position).Count('\n') + 1;

    public Complaint Complain(int position, string what) => new(path, LineAt(position), what);
}
