namespace Fleet.Bench;

/// <summary>The checkout that this program was built from.</summary>
internal static class Root
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The published binary that is measured.</summary>
    public static string Binary { get; } =
        Environment.GetEnvironmentVariable("FLEET_BINARY") is { Length: > 0 } named
            ? named
            : System.IO.Path.Combine(Path, "artifacts", "publish", "fleet");

    private static string Find(string start)
    {
        var folder = new DirectoryInfo(start);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Fleet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{start} is not inside Fleet's checkout");
        }

        return folder.FullName;
    }
}
