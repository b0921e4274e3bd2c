using System.Net.Sockets;
using Fleet.ModelStub.Apis;
using Fleet.ModelStub.Faults;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fleet.ModelStub;

/// <summary>Gives an answer, or breaks it as a fault says.</summary>
internal sealed class Playback(HttpResponse response, IModelApi api, Fault? fault)
{
    private static readonly TimeSpan BetweenWords = TimeSpan.FromMilliseconds(400);

    /// <summary>Long enough for the words to arrive: a cut connection may take with it what was not read yet.</summary>
    private static readonly TimeSpan BeforeTheCut = TimeSpan.FromMilliseconds(200);

    /// <summary>For the coder to close its end; whoever does is not waited for any longer.</summary>
    private static readonly TimeSpan AfterTheCut = TimeSpan.FromSeconds(5);

    /// <summary>What is said where a fault needs words to break off.</summary>
    private static readonly Answer HalfAWord = new Answer.Words("partial text going away");

    public async Task Play(Conversation conversation, Answer answer, CancellationToken stop)
    {
        var now = DateTimeOffset.UtcNow;
        if (fault is not null && api.Refuse(fault, now) is { } refusal)
        {
            await Send(refusal, stop);
        }
        else if (fault?.Kind is FaultKind.Hang)
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        else if (fault?.Kind is FaultKind.Cut)
        {
            response.HttpContext.Abort();
        }
        else if (conversation.IsStreamed)
        {
            await Stream(answer, conversation.Model, now, stop);
        }
        else
        {
            await Send(new Refusal(200, api.Whole(answer, conversation.Model), api.Headers(now)), stop);
        }
    }

    private async Task Stream(Answer answer, string model, DateTimeOffset now, CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        Add(api.Headers(now));
        var breaksOff = fault?.Kind is FaultKind.Drop or FaultKind.StreamError;
        foreach (var frame in api.Stream(breaksOff && answer is not Answer.Words ? HalfAWord : answer, model))
        {
            await Write(frame, stop);
            if (!frame.IsWord)
            {
                continue;
            }

            switch (fault?.Kind)
            {
                case FaultKind.Slow:
                    await Task.Delay(BetweenWords, stop);
                    break;
                case FaultKind.Drop:
                    await HangUp(stop);
                    return;
                case FaultKind.StreamError:
                    await Write(api.Failure(model), stop);
                    return;
            }
        }
    }

    /// <summary>
    /// Ends the connection as a proxy that goes away does. A reset is something else to some coders: they try again.
    /// </summary>
    private async Task HangUp(CancellationToken stop)
    {
        await Task.Delay(BeforeTheCut, stop);
        response
            .HttpContext.Features.GetRequiredFeature<IConnectionSocketFeature>()
            .Socket.Shutdown(SocketShutdown.Send);
        await Task.Delay(AfterTheCut, stop);
        response.HttpContext.Abort();
    }

    private async Task Write(Frame frame, CancellationToken stop)
    {
        var name = frame.Event is null ? "" : $"event: {frame.Event}\n";
        await response.WriteAsync($"{name}data: {frame.Data}\n\n", stop);
        await response.Body.FlushAsync(stop);
    }

    private async Task Send(Refusal refusal, CancellationToken stop)
    {
        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        Add(refusal.Headers);
        await response.WriteAsync(Json.Of(refusal.Body), stop);
    }

    private void Add(IEnumerable<Header> headers)
    {
        foreach (var header in headers)
        {
            response.Headers[header.Name] = header.Value;
        }
    }
}
