using System.Globalization;
using System.Runtime.InteropServices;

namespace Fleet.Bench;

/// <summary>What the figures were measured on.</summary>
internal sealed record Machine(int Cores, long MemoryGigabytes, string Kernel, string FileSystem, string Runtime)
{
    public static Machine Here()
    {
        var place = new DriveInfo(Path.GetFullPath(Path.GetTempPath()));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30;
        return new Machine(
            Environment.ProcessorCount,
            memory,
            Environment.OSVersion.Version.ToString(),
            $"{place.DriveFormat} at {place.Name}",
            RuntimeInformation.FrameworkDescription
        );
    }

    /// <summary>The load average of the last minute.</summary>
    public static double Load() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public override string ToString() =>
        $"{Cores} cores, {MemoryGigabytes} GB, Linux {Kernel}, {FileSystem}, {Runtime}";
}
