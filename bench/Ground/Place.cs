namespace Fleet.Bench.Ground;

/// <summary>A throw-away directory for one row, and what was started in it.</summary>
internal sealed class Place : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("fleet-bench-").FullName;

    public string At(string name) => Path.Combine(root, name);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
