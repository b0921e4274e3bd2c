namespace Fleet.Daemon;

/// <summary>How to start this very program again: the single file, or <c>dotnet fleet.dll</c>.</summary>
internal static class OwnExecutable
{
    public static string[] Command(params ReadOnlySpan<string> arguments)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("this process has no path");
        var assembly = Path.Combine(AppContext.BaseDirectory, "fleet.dll");
        return Path.GetFileNameWithoutExtension(self) is "fleet"
            ? [self, .. arguments]
            : [self, assembly, .. arguments];
    }
}
