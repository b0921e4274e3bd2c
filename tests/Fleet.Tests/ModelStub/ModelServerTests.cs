using System.Net;
using System.Text;
using System.Text.Json;
using Fleet.ModelStub;
using Fleet.ModelStub.Scripts;

namespace Fleet.Tests.ModelStub;

/// <summary>The scripted model server over HTTP, in each vendor's form.</summary>
public sealed class ModelServerTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private ModelServer server = null!;

    public async ValueTask InitializeAsync() => server = await ModelServer.Start();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    public static TheoryData<string> Apis => [.. VendorForm.All.Keys];

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task A_text_comes_word_by_word(string api)
    {
        var stream = await Stream(VendorForm.All[api], server.Run(), "SCRIPT[text:two words]SCRIPT");
        Assert.Contains("\"two \"", stream, StringComparison.Ordinal);
        Assert.Contains("\"words\"", stream, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task A_step_becomes_a_call_of_the_tool_that_is_offered(string api)
    {
        var form = VendorForm.All[api];
        var stream = await Stream(form, server.Run(), "SCRIPT[bash:ls -a]SCRIPT");
        Assert.Contains(form.Shell, stream, StringComparison.Ordinal);
        Assert.Contains("ls -a", stream, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task An_answer_can_come_at_once(string api)
    {
        var form = VendorForm.All[api];
        using var answer = await Post(form, server.Run(), form.Whole("SCRIPT[text:two words]SCRIPT"));
        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains("\"two words\"", body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains($"{Figures.Output}", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task A_stream_ends_in_the_middle(string api)
    {
        var form = VendorForm.All[api];
        using var answer = await Post(form, server.Run("drop"), form.Streamed("SCRIPT[bash:ls]SCRIPT"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task A_stream_breaks_off_with_an_error(string api)
    {
        var stream = await Stream(VendorForm.All[api], server.Run("sseerr"), "SCRIPT[bash:ls]SCRIPT");
        Assert.Contains("Overloaded", stream, StringComparison.Ordinal);
        Assert.Contains("partial", stream, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anthropic", "limit~60", 429, "anthropic-ratelimit-unified-5h-reset")]
    [InlineData("responses", "limit", 429, "x-codex-primary-reset-at")]
    [InlineData("chat", "429ra", 429, "retry-after")]
    [InlineData("anthropic", "529", 529, null)]
    [InlineData("gemini", "401", 401, null)]
    [InlineData("chat", "400", 400, null)]
    public async Task A_refusal_has_the_vendors_status_and_header(string api, string fault, int status, string? header)
    {
        var form = VendorForm.All[api];
        using var answer = await Post(form, server.Run(fault), form.Streamed("SCRIPT[bash:ls]SCRIPT"));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.True(header is null || answer.Headers.Contains(header));
    }

    [Fact]
    public async Task A_request_without_tools_is_never_faulted()
    {
        var run = server.Run("401");
        using var answer = await Post(
            VendorForm.All["chat"],
            run,
            """{"messages":[{"role":"user","content":"title?"}]}"""
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(run.Asked);
    }

    [Fact]
    public async Task A_hanging_request_ends_with_the_server()
    {
        var form = VendorForm.All["anthropic"];
        var run = server.Run("hang");
        var answer = Post(form, run, form.Streamed("SCRIPT[bash:ls]SCRIPT"));
        await run.Ask();
        await server.DisposeAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer);
        server = await ModelServer.Start();
    }

    [Fact]
    public async Task A_cut_connection_has_no_answer()
    {
        var form = VendorForm.All["anthropic"];
        await Assert.ThrowsAnyAsync<HttpRequestException>(() =>
            Post(form, server.Run("cut"), form.Streamed("SCRIPT[bash:ls]SCRIPT"))
        );
    }

    [Fact]
    public async Task Every_scenario_that_comes_along_can_be_played()
    {
        Assert.Contains("loop", server.Scenarios);
        foreach (var scenario in server.Scenarios)
        {
            await Stream(VendorForm.All["responses"], server.Play(scenario), "go");
        }
    }

    [Fact]
    public async Task A_scenario_needs_no_script_in_the_prompt()
    {
        var run = server.Play(Scenario.Parse("fault:503x1\ntext:from a file"));
        var form = VendorForm.All["responses"];
        using var refused = await Post(form, run, form.Streamed("do it"));
        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Contains("\"from a file\"", await Stream(form, run, "do it"), StringComparison.Ordinal);
        Assert.Equal(["503", null], run.Asked.Select(request => request.Fault));
    }

    [Fact]
    public async Task The_log_knows_who_asked_for_what_but_no_secret()
    {
        var run = server.Run();
        using var request = new HttpRequestMessage(HttpMethod.Post, run.Url + "/v1/messages");
        request.Headers.Add("x-api-key", "sk-secret");
        request.Headers.Add("authorization", "Bearer dummy-b");
        request.Content = new StringContent(
            VendorForm.All["anthropic"].Streamed("SCRIPT[bash:ls]SCRIPT"),
            Encoding.UTF8
        );
        using var answer = await http.SendAsync(request);
        var seen = Assert.Single(run.Asked);
        Assert.Equal("authorization:dummy-b x-api-key", seen.Credential);
        Assert.Equal(("/v1/messages", "anthropic", "stub-model", 0), (seen.Path, seen.Api, seen.Model, seen.Step));
    }

    [Theory]
    [InlineData("/f/418/a/v1/models", 404)]
    [InlineData("/s/none/a/v1/models", 404)]
    [InlineData("/f/ok/a/v1/models", 200)]
    [InlineData("/f/ok/a/v1/other", 404)]
    [InlineData("/", 404)]
    public async Task What_is_no_model_is_answered_plainly(string path, int status)
    {
        using var answer = await http.GetAsync(server.Address + path);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task<string> Stream(VendorForm form, StubRun run, string prompt)
    {
        using var answer = await Post(form, run, form.Streamed(prompt));
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> Post(VendorForm form, StubRun run, string body)
    {
        var isWhole = !body.Contains("\"stream\":true", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, run.Url + (isWhole ? form.WholePath : form.Path));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
