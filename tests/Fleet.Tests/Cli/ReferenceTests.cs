using System.Runtime.CompilerServices;
using Fleet.Cli;
using Fleet.Cli.Output;
using Fleet.Settings;

namespace Fleet.Tests.Cli;

/// <summary>The generated pages say what the code says. FLEET_REGENERATE=1 writes them anew.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void The_page_of_commands_is_what_the_commands_say() => Matches("cli.md", CliReference.Markdown());

    [Fact]
    public void The_page_of_events_is_what_the_events_say() => Matches("events.md", EventReference.Markdown());

    [Fact]
    public void The_page_of_settings_is_what_the_settings_say() => Matches("settings.md", SettingsReference.Markdown());

    [Fact]
    public void Every_event_has_its_sentence() =>
        Assert.Equal(
            Fleet.Log.EventJson.Kinds.Order(StringComparer.Ordinal),
            EventReference.Sentences.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_command_has_examples_that_begin_with_its_name()
    {
        foreach (var (_, name, make) in CommandTable.All)
        {
            var verb = make();
            Assert.Equal(name, verb.Command.Name);
            Assert.NotEmpty(verb.Examples);
            Assert.All(
                verb.Examples,
                example => Assert.Contains($"fleet {name}", example.Line, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public void Every_option_and_argument_says_what_it_is()
    {
        foreach (var verb in CommandTable.All.Select(entry => entry.Make()))
        {
            Assert.All(
                verb.Command.Options,
                option => Assert.False(string.IsNullOrEmpty(option.Description), option.Name)
            );
            Assert.All(verb.Command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description)));
        }
    }

    [Fact]
    public void Every_help_fits_a_screen_of_eighty_columns()
    {
        var pages = CommandTable
            .All.Select(entry => HelpText.Of(entry.Make()))
            .Concat(Topics.All.Select(topic => topic.Text()))
            .Append(HelpText.Overview());

        Assert.All(pages.SelectMany(page => page.Split('\n')), line => Assert.InRange(Columns.Of(line), 0, 80));
    }

    [Fact]
    public void No_topic_bears_the_name_of_a_command() =>
        Assert.Empty(Topics.All.Select(topic => topic.Name).Intersect(CommandTable.All.Select(entry => entry.Name)));

    private static void Matches(string page, string text)
    {
        var path = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "docs", page));
        if (Environment.GetEnvironmentVariable("FLEET_REGENERATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == text,
            $"docs/{page} is stale: FLEET_REGENERATE=1 ./check"
        );
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
