namespace Fleet.Processes;

/// <summary>Finds the file that a command names, on the PATH of the environment the command will run in.</summary>
internal static class ExecutablePath
{
    internal static string? Find(string name, string directory, IReadOnlyDictionary<string, string> environment)
    {
        if (name.Contains('/'))
        {
            var path = Path.Combine(directory, name);
            return IsExecutable(path) ? path : null;
        }

        if (!environment.TryGetValue("PATH", out var search))
        {
            search = "/usr/local/bin:/usr/bin:/bin";
        }

        foreach (var folder in search.Split(':'))
        {
            // A relative entry would let the working directory choose the program.
            if (folder.StartsWith('/') && IsExecutable(Path.Combine(folder, name)))
            {
                return Path.Combine(folder, name);
            }
        }

        return null;
    }

    private static bool IsExecutable(string path) =>
        Libc.Access(path, Libc.ExecutableMode) == 0 && !Directory.Exists(path);
}
