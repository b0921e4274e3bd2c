using System.Collections.Immutable;

namespace Fleet.EndToEnd.Coders;

/// <summary>A home, a worktree and a TMPDIR of a run's own, gone after it.</summary>
internal sealed class ScratchHome : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fleet-coder-");

    public ScratchHome()
    {
        folder.CreateSubdirectory("home");
        folder.CreateSubdirectory("worktree");
        folder.CreateSubdirectory("tmp");
    }

    public string Home => At("home");

    public string Worktree => At("worktree");

    public string Temporary => At("tmp");

    public string Made(string name) => File.ReadAllText(Path.Combine(Worktree, name));

    public void Write(ImmutableDictionary<string, string> files)
    {
        foreach (var (name, text) in files)
        {
            var file = Path.Combine(Home, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);
}
