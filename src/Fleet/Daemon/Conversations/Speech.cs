using System.Collections.Immutable;
using Fleet.Coders;
using Fleet.Rules.Tasks;

namespace Fleet.Daemon.Conversations;

/// <summary>What a coder is told without having asked.</summary>
/// <param name="IsWords">Someone's words; else an interruption.</param>
internal sealed record Unasked(CoderStep Step, bool IsWords);

/// <summary>
/// What others have to say to a coder: what waits, what a daemon before this one said, what is not heard yet.
/// </summary>
internal sealed class Speech(ICoderSession session, string directory)
{
    private readonly Interjections interjections = new(directory);
    private readonly List<long> unheard = [];
    private ImmutableArray<Told> toSay = [];
    private volatile bool isInterrupted;

    /// <summary>Completes once the interrupted turn has ended, or when it cannot be interrupted.</summary>
    public TaskCompletionSource<bool> Interruption { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Then the end of a turn is not yet the end.</summary>
    public bool IsMoreToSay => !isInterrupted && (toSay.Length > 0 || interjections.HaveMore || session.HasUnheard);

    public void Tell(Told told) =>
        ImmutableInterlocked.Update(ref toSay, all => all.Any(one => one.Seq == told.Seq) ? all : all.Add(told));

    public void Forget(long told) =>
        ImmutableInterlocked.Update(ref toSay, all => all.RemoveAll(one => one.Seq == told));

    public void Interrupt() => isInterrupted = true;

    /// <summary>
    /// What an earlier daemon said at this place: it is said again, so that the reading goes on as it did.
    /// </summary>
    public Unasked? Again(long at)
    {
        while (interjections.Next(at) is { } made)
        {
            if (Said(made) is { } said)
            {
                return said;
            }
        }

        return null;
    }

    /// <summary>
    /// What is said now, written down before; none when there is nothing or the coder cannot hear it.
    /// </summary>
    public Unasked? Next(long at)
    {
        if (isInterrupted)
        {
            return NextInterruption(at);
        }

        while (toSay is [var told, ..])
        {
            if (!interjections.Contains(told.Seq))
            {
                return Begin(new Interjection(at, told.Seq, told.Who, told.Words));
            }

            Forget(told.Seq);
        }

        return null;
    }

    /// <summary>What has been heard since the last time, by the positions of the events that hold the words.</summary>
    public ImmutableArray<long> Heard()
    {
        if (unheard.Count == 0 || session.HasUnheard)
        {
            return [];
        }

        ImmutableArray<long> heard = [.. unheard];
        unheard.Clear();
        return heard;
    }

    private Unasked? NextInterruption(long at)
    {
        if (interjections.All.Any(made => made.IsInterruption))
        {
            return null;
        }

        var said = Begin(new Interjection(at));
        if (said is null)
        {
            Interruption.TrySetResult(false);
        }

        return said;
    }

    private Unasked? Begin(Interjection made)
    {
        var said = Said(made);
        if (said is not null)
        {
            interjections.Add(made);
        }

        return said;
    }

    private Unasked? Said(Interjection made)
    {
        if ((made.IsInterruption ? session.Interrupt() : session.Say(made.Words)) is not { } step)
        {
            return null;
        }

        if (!made.IsInterruption)
        {
            unheard.Add(made.Told);
        }

        return new Unasked(step, !made.IsInterruption);
    }
}
