using Fleet.Cli.Output;
using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Settings;

namespace Fleet.Cli.Doctor;

/// <summary>Whether the home can be used, and who is at work in it.</summary>
internal static class HomeChecks
{
    private const long LittleSpace = 1L << 30;

    public static IEnumerable<Check> Of(Call call)
    {
        var home = call.Home;
        if (!Directory.Exists(home.Root))
        {
            return [Check.Good("home", $"{home.Root} is not there yet; the first command makes it")];
        }

        return
        [
            Writable(home),
            Private(home),
            Space(home),
            Configuration(home),
            Daemon(home),
            Keeper(home),
            Stopped(home),
        ];
    }

    private static Check Writable(FleetHome home)
    {
        var probe = Path.Combine(home.Root, $".probe.{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return Check.Good("home", home.Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Check.Bad(
                "home",
                $"{home.Root} cannot be written: {error.Message}",
                "give your user write access to it"
            );
        }
    }

    private static Check Private(FleetHome home)
    {
        const UnixFileMode others =
            UnixFileMode.GroupWrite | UnixFileMode.OtherWrite | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        return (File.GetUnixFileMode(home.Root) & others) == UnixFileMode.None
            ? Check.Good("home's mode", "only its owner gets in")
            : Check.Warning("home's mode", "other users of this machine can look into it", $"chmod 700 {home.Root}");
    }

    private static Check Space(FleetHome home)
    {
        var free = new DriveInfo(home.Root).AvailableFreeSpace;
        return free < LittleSpace
            ? Check.Warning("disk", $"only {SizeText.Write(free)} are free", "fleet gc --plan")
            : Check.Good("disk", $"{free / LittleSpace} GiB free");
    }

    private static Check Configuration(FleetHome home) =>
        SettingsFile.ReadFile(home.Settings, SettingsKind.Home) is SettingsReading.Wrong wrong
            ? Check.Bad(
                "settings",
                $"{wrong.Errors[0].File}:{wrong.Errors[0].Line}: {wrong.Errors[0].What}",
                "fleet config show"
            )
            : Check.Good("settings", File.Exists(home.Settings) ? home.Settings : "all at their defaults");

    private static Check Daemon(FleetHome home)
    {
        var address = ControlSocket.Of(home);
        if (ControlSocket.Answers(address))
        {
            return Check.Good("daemon", $"serves at {address}");
        }

        return DaemonRecord.Read(home) is { Identity.IsAlive: true } record
            ? Check.Bad("daemon", $"process {record.Pid} is there but does not serve", "fleet up -d")
            : Check.Warning("daemon", "none runs: tasks are only recorded", "fleet up -d");
    }

    private static Check Keeper(FleetHome home) =>
        ControlSocket.Answers(KeeperAddress.Of(home.Root))
            ? Check.Good("keeper", "holds the runs")
            : Check.Good("keeper", "not needed now; a daemon starts it");

    private static Check Stopped(FleetHome home) =>
        Halt.Read(home.Root) is { } note
            ? Check.Warning("starts", $"forbidden since {Words.Of(note.At)} by {note.Who}: {note.Why}", "fleet resume")
            : Check.Good("starts", "allowed");
}
