using System.Security.Cryptography;
using System.Text;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Daemon;

/// <summary>
/// Picks up the home's settings as soon as their file changes; a wrong file changes nothing and is noted.
/// </summary>
internal sealed class SettingsWatch(FleetHome home, Pump pump, Action<string> note)
{
    /// <summary>The settings as the file has them now, or every mistake in it.</summary>
    public static (Observation.HomeSettingsSeen? Seen, string? Problem) Read(FleetHome home) =>
        SettingsFile.ReadFile(home.Settings, SettingsKind.Home) switch
        {
            SettingsReading.Home read => (
                new Observation.HomeSettingsSeen(read.Settings, Hash(home), home.Settings),
                null
            ),
            SettingsReading.Wrong wrong => (null, wrong.Render()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Called when the file may have changed.</summary>
    public void Look()
    {
        try
        {
            var (seen, problem) = Read(home);
            if (problem is not null)
            {
                note($"{home.Settings} is wrong, the last good settings stay in force:\n{problem}");
            }
            else if (seen is not null)
            {
                _ = pump.Report(seen, CancellationToken.None);
            }
        }
        catch (IOException error)
        {
            note($"{home.Settings}: {error.Message}");
        }
    }

    private static string Hash(FleetHome home)
    {
        var text = File.Exists(home.Settings) ? File.ReadAllBytes(home.Settings) : Encoding.UTF8.GetBytes("");
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }
}
