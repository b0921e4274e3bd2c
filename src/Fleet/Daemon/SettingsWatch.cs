using System.Security.Cryptography;
using System.Text;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Daemon;

/// <summary>
/// Picks up the home's settings as soon as their file changes; a wrong file changes nothing and is noted.
/// </summary>
internal sealed class SettingsWatch : IDisposable
{
    private readonly FileSystemWatcher watcher;
    private readonly FleetHome home;
    private readonly Pump pump;
    private readonly Action<string> note;

    public SettingsWatch(FleetHome home, Pump pump, Action<string> note)
    {
        (this.home, this.pump, this.note) = (home, pump, note);
        watcher = new FileSystemWatcher(home.Root, Path.GetFileName(home.Settings))
        {
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size,
        };
        watcher.Changed += Look;
        watcher.Created += Look;
        watcher.Renamed += Look;
        watcher.Deleted += Look;
        watcher.EnableRaisingEvents = true;
    }

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

    public void Dispose() => watcher.Dispose();

    private static string Hash(FleetHome home)
    {
        var text = File.Exists(home.Settings) ? File.ReadAllBytes(home.Settings) : Encoding.UTF8.GetBytes("");
        return Convert.ToHexStringLower(SHA256.HashData(text));
    }

    private void Look(object sender, FileSystemEventArgs change)
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
}
