using System.Diagnostics;
using Fleet.Daemon;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.EndToEnd.Chaos;

/// <summary>Homes on disks that are full, tiny, read-only or not there.</summary>
public sealed class DiskTests
{
    private const string NoMount = "only root may mount a small disk here";

    [Fact]
    public async Task A_disk_that_fills_up_loses_nothing_acknowledged_and_the_fleet_goes_on_when_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NoMount);
        using var disk = new SmallDisk("8m");
        using var fleet = new ChaosHome(disk.Home);
        using var daemon = await fleet.Up();
        await fleet.AddRepository();
        var first = await fleet.AddRun("first", 1, "c");
        await fleet.Settle([first]);

        disk.Fill();
        var refusal = await fleet.Ask(Brief(fleet, "refused"));
        for (var i = 0; i < 50 && refusal.Code == Answer.Done; i++)
        {
            disk.Fill();
            fleet.Promises.Added[refusal.Task!.Value] = i == 0 ? "refused" : $"refused {i - 1}";
            refusal = await fleet.Ask(Brief(fleet, $"refused {i}"));
        }

        Assert.Equal(Answer.Failed, refusal.Code);
        Assert.Contains("full", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(daemon.HasEnded, daemon.Said);
        disk.MakeRoom();
        var last = await fleet.AddRun("last", 1, "c");
        await fleet.Settle([last]);
        Assert.Empty(fleet.Promises.Added.Keys.Except(Added(fleet)));
        daemon.Kill();
    }

    [Fact]
    public async Task A_daemon_on_a_full_disk_says_so_and_starts_once_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NoMount);
        using var disk = new SmallDisk("256k");
        using var fleet = new ChaosHome(disk.Home);
        Directory.CreateDirectory(disk.Home);
        disk.Fill();

        using var refused = fleet.Begin();
        Assert.Equal(1, await refused.Ends());

        AssertClear(refused.Said, disk.Home);
        disk.MakeRoom();
        using var daemon = await fleet.Up();
        daemon.Kill();
    }

    [Fact]
    public async Task A_read_only_home_is_named()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, NoMount);
        using var disk = new SmallDisk("8m");
        using var fleet = new ChaosHome(disk.Home);
        (await fleet.Up()).Kill();
        // A disk with files open for writing cannot be made read-only.
        Bystanders.OfHome(fleet.Home).ForEach(process => process.Signal(Signals.Kill));
        await Soon.Holds(() => Bystanders.OfHome(fleet.Home).Count == 0, "nobody uses the disk");
        await Soon.Holds(() => disk.TryRemount("ro"), "nothing on the disk is open for writing");

        using var refused = fleet.Begin();
        Assert.Equal(1, await refused.Ends());

        AssertClear(refused.Said, disk.Home);
        Assert.True(disk.TryRemount("rw"));
    }

    [Fact]
    public async Task A_home_that_cannot_be_made_is_named()
    {
        using var fleet = new ChaosHome();
        var file = Path.Combine(fleet.Root, "file");
        await File.WriteAllTextAsync(file, "");
        var home = new FleetHome(Path.Combine(file, "home"));

        using var refused = DaemonProcess.Launch(home, fleet.Root, "up");
        Assert.Equal(1, await refused.Ends());

        AssertClear(refused.Said, home.Root);
    }

    /// <summary>What, where, why, next; no stack trace.</summary>
    private static void AssertClear(string said, string where)
    {
        Assert.Contains(where, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
    }

    private static Request.AddTask Brief(ChaosHome fleet, string title) =>
        new(
            fleet.Person.Path,
            new Fleet.Rules.Tasks.Brief(title, "", "", null, "command", null, ["true"], 2, [], [], NoGate: true)
        );

    private static IEnumerable<TaskId> Added(ChaosHome fleet) =>
        new Reckoning(fleet).Facts().Select(fact => fact.Event).OfType<Event.TaskAdded>().Select(e => e.Id);

    /// <summary>A file system of its own, small enough to fill.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string place = Directory.CreateTempSubdirectory("fleet-disk-").FullName;

        public SmallDisk(string size) => Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0700", "tmpfs", place);

        public string Home => Path.Combine(place, "home");

        private string Ballast => Path.Combine(place, "ballast");

        /// <summary>Takes what room there is.</summary>
        public void Fill()
        {
            using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, 0);
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    ballast.Write(block);
                }
            }
            catch (IOException)
            {
                // Full.
                return;
            }
        }

        public void MakeRoom() => File.Delete(Ballast);

        public bool TryRemount(string mode) => Code("mount", "-o", $"remount,{mode}", place) == 0;

        public void Dispose()
        {
            Run("umount", "-l", place);
            Directory.Delete(place, recursive: true);
        }

        private static void Run(string program, params string[] arguments) => Assert.Equal(0, Code(program, arguments));

        private static int Code(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
