using System.Collections.Concurrent;
using System.Globalization;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Runs;
using Fleet.Rules.Settings;
using Fleet.Rules.Views;

namespace Fleet.Daemon;

/// <summary>
/// Looks at live runs: how much they wrote, when they last did anything, whether a limit is passed.
/// </summary>
/// <remarks>
/// Silence alone never ends a run: it must also have used almost no processor time. These figures are never events.
/// It looks when a run may first have passed a limit, so that thirty silent runs cost next to nothing.
/// </remarks>
internal sealed class RunWatch(
    Func<FleetState> state,
    Func<RunId, string> directory,
    Func<RunId, LiveFigures?> figures,
    Func<Observation, CancellationToken, Task> report,
    TimeProvider clock
) : IDisposable
{
    /// <summary>Hardly anything writes faster, and what does is found a look later.</summary>
    private const double MostBytesPerSecond = 1024 * 1024 * 1024;

    /// <summary>Less processor time than this share of a silent stretch is no progress.</summary>
    private const double BusyShare = 0.01;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<RunId, Glimpse> glimpses = new();
    private readonly SemaphoreSlim news = new(0);

    /// <param name="Busy">When the run last wrote or computed.</param>
    /// <param name="Cpu">Processor time of its tree when it was last sampled.</param>
    private sealed record Glimpse(long Bytes, DateTimeOffset Busy, TimeSpan Cpu, DateTimeOffset Sampled);

    public void Dispose() => news.Dispose();

    /// <summary>How the live runs stand at this moment.</summary>
    public Dictionary<RunId, LiveRun> Live()
    {
        var now = clock.GetUtcNow();
        return glimpses
            .Select(pair => (Run: pair.Key, Glimpse: Written(pair.Key, pair.Value, now)))
            .ToDictionary(
                seen => seen.Run,
                seen => new LiveRun(seen.Run, seen.Glimpse.Busy, seen.Glimpse.Bytes, figures(seen.Run))
            );
    }

    /// <summary>A run began or goes on, or limits changed: one may be nearer than the next look.</summary>
    public void Nudge()
    {
        if (news.CurrentCount == 0)
        {
            news.Release();
        }
    }

    public async Task Run(CancellationToken stop)
    {
        while (true)
        {
            var pause = await Look(stop);
            if (await news.WaitAsync(pause, stop))
            {
                // Many runs that begin at once are looked at together.
                await Task.Delay(Shortest, clock, stop);
            }
        }
    }

    /// <summary>How long nothing can pass a limit from now on.</summary>
    private async Task<TimeSpan> Look(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var fleet = state();
        var live = fleet.Index.Live;
        foreach (var gone in glimpses.Keys.Where(run => !live.Contains(run.Task)))
        {
            glimpses.TryRemove(gone, out _);
        }

        var pause = Longest;
        var processes = new Lazy<ProcessTable>(ProcessTable.Scan);
        foreach (var id in live)
        {
            if (
                fleet.Tasks[id] is { Run: { Process: not null, Stop: null, FrozenAt: null, AskedSince: null } run } task
            )
            {
                var limits = fleet.SettingsOf(task.Repository).Limits;
                var glimpse = glimpses[run.Id] = Refresh(run, limits, now, processes);
                if (Passed(run, glimpse, limits, now) is { } seen)
                {
                    await report(seen, stop);
                }

                var far = Far(glimpse, limits, now);
                pause = far < pause ? far : pause;
            }
        }

        return pause < Shortest ? Shortest : pause;
    }

    private Glimpse Refresh(Run run, RunLimits limits, DateTimeOffset now, Lazy<ProcessTable> processes)
    {
        var known = glimpses.GetValueOrDefault(run.Id) ?? new Glimpse(0, run.SpawnedAt ?? now, TimeSpan.Zero, now);
        var last = Written(run.Id, known, now);
        // Until it was answered it could not do anything.
        last = run.AnsweredAt is { } answered && answered > last.Busy ? last with { Busy = answered } : last;
        if (last.Bytes != known.Bytes || now < NextSample(last, limits))
        {
            return last;
        }

        var cpu = new PieceFiles(directory(run.Id)).Tree?.CpuTime(processes.Value) ?? TimeSpan.Zero;
        var worked = cpu - last.Cpu > BusyShare * (now - last.Sampled);
        return last with { Cpu = cpu, Sampled = now, Busy = worked ? now : last.Busy };
    }

    /// <summary>With what its transcript says; the time of that file is when it last wrote.</summary>
    private Glimpse Written(RunId run, Glimpse last, DateTimeOffset now)
    {
        var transcript = new FileInfo(RunFiles.Transcript(directory(run)));
        if (!transcript.Exists || transcript.Length == last.Bytes)
        {
            return last;
        }

        var at = new DateTimeOffset(transcript.LastWriteTimeUtc);
        return last with
        {
            Bytes = transcript.Length,
            Busy =
                at > now ? now
                : at > last.Busy ? at
                : last.Busy,
        };
    }

    /// <summary>Processor time is asked for only once a run was silent for a while.</summary>
    private static DateTimeOffset NextSample(Glimpse glimpse, RunLimits limits)
    {
        var silent = glimpse.Busy + (limits.Idle / 2);
        var spaced = glimpse.Sampled + (limits.Idle / 4);
        return silent > spaced ? silent : spaced;
    }

    private static TimeSpan Far(Glimpse glimpse, RunLimits limits, DateTimeOffset now)
    {
        var full = TimeSpan.FromSeconds(Math.Max(0, limits.OutputBytes - glimpse.Bytes) / MostBytesPerSecond);
        var sample = NextSample(glimpse, limits) - now;
        var silent = glimpse.Busy + limits.Idle - now;
        var idle = silent < sample ? silent : sample;
        return full < idle ? full : idle;
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
}
