using Fleet.Settings;

namespace Fleet.Tests.Settings;

/// <summary>Every mistake is found at its place, with a hint that helps.</summary>
public sealed class BrokenSettingsTests
{
    [Theory]
    // Keys.
    [InlineData("max_concurent: 5", "1:1", "did you mean \"max_concurrent\"?")]
    [InlineData("maxConcurrent: 5", "1:1", "did you mean \"max_concurrent\"?")]
    [InlineData("version: 1\nlimits:\n  idel: 5m", "3:3", "did you mean \"idle\"?")]
    [InlineData("limits: { run: 5m, otput: 1GiB }", "1:20", "did you mean \"output\"?")]
    [InlineData("grace: 5s", "1:1", "did you mean \"limits.grace\"?")]
    [InlineData("colour: red", "1:1", "known here: version, max_concurrent")]
    [InlineData("max_gates: 1\nmax_gates: 2", "2:1", "first set in line 1")]
    [InlineData("landing: { mode: auto, mode: approve }", "1:24", "\"mode\" is set twice")]
    [InlineData("gates:\n  - { name: a, run: b }", "1:1", "belongs to one repository")]
    [InlineData("trunk: main", "1:1", "belongs to one repository")]
    [InlineData("? [a, b]\n: 1", "1:3", "keys are words")]
    // Numbers.
    [InlineData("max_concurrent: three", "1:17", "a whole number from 1 to 1000")]
    [InlineData("max_concurrent: 0", "1:17", "a whole number from 1 to 1000")]
    [InlineData("max_concurrent: -1", "1:17", "a whole number from 1 to 1000")]
    [InlineData("max_concurrent: 99999999999999999999", "1:17", "a whole number from 1 to 1000")]
    [InlineData("max_concurrent: 2.5", "1:17", "a whole number")]
    [InlineData("max_concurrent: 0x10", "1:17", "a whole number")]
    [InlineData("max_concurrent: \"5\"", "1:17", "did you mean \"5\"?")]
    [InlineData("max_concurrent: [5]", "1:17", "cannot be a list")]
    [InlineData("max_concurrent:", "1:1", "max_concurrent has no value")]
    [InlineData("max_concurrent: ~", "1:1", "max_concurrent has no value")]
    // Times, sizes, money, words.
    [InlineData("gate_timeout: 10", "1:15", "did you mean \"10m\"?")]
    [InlineData("gate_timeout: 10 minutes", "1:15", "did you mean \"10m\"?")]
    [InlineData("gate_timeout: 30m1h", "1:15", "such as 10m, 5s or 1h30m")]
    [InlineData("gate_timeout: 0s", "1:15", "a time from 1s to 1d")]
    [InlineData("gate_timeout: 999999999999999d", "1:15", "a time from 1s to 1d")]
    [InlineData("gate_timeout: 999999999d", "1:15", "a time from 1s to 1d")]
    [InlineData("limits: { output: 999999999TiB }", "1:19", "a size from 1KiB")]
    [InlineData("agents:\n  a: { paths: [*b] }", "2:16", "the alias *b")]
    [InlineData("limits:\n  run: soon", "2:8", "such as 10m")]
    [InlineData("limits:\n  output: 4 gb", "2:11", "did you mean \"4GB\"?")]
    [InlineData("limits:\n  output: 4", "2:11", "did you mean \"4MiB\"?")]
    [InlineData("day_budget: { usd: $60 }", "1:20", "did you mean \"60\"?")]
    [InlineData("day_budget: 60", "1:13", "a map of keys")]
    [InlineData("landing:\n  mode: aprove", "2:9", "did you mean \"approve\"?")]
    [InlineData("landing:\n  push: yes", "2:9", "did you mean \"true\"?")]
    [InlineData("landing: auto", "1:10", "landing is a map of keys")]
    // Lists.
    [InlineData("agents: { a: claude }", "1:14", "holds something that is not a map")]
    [InlineData("agents:\n  - name: a", "2:3", "agents cannot be a list")]
    [InlineData("agents: backend", "1:9", "such as { backend: { coder: claude } }")]
    [InlineData("agents:\n  a: { coder: x }\n  a: { coder: y }", "3:3", "first set in line 2")]
    [InlineData("agents:\n  a: { name: b }", "2:8", "known here: coder, model, purpose")]
    [InlineData("agents:\n  a: { purpose: reviw }", "2:17", "did you mean \"review\"?")]
    [InlineData("agents:\n  a: { paths: [../b] }", "2:16", "without '..'")]
    [InlineData("agents:\n  a:\n    budget: { usd: 4, minuts: 5 }", "3:23", "did you mean \"minutes\"?")]
    [InlineData("agents:\n  a: { permissions: { ask: [git rebase] } }", "2:29", "a tool's name, or \"shell: COMMAND\"")]
    [InlineData("agents:\n  a: { permissions: { deny: [shell: rm] } }", "2:30", "cannot hold a list or a map")]
    [InlineData("agents:\n  a: { permissions: { aks: [Bash] } }", "2:23", "did you mean \"ask\"?")]
    [InlineData("agents:\n  a b: { coder: x }", "2:3", "a name of at most 64")]
    [InlineData("agents:\n  <name>: { coder: x }", "2:3", "a name of at most 64")]
    [InlineData("coders:\n  a: { command: [x] }\n  a: { command: [y] }", "3:3", "first set in line 2")]
    [InlineData("coders: { a: { command: mycli --fast } }", "1:25", "a list of a program and its arguments")]
    [InlineData("coders: { a: { command: [mycli, {model}] } }", "1:33", "such as [mycli, --model, \"{model}\"]")]
    [InlineData("coders: { a: { command: [] } }", "1:25", "command names no program")]
    [InlineData("coders: { a: { command: [\"\", x] } }", "1:26", "command names no program")]
    [InlineData("coders: { a: { command: [x, \"\\0\"] } }", "1:29", "such as [mycli, --model")]
    [InlineData("coders: { a: { command: } }", "1:16", "command has no value")]
    [InlineData("coders: { a: }", "1:11", "this entry of coders has no command")]
    [InlineData("coders: { a: { run: x, command: [x] } }", "1:16", "known here: command")]
    [InlineData("coders: { a: { command: [x, \"{modle}\"] } }", "1:29", "did you mean \"{model}\"?")]
    [InlineData("coders: { a: { command: [x], prompt: stdn } }", "1:38", "did you mean \"stdin\"?")]
    [InlineData("coders: { a: { command: [x], output: json } }", "1:38", "one of lines, claude-stream-json")]
    [InlineData("coders: { a: { command: [x], output: codex_json } }", "1:38", "did you mean \"codex-json\"?")]
    [InlineData("coders: { a: { command: [x], outptu: acp } }", "1:30", "did you mean \"output\"?")]
    [InlineData("coders: { a: { command: [x], context: 128k } }", "1:39", "a whole number from 1000")]
    [InlineData("coders: { a: { command: [x], env: [A=b] } }", "1:35", "a map from names of variables to texts")]
    [InlineData("coders: { a: { command: [x], env: A=b } }", "1:35", "a map from names of variables to texts")]
    [InlineData("coders: { a: { command: [x], env: { 1A: b } } }", "1:37", "begins with no digit")]
    [InlineData("coders: { a: { command: [x], env: { A: [b] } } }", "1:40", "env has no text for A")]
    [InlineData("coders: { a: { command: [x], env: { A: } } }", "1:37", "env has no text for A")]
    [InlineData("coders: { a: { command: [x], limits: [{}] } }", "1:39", "cannot hold a list or a map")]
    [InlineData("accounts: { work: }", "1:13", "this entry of accounts has no coder")]
    [InlineData("accounts: { work: { coder: claude, confg_dir: /a } }", "1:36", "did you mean \"config_dir\"?")]
    [InlineData("accounts: { work: { coder: claude, key_file: keys/a } }", "1:46", "begins with / or ~/")]
    [InlineData("accounts: { work: { coder: claude, env: [token] } }", "1:42", "name of a variable in capitals")]
    [InlineData("pools: { claude: { choose: first } }", "1:28", "one of order, quota, round_robin")]
    [InlineData("pools: { claude: { failover: yes } }", "1:30", "did you mean \"true\"?")]
    [InlineData("limits.run: 5m", "1:1", "unknown key \"limits.run\"")]
    // Version.
    [InlineData("version: 2\nanything: else", "1:10", "made for a newer Fleet")]
    [InlineData("max_gates: 1\nversion: 1", "2:1", "version is not the first key")]
    [InlineData("version: 99999999999999999999", "1:10", "made for a newer Fleet")]
    [InlineData("version: 0", "1:10", "a whole number from 1")]
    [InlineData("version: one", "1:10", "a whole number from 1")]
    // YAML itself.
    [InlineData("- a\n- b", "1:1", "not a map of keys")]
    [InlineData("just words", "1:1", "not a map of keys")]
    [InlineData("limits:\n\trun: 5m", "2:1", "a tab indents this line")]
    [InlineData("limits: { run: 5m", "1:18", "this is not YAML")]
    [InlineData("max_gates: \"1", "1:12", "this is not YAML")]
    [InlineData("limits:\n  run: 5m\n idle: 5m", "3:2", "this is not YAML")]
    [InlineData("a: b: c", "1:5", "this is not YAML")]
    [InlineData("max_gates: &two 2", "1:12", "the anchor &two is not used")]
    [InlineData("max_gates: *two", "1:12", "the alias *two is not used")]
    [InlineData("limits:\n  <<: { run: 5m }", "2:3", "merge keys are not used")]
    [InlineData("max_gates: !!int 2", "1:12", "tags are not used")]
    [InlineData("max_gates: 2\n---\nmax_gates: 3", "2:1", "a second document")]
    [InlineData("max_gates: 2\u0000", "1:13", "the character U+0000")]
    [InlineData("max_gates: 2 # \u001b[31m", "1:16", "the character U+001B")]
    [InlineData("max_gates: 2 # \u2028", "1:16", "the character U+2028")]
    public void A_mistake_in_the_homes_settings_is_named_with_its_place_and_a_hint(string yaml, string at, string hint)
    {
        var error = Assert.Single(Wrong(yaml, SettingsKind.Home));
        Assert.Contains(hint, error.Render(), StringComparison.Ordinal);
        Assert.Equal(at, $"{error.Line}:{error.Column}");
    }

    [Theory]
    [InlineData("max_concurrent: 5", "1:1", "try:  fleet config set max_concurrent=")]
    [InlineData("daemon: { log: 1MiB }", "1:1", "it is fleet-wide")]
    [InlineData("day_budget: { usd: 5 }", "1:1", "it is fleet-wide")]
    [InlineData("accounts: { a: { coder: claude } }", "1:1", "it is fleet-wide")]
    [InlineData("gate_timeout: 5m", "1:1", "it is fleet-wide")]
    [InlineData("gates: ./test.sh", "1:8", "{ name: tests, run: ./test.sh }")]
    [InlineData("gates:\n  - name: tests", "2:5", "this entry of gates has no run")]
    [InlineData("gates:\n  - {}", "2:5", "has no name")]
    [InlineData("gates:\n  - { name: a, run: b }\n  - { name: a, run: c }", "3:13", "two entries named \"a\"")]
    [InlineData("gates:\n  - { name: a, run: b, timeot: 5m }", "2:24", "did you mean \"timeout\"?")]
    [InlineData("gates:\n  - { name: a, run: [b] }", "2:21", "run cannot be a list")]
    [InlineData("gates:\n  - { name: a, run: \"\" }", "2:21", "run is a command line")]
    [InlineData("gate:\n  - { name: a, run: b }", "1:1", "did you mean \"gates\"?")]
    [InlineData("setup:\n  - [npm, ci]", "2:5", "cannot hold a list")]
    [InlineData("worktrees: { carry: [/etc/passwd] }", "1:22", "a path inside the repository")]
    [InlineData("worktrees: { carry: [a/../../b] }", "1:22", "without '..'")]
    [InlineData("worktrees: { kind: copy }", "1:20", "one of clone, linked")]
    [InlineData("worktrees: { pause_file: a/b }", "1:26", "without '/'")]
    [InlineData("worktrees: { root: here }", "1:20", "begins with / or ~/")]
    [InlineData("trunk: -x", "1:8", "the name of a branch")]
    [InlineData("trunk: a..b", "1:8", "the name of a branch")]
    [InlineData("hooks:\n  - { run: x }", "1:1", "unknown key \"hooks\"")]
    [InlineData("setup: \"a\\0b\"", "1:8", "each a command line")]
    public void A_mistake_in_a_repositorys_settings_is_named_with_its_place_and_a_hint(
        string yaml,
        string at,
        string hint
    )
    {
        var error = Wrong(yaml, SettingsKind.Repository)[0];
        Assert.Contains(hint, error.Render(), StringComparison.Ordinal);
        Assert.Equal(at, $"{error.Line}:{error.Column}");
    }

    [Fact]
    public void Every_mistake_of_a_file_is_named_at_once_and_in_order()
    {
        const string Yaml = """
            version: 1
            max_concurent: 5
            landing: { mode: aproove, push: maybe }
            agents:
              a: { model: }
              a: { model: b }
            """;
        var places = Wrong(Yaml, SettingsKind.Home).Select(error => $"{error.Line}:{error.Column}");
        Assert.Equal(["2:1", "3:18", "3:33", "5:8", "6:3"], places);
    }

    [Fact]
    public void An_error_has_four_parts_and_a_caret_under_the_mistake()
    {
        var error = Assert.Single(Wrong("version: 1\nlanding:\n  mode: aproove # later\n", SettingsKind.Home));
        const string Expected = """
            error  mode cannot be "aproove"
              config.yaml:3:9
                3 |   mode: aproove # later
                  |         ^^^^^^^ mode is one of approve, auto
              did you mean "approve"?
              try:  fleet config show

            """;
        Assert.Equal(Expected, error.Render());
    }

    [Theory]
    [InlineData("\uFEFFversion: 1\r\nmax_gate: 2\r\n", "2:1")]
    [InlineData("version: 1\rmax_gate: 2\r", "2:1")]
    [InlineData("# ✓ ünï 🚀\nmax_gate: 2\n", "2:1")]
    public void Byte_order_marks_line_ends_and_wide_characters_do_not_move_the_place(string yaml, string at)
    {
        var error = Assert.Single(Wrong(yaml, SettingsKind.Home));
        Assert.Equal(at, $"{error.Line}:{error.Column}");
    }

    [Fact]
    public void A_very_long_line_is_cut_around_the_mistake()
    {
        var error = Assert.Single(Wrong($"max_gates: 2 {new string('x', 5_000)}", SettingsKind.Home));
        Assert.All(error.Render().Split('\n'), line => Assert.True(line.Length < 220, line));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_named_with_their_place()
    {
        byte[] bytes = [.. "version: 1\nmax_gates: "u8, 0xC3, 0x28];
        var wrong = Assert.IsType<SettingsReading.Wrong>(SettingsFile.Read(bytes, SettingsKind.Home, "config.yaml"));
        var error = Assert.Single(wrong.Errors);
        Assert.Equal((2, 12), (error.Line, error.Column));
        Assert.Contains("not UTF-8", error.What, StringComparison.Ordinal);
    }

    private static System.Collections.Immutable.ImmutableArray<SettingsError> Wrong(string yaml, SettingsKind kind) =>
        Assert.IsType<SettingsReading.Wrong>(SettingsFile.Read(yaml, kind, "config.yaml")).Errors;
}
