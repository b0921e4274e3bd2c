namespace Fleet.Processes;

/// <summary>Held by a home's keeper for its life: whoever has it knows that no keeper lives.</summary>
internal static class KeeperLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Null where a keeper has it.</summary>
    internal static FileLock? TryTake(string home) => FileLock.TryTake(Path.Combine(home, "keeper.lock"));

    /// <summary>Waits for a keeper that may be dying; null where it lives on.</summary>
    internal static async Task<FileLock?> Take(
        string home,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(home) is { } taken)
            {
                return taken;
            }

            if (clock.GetElapsedTime(began) >= patience)
            {
                return null;
            }

            await Task.Delay(Pause, clock, stop);
        }
    }
}
