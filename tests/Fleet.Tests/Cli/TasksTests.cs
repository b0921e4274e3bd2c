using System.Text.Json;

namespace Fleet.Tests.Cli;

public sealed class TasksTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task The_list_as_json_has_the_promised_shape()
    {
        await ada.Add("Sort imports", "--priority", "0", "--coder", "command", "--model", "fast");

        const string promised = """
            {"apiVersion":"fleet/v1","kind":"TaskList","asOf":2,"more":0,"items":[
            {"id":"1","state":"ready","by":"evidence","why":"","coder":"command","model":"fast","priority":0,
            "title":"Sort imports","repository":"shop","directory":"","runs":0}]}
            """;
        var said = await ada.Fleet("tasks", "--json");
        Assert.Equal(promised.ReplaceLineEndings(""), said.Out.TrimEnd());
    }

    [Fact]
    public async Task A_waiting_task_says_what_for()
    {
        await ada.Add("First");
        await ada.Add("Second", "--needs", "1");

        var row = (await ada.Fleet("tasks", "--json")).Json.GetProperty("items")[1];

        Assert.Equal(
            ("waiting", "dependency"),
            (row.GetProperty("state").GetString(), row.GetProperty("waitingFor").GetString())
        );
    }

    [Fact]
    public async Task Unknown_figures_are_absent()
    {
        await ada.Add("Nothing known");

        var row = (await ada.Fleet("tasks", "--json")).Json.GetProperty("items")[0];

        Assert.All(["elapsed", "idle", "tokens", "cost"], name => Assert.False(row.TryGetProperty(name, out _)));
    }

    [Fact]
    public async Task Into_a_pipe_goes_no_escape_whatever_the_title()
    {
        await ada.Add("evil \u001b[31m\u009b1m\u001b]8;;x:y\u0007link\u001b]8;;\u0007 end");

        var said = await ada.Fleet("tasks");

        Assert.DoesNotContain('\u001b', said.Out);
        Assert.DoesNotContain('\u009b', said.Out);
        Assert.Contains("evil link end", said.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_a_screen_a_long_title_is_cut_to_the_line()
    {
        await ada.Add(new string('x', 5000));
        ada.AtScreen = true;

        var said = await ada.Fleet("tasks");

        Assert.Contains('…', said.Out);
        Assert.All(said.Out.Split('\n'), line => Assert.True(line.Length < 140, line));
    }

    [Fact]
    public async Task The_mark_and_the_word_stand_side_by_side()
    {
        await ada.Add("Plain");

        Assert.Contains("● ready", (await ada.Fleet("tasks")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_tasks_than_asked_for_are_counted()
    {
        await ada.Add("One");
        await ada.Add("Two");
        await ada.Add("Three");

        var said = await ada.Fleet("tasks", "--limit", "2", "--json");

        Assert.Equal(1, said.Json.GetProperty("more").GetInt32());
        Assert.Equal(2, said.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_events_of_a_task_carry_their_body_as_json()
    {
        await ada.Add("Sort imports");

        var said = await ada.Fleet("task", "1", "events", "--json");

        var added = said.Json.GetProperty("items")[0];
        Assert.Equal("task.added", added.GetProperty("kind").GetString());
        Assert.Equal("person", added.GetProperty("by").GetString());
        Assert.Equal(JsonValueKind.Object, added.GetProperty("body").ValueKind);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("plan")]
    [InlineData("knowledge")]
    [InlineData("events")]
    [InlineData("brief")]
    [InlineData("why")]
    public async Task Every_side_of_a_new_task_can_be_shown(string side)
    {
        await ada.Add("Sort \u001b[31mimports");
        ada.AtScreen = true;

        var said = await ada.Fleet("task", "1", side);

        Assert.Equal(0, said.Code);
        Assert.DoesNotContain("\u001b[31mimports", said.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log")]
    [InlineData("diff")]
    public async Task What_is_not_there_yet_is_not_found(string side)
    {
        await ada.Add("Sort imports");

        Assert.Equal(3, (await ada.Fleet("task", "1", side)).Code);
    }
}
