namespace Fleet.ModelStub.Coders;

/// <summary>The coder CLIs that eng/coders installs.</summary>
internal static class RealCoders
{
    private static readonly Lazy<string> Root = new(FindRoot);

    /// <summary>Where <c>claude</c>, <c>codex</c>, <c>gemini</c>, <c>opencode</c> is; null: not installed.</summary>
    public static string? Path(string name) =>
        System.IO.Path.Combine(Root.Value, "artifacts", "coders", "bin", name) is var path && File.Exists(path)
            ? path
            : null;

    /// <summary>Why a test of a missing coder is skipped.</summary>
    public static string Missing(string name) => $"{name} is not installed: run eng/coders";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Fleet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder.FullName;
    }
}
