using System.Diagnostics;
using System.Threading.Channels;
using Fleet.Processes;
using Fleet.Rules;

namespace Fleet.Tests.Processes;

/// <summary>
/// A throw-away home with a keeper of its own, as a daemon would have it; nothing of it outlives the test.
/// </summary>
internal sealed class KeeperHome : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _root;

    private KeeperHome(string root, string home)
    {
        _root = root;
        Home = home;
    }

    internal string Home { get; }
    internal string Runs => Path.Combine(Home, "runs");
    internal KeeperClient Client { get; private set; } = null!;

    internal static string[] Launch(string home) =>
        [Path.Combine(AppContext.BaseDirectory, "fleet"), "keeper", "--home", home];

    internal static async Task<KeeperHome> Open(string below = "home")
    {
        var root = Directory.CreateTempSubdirectory("fleet-keeper-").FullName;
        var home = new KeeperHome(root, Path.Combine(root, below));
        _ = Directory.CreateDirectory(home.Runs);
        home.Client = await home.Connect(1);
        return home;
    }

    internal async Task<KeeperClient> Connect(long epoch)
    {
        var meeting = await KeeperClient.Connect(Home, new Epoch(epoch), Launch(Home));
        return Assert.IsType<KeeperMeeting.Connected>(meeting).Client;
    }

    internal string DirectoryOf(string key) => Path.Combine(Runs, key);

    internal PieceFiles FilesOf(string key) => new(DirectoryOf(key));

    internal SpawnSpec Script(string key, string script) =>
        new(
            key,
            DirectoryOf(key),
            ["/bin/sh", "-c", script],
            _root,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" },
            PieceInput.None,
            "output",
            null
        );

    internal async Task<PieceRecord> Start(string key, string script) =>
        Assert.IsType<SpawnAnswer.Started>(await Client.Spawn(Script(key, script))).Record;

    internal async Task<PieceEnded> Ended(string key)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                var ended = await Client.Exits.ReadAsync(patience.Token);
                if (string.Equals(ended.Key, key, StringComparison.Ordinal))
                {
                    return ended;
                }
            }
        }
        catch (ChannelClosedException closed)
        {
            throw new InvalidOperationException(File.ReadAllText(KeeperLaunch.LogPath(Home)), closed);
        }
    }

    internal async Task<string> OutputOf(string key, string script)
    {
        _ = await Start(key, script);
        _ = await Ended(key);
        return await File.ReadAllTextAsync(Path.Combine(DirectoryOf(key), "output"));
    }

    /// <summary>How many processes of a piece are alive.</summary>
    internal int Living(string key) => FilesOf(key).Tree!.Members(ProcessTable.Scan()).Count;

    internal void KillKeeper() => _ = Libc.Kill(Client.KeeperPid, Signals.Kill);

    public async ValueTask DisposeAsync()
    {
        var stopped = StopEverything.Now(Home, [Runs], "test", "over", DateTimeOffset.UnixEpoch);
        var keeper = ProcessIdentity.Of(Client.KeeperPid);
        await Client.DisposeAsync();
        if (keeper is { } identity && IsKeeper(identity.Pid))
        {
            _ = identity.Signal(Signals.Kill);
        }

        var watch = Stopwatch.StartNew();
        while (keeper is { IsAlive: true } && watch.Elapsed < Patience)
        {
            await Task.Delay(1);
        }

        Directory.Delete(_root, recursive: true);
        Assert.Empty(stopped.Kill.Left);
    }

    /// <summary>The number may have passed on to a stranger where a test has killed the keeper.</summary>
    private bool IsKeeper(int pid) =>
        File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Contains(Home);
}
