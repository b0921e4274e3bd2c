using System.Reflection;

namespace Fleet.Daemon;

/// <summary>
/// How to start this very program again: the single file, the built program, or <c>dotnet fleet.dll</c>.
/// </summary>
internal static class OwnExecutable
{
    private const string Name = "fleet";

    public static string[] Command(params ReadOnlySpan<string> arguments)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no path");
        if (string.Equals(Path.GetFileNameWithoutExtension(self), "dotnet", StringComparison.Ordinal))
        {
            return [self, Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"), .. arguments];
        }

        // A program that only carries fleet in its folder (a test, a bench) starts the one beside it.
        var entry = Assembly.GetEntryAssembly()?.GetName().Name;
        return string.Equals(entry, Name, StringComparison.Ordinal)
            ? [self, .. arguments]
            : [Path.Combine(AppContext.BaseDirectory, Name), .. arguments];
    }
}
