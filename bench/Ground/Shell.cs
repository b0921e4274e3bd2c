using System.Text;
using Fleet.Processes;

namespace Fleet.Bench.Ground;

/// <summary>Runs commands to their end and insists that they worked.</summary>
internal static class Shell
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<string> Run(string directory, params string[] command)
    {
        var answer = await ChildProcess.Run(new ChildCommand(command, directory) { Timeout = Limit });
        return answer.Succeeded
            ? Encoding.UTF8.GetString(answer.Output).Trim()
            : throw new InvalidOperationException(
                $"{string.Join(' ', command)}: {answer.End} {Encoding.UTF8.GetString(answer.Errors)}"
            );
    }

    /// <summary>Nanoseconds since 1970, as <c>date +%s%N</c> prints them.</summary>
    public static DateTimeOffset Time(string nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(
            long.Parse(nanoseconds.Trim(), System.Globalization.CultureInfo.InvariantCulture) / 100
        );
}
