using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fleet.Git;
using Fleet.Git.Landing;
using Fleet.Rules;

namespace Fleet.Daemon.Effects;

/// <summary>
/// Notices changes of a person's own checkout while runs are alive. It only notices; it stops nothing.
/// </summary>
/// <remarks>
/// Who wrote cannot be told without a sandbox, so a change counts against every run that was alive at its time.
/// Changes that Fleet's own landings make are left out.
/// </remarks>
internal sealed class CheckoutWatch(TimeProvider clock) : IDisposable
{
    /// <summary>The time of a file lags behind the clock by up to a tick of the kernel.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Files get the time of the kernel's last tick, which is up to a few milliseconds old.</summary>
    private static readonly TimeSpan FileClockLag = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Watched> watched = new(StringComparer.Ordinal);

    private sealed class Watched : IDisposable
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public CheckoutFingerprint? Seen { get; set; }

        public Dictionary<RunId, Alive> Alive { get; } = [];

        public void Dispose() => Turn.Dispose();
    }

    private sealed class Alive(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;

        public bool Ended { get; set; }

        public SortedSet<string> Changes { get; } = new(StringComparer.Ordinal);
    }

    public void Dispose()
    {
        foreach (var place in watched.Values)
        {
            place.Dispose();
        }
    }

    /// <summary>From now on changes count against this run too.</summary>
    public Task Begin(RunId run, Repository person) =>
        Visit(
            person,
            async place =>
            {
                if (place.Alive.Values.All(alive => alive.Ended))
                {
                    place.Alive.Clear();
                    place.Seen = await Take(person);
                }
                else
                {
                    await Look(place, person);
                }

                place.Alive.TryAdd(run, new Alive(clock.GetUtcNow() - Tick));
            }
        );

    /// <summary>What changed while the run was alive; asked twice, the same answer.</summary>
    public async Task<ImmutableArray<string>> ChangesDuring(RunId run, Repository person)
    {
        ImmutableArray<string> changes = [];
        await Visit(
            person,
            async place =>
            {
                if (place.Alive.TryGetValue(run, out var alive))
                {
                    if (!alive.Ended)
                    {
                        await Look(place, person);
                        alive.Ended = true;
                    }

                    changes = [.. alive.Changes];
                }
            }
        );
        return changes;
    }

    /// <summary>Lands while nobody else looks, so that no run is blamed for what the landing writes.</summary>
    public async Task<LandingOutcome> During(Repository person, Func<Task<LandingOutcome>> landing)
    {
        LandingOutcome? outcome = null;
        await Visit(
            person,
            async place =>
            {
                await Look(place, person);
                outcome = await landing();
                if (place.Seen is not null)
                {
                    place.Seen = await Take(person);
                }
            }
        );
        return outcome!;
    }

    private async Task Visit(Repository person, Func<Watched, Task> visit)
    {
        var place = watched.GetOrAdd(person.Root, _ => new Watched());
        await place.Turn.WaitAsync();
        try
        {
            await visit(place);
        }
        finally
        {
            place.Turn.Release();
        }
    }

    /// <summary>
    /// Files, and what git obeys. Commits, branches and the index change when a person works with git.
    /// </summary>
    private static bool IsTrespass(CheckoutChange change) => change.Part is CheckoutPart.File or CheckoutPart.Rule;

    /// <summary>None when the checkout cannot be looked at now, for instance because it is gone.</summary>
    private static async Task<CheckoutFingerprint?> Take(Repository person) =>
        await CheckoutFingerprint.TakeFiles(person) is FingerprintOutcome.Taken taken ? taken.Fingerprint : null;

    private static async Task Look(Watched place, Repository person)
    {
        if (place.Seen is not { } before || place.Alive.Values.All(alive => alive.Ended))
        {
            return;
        }

        if (await Take(person) is not { } now)
        {
            return;
        }

        foreach (var change in CheckoutFingerprint.Compare(before, now).Where(IsTrespass))
        {
            foreach (
                var alive in place.Alive.Values.Where(a => !a.Ended && !(change.ChangedAt + FileClockLag < a.Since))
            )
            {
                alive.Changes.Add(change.Name);
            }
        }

        place.Seen = now;
    }
}
