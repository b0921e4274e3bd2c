using System.Runtime.InteropServices;

namespace Fleet.Log.Sqlite;

/// <summary>
/// Finds SQLite: the system's own if it is new enough, else the copy that the published file carries.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>3.37, the first version with strict tables.</summary>
    public const int OldestVersion = 3_037_000;
    private const string BundledName = "libsqlite3.so.0";

    private static readonly Lazy<Choice> Chosen = new(() => Choose(Candidates()));

    /// <summary>What the search for a library came to.</summary>
    internal abstract record Choice
    {
        private Choice() { }

        internal sealed record Found(string Name, int Version, nint Handle) : Choice;

        internal sealed record Missing(LogFailure.NoLibrary Failure) : Choice;
    }

    /// <summary>Searches once per process and makes the binding use what was found.</summary>
    public static Choice Load() => Chosen.Value;

    /// <summary>The first of these that loads and is new enough.</summary>
    public static unsafe Choice Choose(IEnumerable<string> candidates)
    {
        var seen = new List<string>();
        foreach (var name in candidates)
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
            {
                seen.Add($"{name} does not load");
                continue;
            }

            var export = NativeLibrary.GetExport(handle, "sqlite3_libversion_number");
            var version = ((delegate* unmanaged<int>)export)();
            if (version >= OldestVersion)
            {
                return new Choice.Found(name, version, handle);
            }

            seen.Add($"{name} is {InWords(version)}");
            NativeLibrary.Free(handle);
        }

        var why = $"version {InWords(OldestVersion)} or newer is needed; {string.Join("; ", seen)}";
        return new Choice.Missing(new LogFailure.NoLibrary(RuntimeInformation.RuntimeIdentifier, why));
    }

    static SqliteLibrary() =>
        NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, static (name, _, _) => Resolve(name));

    private static nint Resolve(string name) =>
        name == SqliteNative.Library && Load() is Choice.Found found ? found.Handle : 0;

    /// <summary>A library out of a stream, as a file that exists only while it is being loaded.</summary>
    internal static IEnumerable<string> Unpacked(Stream? copy)
    {
        if (copy is null)
        {
            yield break;
        }

        var folder = Directory.CreateTempSubdirectory("fleet-sqlite-");
        var path = Path.Combine(folder.FullName, BundledName);
        try
        {
            using (var file = File.Create(path))
            {
                copy.CopyTo(file);
            }

            yield return path;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Candidates()
    {
        string[] names = OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"] : [BundledName, "libsqlite3.so"];
        foreach (var name in names)
        {
            yield return name;
        }

        using var bundled = typeof(SqliteLibrary).Assembly.GetManifestResourceStream(BundledName);
        foreach (var path in Unpacked(bundled))
        {
            yield return path;
        }
    }

    private static string InWords(int version) => $"{version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}";
}
