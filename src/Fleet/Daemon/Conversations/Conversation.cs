using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules;
using Fleet.Rules.Agents;
using Fleet.Rules.Runs;
using Fleet.Rules.Tasks;
using Fleet.Rules.Views;

namespace Fleet.Daemon.Conversations;

/// <summary>
/// One live run of a coder: reads what it prints, answers what it asks, and tells what it means.
/// </summary>
/// <remarks>
/// Everything follows from the transcript: a successor reads it from its first line and is where its predecessor was;
/// it says again only what nobody said yet.
/// </remarks>
internal sealed class Conversation(
    RunId run,
    string directory,
    ICoder coder,
    ICoderSession session,
    RunPermissions permissions,
    Func<Observation, CancellationToken, Task> report,
    TimeProvider clock
) : IDisposable
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim news = new(0);
    private readonly SemaphoreSlim turn = new(1);
    private readonly OutputReader output = new(RunFiles.Transcript(directory));
    private readonly PieceVoice voice = new(directory);
    private readonly Speech speech = new(session, directory);
    private readonly CancellationTokenSource gone = new();
    private readonly LiveTalk talk = new(clock);
    private readonly List<OutputLine> lines = [];
    private TurnEnd? held;
    private long at;
    private readonly LateAnswers late = new(directory);
    private readonly LoopWatch loop = new();
    private bool hasLooped;
    private int toSkip = -1;
    private readonly Expense expense = new(clock);
    private bool hasEnded;
    private string lastWords = "";
    private DateTimeOffset? resetsAt;
    private readonly AccountWindows windows = new(run, clock);
    private readonly CoderRetries retries = new(run);

    public LiveFigures? Figures => talk.Figures;

    /// <summary>Says this as soon as the coder can hear it; what was said before is not said again.</summary>
    public void Tell(Told told)
    {
        speech.Tell(told);
        news.Release();
    }

    /// <summary>No longer wanted, unless it was said already.</summary>
    public void Forget(long told) => speech.Forget(told);

    /// <summary>Tells the coder to end its turn; true once it has, false where it cannot or took too long.</summary>
    public async Task<bool> Interrupt(TimeSpan patience, CancellationToken stop)
    {
        if (!coder.Abilities.Interrupts)
        {
            return false;
        }

        speech.Interrupt();
        news.Release();
        try
        {
            return await speech.Interruption.Task.WaitAsync(patience, clock, stop);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Follows it until its process has ended; <see cref="Finish"/> reads what came last.</summary>
    /// <remarks>Only waiting is cut short by the end: lines that were read are always told, and told once.</remarks>
    public async Task Follow(CancellationToken ended, CancellationToken stop)
    {
        using var watch = new FileWatch(
            directory,
            new Dictionary<string, Action>(StringComparer.Ordinal) { [RunFiles.TranscriptName] = () => news.Release() }
        );
        while (true)
        {
            await ReadAll(stop);
            await news.WaitAsync(LookAnyway, ended);
        }
    }

    /// <summary>Looks whether a person answered.</summary>
    public void Hear()
    {
        try
        {
            news.Release();
        }
        catch (ObjectDisposedException)
        {
            // The run has ended meanwhile: nobody is there to be told.
        }
    }

    /// <summary>Its process has ended: what it printed last, and what its end means where it has no turns.</summary>
    public async Task Finish(PieceExit exit, CancellationToken stop)
    {
        await gone.CancelAsync();
        await ReadAll(stop);
        if (hasEnded)
        {
            return;
        }

        if (held is { } end)
        {
            await End(end, stop);
        }
        else if (coder.Abilities.EndsTurns)
        {
            // Without a terminal event it was interrupted, whatever its exit code is.
            await End(new TurnEnd.Interrupted(), stop);
        }
        else if (exit.Code == 0)
        {
            await End(new TurnEnd.Done(lastWords), stop);
        }
        else
        {
            await End(new TurnEnd.Failed(ErrorClass.Unknown, $"{exit.End}: {lastWords}".TrimEnd(' ', ':')), stop);
        }
    }

    public void Dispose()
    {
        output.Dispose();
        voice.Dispose();
        gone.Dispose();
        news.Dispose();
        turn.Dispose();
    }

    private async Task ReadAll(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            if (toSkip < 0)
            {
                toSkip = voice.Said;
                await Take(session.Begin(), stop);
                await SayAgain(stop);
            }

            while (output.Read(lines))
            {
                foreach (var line in lines)
                {
                    await Take(session.Take(line.Bytes), stop);
                    at = line.Start + line.Length + 1;
                    await SayAgain(stop);
                    await TellHeard(stop);
                }

                lines.Clear();
                talk.Publish(session.Unsettled);
            }

            await Speak(stop);
            await TellSpent(stop);
            if (windows.News() is { } news)
            {
                await report(news, stop);
            }

            await TellAnswers(stop);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>For its budget, while it lives; what its turn cost is told once, with the turn's end.</summary>
    private async Task TellSpent(CancellationToken stop)
    {
        if (!hasEnded && expense.News(session.Unsettled) is { } soFar)
        {
            await report(new Observation.UsageSeen(run, soFar), stop);
        }
    }

    /// <summary>At the places where a daemon before this one said something unasked, it is said again.</summary>
    private async Task SayAgain(CancellationToken stop)
    {
        while (speech.Again(at) is { } said)
        {
            await Say(said, stop);
        }
    }

    /// <summary>All that it printed was read: what others have to say to it is said now, if it can hear.</summary>
    private async Task Speak(CancellationToken stop)
    {
        if (hasEnded || gone.IsCancellationRequested)
        {
            speech.Interruption.TrySetResult(false);
            return;
        }

        while (speech.Next(at) is { } said)
        {
            await Say(said, stop);
        }

        await TellHeard(stop);
        if (held is { } end && !session.HasUnheard)
        {
            await End(end, stop);
        }
    }

    private Task Say(Unasked said, CancellationToken stop)
    {
        // Words after the end of a turn begin another one.
        held = said.IsWords ? null : held;
        return Take(said.Step, stop);
    }

    private async Task TellHeard(CancellationToken stop)
    {
        foreach (var words in speech.Heard())
        {
            await report(new Observation.WordsHeard(run, words), stop);
        }
    }

    private async Task Take(CoderStep step, CancellationToken stop)
    {
        foreach (var line in step.Lines)
        {
            if (toSkip > 0)
            {
                toSkip--;
            }
            else
            {
                await voice.Say(line, gone.Token, stop);
            }
        }

        foreach (var seen in step.Events)
        {
            talk.Take(seen);
            await Take(seen, stop);
        }
    }

    private async Task Take(CoderEvent seen, CancellationToken stop)
    {
        windows.Take(seen);
        if (retries.Take(seen) is { } tooMany)
        {
            await report(tooMany, stop);
        }

        switch (seen)
        {
            case CoderEvent.SessionStarted started:
                await report(new Observation.SessionNamed(run, started.Session, started.Model), stop);
                break;
            case CoderEvent.Text text:
                lastWords = text.Words;
                break;
            case CoderEvent.UsageSeen usage:
                expense.Add(usage.Delta, usage.IsExact);
                break;
            case CoderEvent.LimitSeen { IsReached: true } limit:
                resetsAt = limit.ResetsAt ?? (limit.ResetsIn is { } wait ? clock.GetUtcNow() + wait : resetsAt);
                break;
            case CoderEvent.ApprovalAsked asked:
                await Answer(asked, stop);
                break;
            case CoderEvent.TurnStarted:
                held = null;
                break;
            case CoderEvent.TurnEnded { End: TurnEnd.Done done } when speech.IsMoreToSay:
                held = done;
                break;
            case CoderEvent.TurnEnded ended:
                await End(ended.End, stop);
                break;
            case CoderEvent.ToolStarted tool:
                loop.Started(tool.Id, tool.Tool, tool.Input);
                break;
            case CoderEvent.ToolFinished tool:
                loop.Finished(tool.Id, tool.Failed, tool.Output);
                await Look(stop);
                break;
            case CoderEvent.ToolDenied tool:
                loop.Finished(tool.Id, failed: true, tool.Why);
                await Look(stop);
                break;
            case CoderEvent.QuestionAsked:
            case CoderEvent.LimitSeen:
            case CoderEvent.ContextSeen:
            case CoderEvent.RetrySeen:
            case CoderEvent.Notice:
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <remarks>What was answered once is answered so again, whatever the rules say meanwhile.</remarks>
    private async Task Answer(CoderEvent.ApprovalAsked asked, CancellationToken stop)
    {
        var permission = permissions.Of(asked.Tool, asked.Input);
        var isKnown = permissions.Asked(asked.Request) is not null;
        if (isKnown || (permission.Answer is PermissionAnswer.Ask && toSkip == 0))
        {
            late.Await(asked.Request);
            if (!isKnown)
            {
                await report(permissions.Ask(run, asked, permission.By), stop);
            }

            return;
        }

        var allowed = permission.Answer is PermissionAnswer.Allow;
        if (toSkip == 0)
        {
            await report(
                new Observation.PermissionGiven(run, asked.Tool, asked.Input, allowed, permission.By, asked.Request),
                stop
            );
        }

        await Take(session.Answer(asked.Request, allowed, permission.By), stop);
    }

    /// <summary>Tells the coder what a person answered since; what it was told already it is not told again.</summary>
    private async Task TellAnswers(CancellationToken stop)
    {
        foreach (var request in late.Awaited)
        {
            if (permissions.Asked(request) is not { Allowed: { } allowed } answered)
            {
                continue;
            }

            var step = session.Answer(request, allowed, answered.By);
            foreach (var line in late.IsTold(request) ? [] : step.Lines)
            {
                await voice.SayAside(line, gone.Token, stop);
            }

            late.Told(request);
            await Take(step with { Lines = [] }, stop);
        }
    }

    /// <summary>A run that gets nowhere is stopped.</summary>
    private async Task Look(CancellationToken stop)
    {
        if (!hasLooped && loop.Why is { } why)
        {
            hasLooped = true;
            await report(new Observation.RunPassedLimit(run, StopReason.Looping, why), stop);
        }
    }

    private async Task End(TurnEnd end, CancellationToken stop)
    {
        if (hasEnded)
        {
            return;
        }

        hasEnded = true;
        await TellHeard(stop);
        if (session.Unsettled is { } estimate)
        {
            expense.Add(estimate, isExact: false);
        }

        await report(
            new Observation.CoderTurnEnded(run, TurnEnds.Of(end, resetsAt), expense.Spent, expense.IsExact),
            stop
        );
        speech.Interruption.TrySetResult(end is TurnEnd.Interrupted);
    }
}
