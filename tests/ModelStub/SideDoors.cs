using Fleet.ModelStub.Apis;
using Microsoft.AspNetCore.Http;

namespace Fleet.ModelStub;

/// <summary>What coders ask for besides answers of a model.</summary>
internal static class SideDoors
{
    public static Task Answer(HttpContext context, string path, bool isKnownRun, CancellationToken stop) =>
        (context.Request.Method, path) switch
        {
            _ when !isKnownRun => Send(
                context,
                404,
                Error("no such fault or scenario in the base URL; see tests/ModelStub/README.md"),
                stop
            ),
            ("POST", _) when IsCount(path) => Send(
                context,
                200,
                new { input_tokens = Figures.Input, totalTokens = Figures.Input },
                stop
            ),
            ("GET", _) when path.EndsWith("/models", StringComparison.Ordinal) => Send(context, 200, Models, stop),
            ("HEAD", _) => Task.CompletedTask,
            _ => Send(context, 404, Error($"the model stub has no {path}"), stop),
        };

    private static object Models =>
        new
        {
            @object = "list",
            data = new[]
            {
                new
                {
                    id = "stub-model",
                    @object = "model",
                    owned_by = "stub",
                },
            },
            models = Array.Empty<object>(),
        };

    private static bool IsCount(string path) =>
        path.EndsWith("/count_tokens", StringComparison.Ordinal)
        || path.EndsWith(":countTokens", StringComparison.Ordinal);

    private static object Error(string message) =>
        new { type = "error", error = new { type = "not_found_error", message } };

    private static async Task Send(HttpContext context, int status, object body, CancellationToken stop)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Json.Of(body), stop);
    }
}
