namespace Fleet.Processes;

/// <summary>Starts a keeper that no longer needs whoever started it.</summary>
internal static class KeeperLaunch
{
    internal static string LogPath(string home) => Path.Combine(home, "keeper.log");

    /// <summary>Null when it was started, else why not.</summary>
    internal static string? Start(string home, IReadOnlyList<string> command)
    {
        var environment = ChildProcess.InheritedEnvironment();
        KeepSmall(environment);
        return Detached.Start(command, home, environment, LogPath(home)) is SpawnResult.Failed(var why)
            ? $"the keeper did not start: {why}"
            : null;
    }

    /// <summary>The keeper makes little garbage and must stay small beside many runs.</summary>
    private static void KeepSmall(Dictionary<string, string> environment)
    {
        environment["DOTNET_gcConcurrent"] = "0";
        environment["DOTNET_GCHeapHardLimit"] = "0x4000000";
        environment["DOTNET_GCgen0size"] = "0x100000";
        environment["DOTNET_TieredCompilation"] = "1";
        environment["DOTNET_EnableDiagnostics"] = "0";
    }
}
