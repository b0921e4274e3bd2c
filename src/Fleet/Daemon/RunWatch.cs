using System.Collections.Concurrent;
using System.Globalization;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>
/// Looks at live runs once a second: how much they wrote, when they last did anything, whether a limit is passed.
/// </summary>
/// <remarks>
/// Silence alone never ends a run: it must also have used almost no processor time. These figures are never events.
/// </remarks>
internal sealed class RunWatch(
    Func<FleetState> state,
    Func<RunId, string> directory,
    Func<Observation, CancellationToken, Task> report,
    TimeProvider clock
)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Less processor time than this share of a silent stretch is no progress.</summary>
    private const double BusyShare = 0.01;

    private readonly ConcurrentDictionary<RunId, Glimpse> glimpses = new();

    /// <param name="Busy">When the run last wrote or computed.</param>
    /// <param name="Cpu">Processor time of its tree when it was last sampled.</param>
    private sealed record Glimpse(long Bytes, DateTimeOffset Busy, TimeSpan Cpu, DateTimeOffset Sampled);

    public Dictionary<RunId, LiveRun> Live() =>
        glimpses.ToDictionary(g => g.Key, g => new LiveRun(g.Key, g.Value.Busy, g.Value.Bytes));

    public async Task Run(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await Look(stop);
        }
    }

    private async Task Look(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var fleet = state();
        var live = fleet.Index.Live;
        foreach (var gone in glimpses.Keys.Where(run => !live.Contains(run.Task)))
        {
            glimpses.TryRemove(gone, out _);
        }

        foreach (var id in live)
        {
            if (fleet.Tasks[id] is { Run: { Process: not null, Stop: null, FrozenAt: null } run } task)
            {
                var limits = fleet.SettingsOf(task.Repository).Limits;
                var glimpse = glimpses[run.Id] = Refresh(run, limits, now);
                if (Passed(run, glimpse, limits, now) is { } seen)
                {
                    await report(seen, stop);
                }
            }
        }
    }

    private Glimpse Refresh(Run run, RunLimits limits, DateTimeOffset now)
    {
        var last = glimpses.GetValueOrDefault(run.Id) ?? new Glimpse(0, run.SpawnedAt ?? now, TimeSpan.Zero, now);
        var bytes = OutputBytes(directory(run.Id));
        if (bytes != last.Bytes)
        {
            return last with { Bytes = bytes, Busy = now };
        }

        var interval = limits.Idle / 4;
        if (now - last.Busy < limits.Idle / 2 || now - last.Sampled < interval)
        {
            return last;
        }

        var cpu = TreeCpu(directory(run.Id));
        var worked = cpu - last.Cpu > BusyShare * (now - last.Sampled);
        return last with { Cpu = cpu, Sampled = now, Busy = worked ? now : last.Busy };
    }

    private static Observation.RunPassedLimit? Passed(Run run, Glimpse glimpse, RunLimits limits, DateTimeOffset now)
    {
        if (glimpse.Bytes > limits.OutputBytes)
        {
            var why = string.Create(CultureInfo.InvariantCulture, $"wrote more than {limits.OutputBytes} bytes");
            return new Observation.RunPassedLimit(run.Id, StopReason.TooMuchOutput, why);
        }

        return now - glimpse.Busy >= limits.Idle
            ? new Observation.RunPassedLimit(
                run.Id,
                StopReason.NoProgress,
                $"no progress for {DurationText.Write(limits.Idle)}"
            )
            : null;
    }

    private static long OutputBytes(string directory)
    {
        var transcript = new FileInfo(RunFiles.Transcript(directory));
        return transcript.Exists ? transcript.Length : 0;
    }

    private static TimeSpan TreeCpu(string directory) =>
        new PieceFiles(directory).Tree is { } tree ? tree.CpuTime(ProcessTable.Scan()) : TimeSpan.Zero;
}
