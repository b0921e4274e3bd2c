namespace Fleet.Tests.Cli;

public sealed class AddTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Fact]
    public async Task A_task_is_added_without_a_daemon_and_the_pipe_gets_only_its_id()
    {
        var first = await ada.Fleet("add", "Sort imports", "--", "./sort.sh");
        var second = await ada.Fleet("add", "Bump", "--", "./bump.sh");

        Assert.Equal((0, "1\n", ""), (first.Code, first.Out, first.Error));
        Assert.Equal("2\n", second.Out);
    }

    [Fact]
    public async Task A_task_belongs_to_the_repository_and_remembers_the_subdirectory()
    {
        ada.Shop.Write("tools/x", "");
        ada.Directory = ada.Shop.At("tools");
        await ada.Add("Tidy tools");

        var row = (await ada.Fleet("tasks", "--json")).Json.GetProperty("items")[0];

        Assert.Equal(
            ("shop", "tools"),
            (row.GetProperty("repository").GetString(), row.GetProperty("directory").GetString())
        );
    }

    [Fact]
    public async Task The_same_request_asked_again_gets_the_first_task()
    {
        var first = await ada.Add("Once", "--request-id", "mine-1");
        var again = await ada.Add("Once", "--request-id", "mine-1");

        Assert.Equal(("1", "1"), (first, again));
        Assert.Equal(1, (await ada.Fleet("tasks", "--json")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_follows_the_dashes_is_the_command_word_for_word()
    {
        await ada.Fleet("add", "Words", "--", "./x", "-d", "a b", "--", "$(reboot)");

        var command = (await ada.Fleet("task", "1", "--json")).Json.GetProperty("item").GetProperty("command");

        Assert.Equal(
            ["./x", "-d", "a b", "--", "$(reboot)"],
            command.EnumerateArray().Select(word => word.GetString())
        );
    }

    [Fact]
    public async Task A_description_may_come_from_standard_input()
    {
        ada.Input = "first line\nsecond line\n";
        await ada.Add("Long", "-d", "-");

        var text = (await ada.Fleet("task", "1", "--json")).Json.GetProperty("item").GetProperty("text").GetString();

        Assert.Equal(ada.Input, text);
    }

    [Fact]
    public async Task Without_a_command_or_a_coder_it_says_who_could_do_it()
    {
        var said = await ada.Fleet("add", "Who?");

        Assert.Equal(2, said.Code);
        Assert.Contains("try:  fleet add \"Who?\" -- COMMAND", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_option_is_not_taken_for_a_title()
    {
        var said = await ada.Fleet("add", "--titel", "--", "./x");

        Assert.Equal(2, said.Code);
        Assert.Equal("no tasks yet; try: fleet add \"title\" -- COMMAND\n", (await ada.Fleet("tasks", "--all")).Out);
    }

    [Fact]
    public async Task No_gate_is_recorded_as_the_persons_decision()
    {
        await ada.Add("Just do it", "--gate", "none");

        var item = (await ada.Fleet("task", "1", "--json")).Json.GetProperty("item");

        Assert.True(item.GetProperty("noGate").GetBoolean());
        Assert.Equal("human:ada", item.GetProperty("addedBy").GetString());
    }

    [Fact]
    public async Task A_task_may_need_others_but_only_such_as_there_are()
    {
        await ada.Add("First");

        Assert.Equal("2", await ada.Add("Second", "--needs", "1"));
        Assert.Equal(2, (await ada.Fleet("add", "Third", "--needs", "9", "--", "./x")).Code);
    }

    [Fact]
    public async Task Outside_of_a_repository_it_says_what_to_do()
    {
        ada.Directory = "/";

        var said = await ada.Fleet("add", "Nowhere", "--", "./x");

        Assert.Equal(1, said.Code);
        Assert.Contains("try:  ", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_with_a_line_break_is_refused_and_never_taken_for_another()
    {
        ada.Directory = Directory.CreateDirectory(ada.Shop.At("line\nbreak")).FullName;

        var said = await ada.Fleet("add", "Here", "--", "./x");

        Assert.Equal(1, said.Code);
        Assert.Contains("line break", said.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("'quotes' \"double\" `ticks` $(reboot) ; rm -rf /")]
    [InlineData("line\nbreak\ttab")]
    [InlineData("../../etc/passwd")]
    [InlineData("-x")]
    [InlineData("@file")]
    [InlineData("[diagram]")]
    [InlineData("🦊 fox")]
    [InlineData("\u001b[31mred\u001b]0;title\u0007\u009b2J\u202e")]
    public async Task A_title_may_be_anything_and_is_kept_as_it_is(string title)
    {
        Assert.Equal("1", await ada.Add(title));

        Assert.Equal(
            title,
            (await ada.Fleet("task", "1", "--json")).Json.GetProperty("item").GetProperty("title").GetString()
        );
    }

    [Fact]
    public async Task A_title_of_ten_thousand_characters_is_taken_and_a_longer_one_is_not()
    {
        Assert.Equal("1", await ada.Add(new string('x', 10_000)));
        Assert.Equal(2, (await ada.Fleet("add", new string('x', 10_001), "--", "./x")).Code);
    }
}
