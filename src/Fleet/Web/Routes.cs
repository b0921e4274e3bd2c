using System.Globalization;
using System.Text.Json;
using Fleet.Daemon;
using Fleet.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fleet.Web;

/// <summary>Every address of the door, and what it answers.</summary>
internal static class Routes
{
    private const int DefaultRows = 50;

    public static void Map(IEndpointRouteBuilder routes, IControl control)
    {
        routes.MapPost("/api/v1/requests", With(http => Ask(control, http)));
        routes.MapGet("/api/v1/tasks", With(http => Tasks(control, http)));
        routes.MapGet("/api/v1/tasks/{id}", With(http => Story(control, http)));
        routes.MapGet("/api/v1/events", With(http => Events(control, http)));
        routes.MapGet("/api/v1/status", With(http => Status(control, http)));
        routes.MapFallback(http =>
            Refuse(http, StatusCodes.Status404NotFound, Answer.NotFound, "there is nothing here")
        );
    }

    private static async Task<byte[]> Ask(IControl control, HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var request = ControlJson.ReadRequest(body.GetBuffer().AsSpan(0, (int)body.Length));

        // Whoever asked may hang up: what was taken in is decided all the same, and a repeat gets the same answer.
        return ControlJson.Write(await control.Ask(request, CancellationToken.None));
    }

    private static async Task<byte[]> Tasks(IControl control, HttpContext http)
    {
        var all = string.Equals(http.Request.Query["all"], "true", StringComparison.Ordinal);
        var limit = (int)Math.Min(Number(http, "limit") ?? DefaultRows, ControlApi.MostRows);
        var query = new TaskQuery(all, limit, Number(http, "after"), Wait(http));
        return ControlJson.Write(await control.Tasks(query, http.RequestAborted));
    }

    private static async Task<byte[]> Story(IControl control, HttpContext http)
    {
        var text = http.Request.RouteValues["id"] as string;
        return TaskId.TryParse(text, out var id) && await control.Story(id, http.RequestAborted) is { } story
            ? ControlJson.Write(story)
            : throw new UserErrorException(
                new UserError(Answer.NotFound, $"there is no task {text}", null, null, "fleet tasks --all")
            );
    }

    private static async Task<byte[]> Events(IControl control, HttpContext http)
    {
        var task = Number(http, "task") is { } number ? new TaskId((int)Math.Min(number, int.MaxValue)) : (TaskId?)null;
        var limit = (int)Math.Min(Number(http, "limit") ?? DefaultRows, ControlApi.MostRows);
        var query = new EventQuery(Number(http, "after") ?? 0, limit, task, Wait(http));
        return ControlJson.Write(await control.Events(query, http.RequestAborted));
    }

    private static async Task<byte[]> Status(IControl control, HttpContext http) =>
        ControlJson.Write(await control.Status(http.RequestAborted));

    private static TimeSpan Wait(HttpContext http) =>
        TimeSpan.FromMilliseconds(
            Math.Min(Number(http, "waitMs") ?? 0, (long)ControlApi.LongestWait.TotalMilliseconds)
        );

    /// <exception cref="JsonException">It is there and no number.</exception>
    private static long? Number(HttpContext http, string name)
    {
        var text = http.Request.Query[name].ToString();
        return text.Length == 0 ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new JsonException($"{name} is a number, not '{text}'");
    }

    private static RequestDelegate With(Func<HttpContext, Task<byte[]>> answer) => http => Answered(http, answer);

    private static async Task Answered(HttpContext http, Func<HttpContext, Task<byte[]>> answer)
    {
        try
        {
            await Send(http, StatusCodes.Status200OK, await answer(http));
        }
        catch (JsonException wrong)
        {
            await Refuse(http, StatusCodes.Status400BadRequest, Answer.Usage, wrong.Message);
        }
        catch (BadHttpRequestException wrong)
        {
            await Refuse(http, wrong.StatusCode, Answer.Usage, wrong.Message);
        }
        catch (UserErrorException refused)
        {
            var status = refused.Error.Code == Answer.NotFound ? 404 : 409;
            await Send(http, status, ControlJson.Write(refused.Error));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
    }

    private static Task Refuse(HttpContext http, int status, int code, string what) =>
        Send(http, status, ControlJson.Write(new UserError(code, what, http.Request.Path, null, "fleet help")));

    private static Task Send(HttpContext http, int status, byte[] json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        return http.Response.Body.WriteAsync(json, 0, json.Length, http.RequestAborted);
    }
}
