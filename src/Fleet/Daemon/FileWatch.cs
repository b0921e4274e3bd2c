namespace Fleet.Daemon;

/// <summary>Tells at once when a file of one folder is made, written, replaced or removed.</summary>
internal sealed class FileWatch : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly Dictionary<string, Action> changed;

    /// <param name="folder">Where they lie.</param>
    /// <param name="changed">What to do when the file of that name changes; called on another thread.</param>
    public FileWatch(string folder, Dictionary<string, Action> changed)
    {
        this.changed = changed;
        watcher = new FileSystemWatcher(folder)
        {
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size,
        };
        foreach (var name in changed.Keys)
        {
            watcher.Filters.Add(name);
        }

        watcher.Changed += Tell;
        watcher.Created += Tell;
        watcher.Renamed += Tell;
        watcher.Deleted += Tell;
        watcher.Error += TellAll;
        watcher.EnableRaisingEvents = true;
    }

    public void Dispose() => watcher.Dispose();

    private void Tell(object sender, FileSystemEventArgs change)
    {
        if (change.Name is { } name && changed.TryGetValue(name, out var tell))
        {
            tell();
        }
    }

    /// <summary>Too much happened at once: any of them may have changed.</summary>
    private void TellAll(object sender, ErrorEventArgs error)
    {
        foreach (var tell in changed.Values)
        {
            tell();
        }
    }
}
