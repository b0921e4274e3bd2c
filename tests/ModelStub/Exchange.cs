using System.Text.Json;
using Fleet.ModelStub.Apis;
using Fleet.ModelStub.Apis.Anthropic;
using Fleet.ModelStub.Apis.Chat;
using Fleet.ModelStub.Apis.Gemini;
using Fleet.ModelStub.Apis.Responses;
using Fleet.ModelStub.Scripts;
using Microsoft.AspNetCore.Http;

namespace Fleet.ModelStub;

/// <summary>One request and its answer.</summary>
/// <param name="closing">Ends answers that would never end.</param>
internal sealed class Exchange(ModelServer server, CancellationToken closing)
{
    private static readonly IModelApi[] Apis = [new AnthropicApi(), new ResponsesApi(), new ChatApi(), new GeminiApi()];

    public async Task Handle(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        try
        {
            await Answer(context, end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private async Task Answer(HttpContext context, CancellationToken stop)
    {
        var path = context.Request.Path.Value ?? "/";
        var (place, rest) = Place.Split(path) ?? (null, path);
        var run = place is null ? null : server.Find(place);
        var api = HttpMethods.IsPost(context.Request.Method) ? Apis.FirstOrDefault(api => api.Serves(rest)) : null;
        if (run is null || api is null)
        {
            // A coder that wants to leave the machine through a proxy names the other end where a path would be.
            var wanted = HttpMethods.IsConnect(context.Request.Method) ? context.Request.Host.ToString() : rest;
            server.Note(Seen(context, wanted) with { Run = run?.Name });
            await SideDoors.Answer(context, rest, run is not null, stop);
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: stop);
        var conversation = api.Read(body.RootElement, rest);
        var cue = Cue.In(conversation, run.Script);
        var isAside = conversation.Tools.IsEmpty;
        var fault = isAside ? null : run.Faults.Take(cue.Index);
        server.Note(
            Seen(context, rest) with
            {
                Run = run.Name,
                Api = api.Name,
                Model = conversation.Model,
                Step = cue.Index,
                Fault = fault?.Name,
                IsAside = isAside,
            }
        );
        await new Playback(context.Response, api, fault).Play(
            conversation,
            ToolChoice.For(cue.Step, conversation.Tools),
            stop
        );
    }

    private static SeenRequest Seen(HttpContext context, string path) =>
        new(
            DateTimeOffset.UtcNow,
            null,
            context.Request.Method,
            path,
            null,
            null,
            Credentials.In(context.Request.Headers),
            null,
            null,
            IsAside: true
        );
}
