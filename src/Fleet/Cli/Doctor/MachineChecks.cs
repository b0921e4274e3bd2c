using System.Runtime.InteropServices;
using Fleet.Cli.Output;
using Fleet.Git;

namespace Fleet.Cli.Doctor;

/// <summary>What Fleet needs of the machine. No .NET SDK: the published file carries its own runtime.</summary>
internal static class MachineChecks
{
    public static async Task<IEnumerable<Check>> Of(Call call) => [Platform(), await GitOnPath(), .. OtherFleets(call)];

    private static Check Platform() =>
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture is Architecture.X64
            ? Check.Good("platform", "Linux on x64")
            : Check.Bad(
                "platform",
                $"Fleet is tested on Linux on x64 only, not on {RuntimeInformation.OSDescription}",
                "run it on Linux x64, or in a virtual machine or container of that kind"
            );

    private static async Task<Check> GitOnPath() =>
        await GitVersion.Complaint() is { } complaint
            ? Check.Bad("git", complaint, $"install git {GitVersion.Needed} or newer")
            : Check.Good("git", $"{GitVersion.Needed} or newer");

    /// <summary>Other programs bear this name too.</summary>
    private static IEnumerable<Check> OtherFleets(Call call)
    {
        var own = Environment.ProcessPath;
        var others = (call.Variable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, "fleet"))
            .Where(path => File.Exists(path) && path != own)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (others.Count > 1)
        {
            yield return Check.Warning(
                "PATH",
                $"several programs are called fleet: {string.Join(", ", others)}",
                "which -a fleet"
            );
        }
    }
}
