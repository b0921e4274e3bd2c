using System.Globalization;
using Fleet.Bench.Ground;
using Fleet.Processes;

namespace Fleet.Bench.Rows;

/// <summary>What it costs to watch thirty silent runs.</summary>
internal sealed record IdleRow()
    : Row(
        "idle",
        "RSS with 30 live runs: daemon, keeper; idle CPU",
        "≤ 90 MB, ≤ 45 MB; ≤ 0.05 % of a core",
        "thirty `sleep` in as many worktrees, left alone for 65 s, until what was started is anchored; then "
            + "VmRSS, and the processor time of daemon and keeper over 60 s; against the private part of that memory, "
            + "which nothing shares."
    )
{
    private const int Runs = 30;
    private const double MostDaemon = 90;
    private const double MostKeeper = 45;
    private const double MostCpu = 0.05;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(65);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public override async Task<Measured> Measure(Place place)
    {
        var repository = place.At("repository");
        await SampleRepository.Make(repository);
        await using var daemon = await LiveDaemon.Start(place.At("home"), $"version: 1\nmax_concurrent: {Runs}\n");
        await daemon.Know(repository);
        for (var run = 0; run < Runs; run++)
        {
            await daemon.Add(repository, noGate: true, "sleep", "600");
        }

        await daemon.Until("run.spawned", Runs);
        await Task.Delay(Settle);
        var keeper = daemon.KeeperPid!.Value;
        var before = Cpu(daemon.Pid) + Cpu(keeper);
        await Task.Delay(Watched);
        var cpu = 100 * ((Cpu(daemon.Pid) + Cpu(keeper) - before) / Watched);
        var (large, small) = (Megabytes(daemon.Pid, "Rss"), Megabytes(keeper, "Rss"));
        return new Measured(
            string.Create(CultureInfo.InvariantCulture, $"{large:0} MB, {small:0} MB; {cpu:0.000} %"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"private memory {Private(daemon.Pid):0} MB, {Private(keeper):0} MB"
            ),
            large <= MostDaemon && small <= MostKeeper && cpu <= MostCpu
        );
    }

    /// <summary>Its processor time, ended threads and reaped children included.</summary>
    private static TimeSpan Cpu(int pid)
    {
        const int ticksPerSecond = 100;
        return TimeSpan.FromSeconds((double)ProcStat.Read(pid)!.Value.CpuTicks / ticksPerSecond);
    }

    private static double Private(int pid) => Megabytes(pid, "Private_Clean") + Megabytes(pid, "Private_Dirty");

    private static double Megabytes(int pid, string name) =>
        File.ReadLines($"/proc/{pid}/smaps_rollup")
            .Where(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(name.Length + 1)..^3], CultureInfo.InvariantCulture) / 1024)
            .First();
}
