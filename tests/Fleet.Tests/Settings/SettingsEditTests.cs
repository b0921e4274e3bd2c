using System.Runtime.Versioning;
using Fleet.Settings;

namespace Fleet.Tests.Settings;

/// <summary>An edit changes one value and nothing else that a person wrote.</summary>
public sealed class SettingsEditTests
{
    private const string Written = """
        version: 1
        # As many as the machine bears.
        max_concurrent: 3   # three, for now
        limits:             # a run's
          idle: 5m  # patient
          # below idle

        landing: { push: false }   # never push
        retries:
        # the end

        """;

    [Theory]
    [InlineData("max_concurrent", "5", "max_concurrent: 3   #", "max_concurrent: 5   #")]
    [InlineData("limits.idle", "90s", "idle: 5m  #", "idle: 90s  #")]
    [InlineData("limits.run", "2h", "# patient\n", "# patient\n  run: 2h\n")]
    [InlineData("landing.push", "true", "{ push: false }", "{ push: true }")]
    [InlineData("landing.mode", "auto", "{ push: false }", "{ push: false, mode: auto }")]
    [InlineData("retries.factor", "2", "retries:\n", "retries: { factor: 2 }\n")]
    [InlineData("max_gates", "4", "retries:\n", "retries:\nmax_gates: 4\n")]
    [InlineData("day_budget.usd", "60", "retries:\n", "retries:\nday_budget:\n  usd: 60\n")]
    public void A_value_is_set_in_its_place_and_comments_and_order_stay(
        string key,
        string value,
        string before,
        string after
    )
    {
        Assert.Contains(before, Written, StringComparison.Ordinal);
        Assert.Equal(Written.Replace(before, after, StringComparison.Ordinal), Set(Written, $"{key}={value}"));
    }

    [Theory]
    [InlineData("", "version: 1\nmax_gates: 4\n")]
    [InlineData("# mine\n", "# mine\nversion: 1\nmax_gates: 4\n")]
    [InlineData("version: 1", "version: 1\nmax_gates: 4\n")]
    [InlineData("{ version: 1 }\n", "{ version: 1, max_gates: 4 }\n")]
    [InlineData("{ limits: { idle: 5m }}", "{ limits: { idle: 5m }, max_gates: 4}")]
    [InlineData("landing: { push: true }\n\n# end", "landing: { push: true }\nmax_gates: 4\n\n# end")]
    [InlineData("{}\n", "{ max_gates: 4 }\n")]
    [InlineData("version: 1\r\nmax_gates: 2 # two\r\n", "version: 1\r\nmax_gates: 4 # two\r\n")]
    [InlineData("max_gates: 2", "max_gates: 4")]
    [InlineData("agents:\n  a:\n    prompt: |\n      Hi.\n", "agents:\n  a:\n    prompt: |\n      Hi.\nmax_gates: 4\n")]
    [InlineData(
        "agents:\n  a:\n    paths:\n    - b # b\n# end\n",
        "agents:\n  a:\n    paths:\n    - b # b\nmax_gates: 4\n# end\n"
    )]
    public void Files_of_every_shape_take_a_new_value(string before, string after) =>
        Assert.Equal(after, Set(before, "max_gates=4"));

    [Fact]
    public void Several_values_are_set_at_once()
    {
        var text = Set("", "max_concurrent=5", "landing.mode=auto", "landing.push=false", "limits.run=30m");
        Assert.Equal(
            "version: 1\nmax_concurrent: 5\nlanding:\n  mode: auto\n  push: false\nlimits:\n  run: 30m\n",
            text
        );
    }

    [Theory]
    [InlineData("max_concurent=5", "1:1", "did you mean \"max_concurrent\"?")]
    [InlineData("run=5m", "1:1", "did you mean \"limits.run\"?")]
    [InlineData("max_concurrent=lots", "1:16", "a whole number from 1 to 1000")]
    [InlineData("max_concurrent=", "1:16", "a whole number from 1 to 1000")]
    [InlineData("max_concurrent", "1:16", "a whole number from 1 to 1000")]
    [InlineData("limits.run=10", "1:12", "did you mean \"10m\"?")]
    [InlineData("limits=5", "1:1", "edit the file for it")]
    [InlineData("agents=x", "1:1", "edit the file for it")]
    [InlineData("agents.<name>.coder=x", "1:1", "not a key of the home's settings")]
    [InlineData("version=2", "1:1", "edit the file for it")]
    [InlineData("gates=x", "1:1", "not a key of the home's settings")]
    [InlineData("max_gates=4\nmax_concurrent: 9", "1:11", "a whole number from 1 to 100")]
    public void A_wrong_request_changes_nothing_and_says_why(string request, string at, string hint)
    {
        var error = Assert.Single(Refused(Written, request));
        Assert.Equal(at, $"{error.Line}:{error.Column}");
        Assert.Contains(hint, error.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_wrong_already_is_not_edited() =>
        Assert.Contains(
            "max_gatez",
            Assert.Single(Refused("max_gatez: 1\n", "max_gates=2")).What,
            StringComparison.Ordinal
        );

    [Fact]
    public void One_wrong_request_among_several_changes_nothing() =>
        Assert.Single(Refused(Written, "max_gates=4", "max_concurrent=0"));

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_file_is_replaced_whole_with_its_mode_and_through_its_link()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-settings-").FullName;
        var (real, link) = (Path.Combine(folder, "dotfiles", "real.yaml"), Path.Combine(folder, "config.yaml"));
        Assert.Null(SettingsWrite.Replace(real, "version: 1\n"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(real));

        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(link, real);
        Assert.Null(SettingsWrite.Replace(link, "max_gates: 1\n"));

        Assert.Equal("max_gates: 1\n", File.ReadAllText(real));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.True(File.GetUnixFileMode(real).HasFlag(UnixFileMode.GroupRead));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(real)!));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_said_and_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-settings-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "config.yaml"));
        Assert.NotNull(SettingsWrite.Replace(Path.Combine(folder, "config.yaml"), "version: 1\n"));
        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder, recursive: true);
    }

    private static string Set(string text, params string[] requests) =>
        SettingsEdit.SetAll(text, requests, "config.yaml") switch
        {
            SettingsEdited.Done done => done.Text,
            SettingsEdited.Refused refused => throw new InvalidOperationException(refused.Errors[0].Render()),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    private static System.Collections.Immutable.ImmutableArray<SettingsError> Refused(
        string text,
        params string[] requests
    ) => Assert.IsType<SettingsEdited.Refused>(SettingsEdit.SetAll(text, requests, "config.yaml")).Errors;
}
