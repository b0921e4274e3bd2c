using System.Diagnostics;
using System.Text;
using Fleet.Settings;

namespace Fleet.Tests.Settings;

/// <summary>No file can crash the reader, hold it up or make it grow.</summary>
public sealed class HostileSettingsTests
{
    private static readonly TimeSpan Quick = TimeSpan.FromSeconds(1);

    [Fact]
    public void Billion_laughs_are_refused_where_they_start_in_little_time_and_memory()
    {
        var yaml = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 30; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        var (errors, took, bytes) = Measure(yaml.ToString());
        Assert.Contains(errors, error => error.What.Contains("&a0", StringComparison.Ordinal) && error.Line == 1);
        Assert.True(took < Quick, $"took {took}");
        Assert.True(bytes < 64 << 20, $"allocated {bytes} bytes");
    }

    [Fact]
    public void An_anchor_that_holds_itself_is_refused()
    {
        var (errors, _, _) = Measure("agents: &a [*a]\n");
        Assert.Contains(errors, error => error.What.Contains("*a", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("{a: ")]
    [InlineData("[[],")]
    [InlineData("a: &a ")]
    [InlineData("!a ")]
    [InlineData("'")]
    [InlineData("\"\\")]
    [InlineData("a\n")]
    [InlineData("a: b\n")]
    [InlineData("- a\n")]
    [InlineData("a, ")]
    [InlineData("%")]
    [InlineData("# c\n")]
    [InlineData("| ")]
    [InlineData("\t")]
    [InlineData("\n ")]
    [InlineData("--- a\n")]
    [InlineData("...\n")]
    [InlineData("x")]
    [InlineData("*a ")]
    [InlineData("<<: ")]
    public void A_megabyte_of_one_pattern_is_answered_quickly(string pattern)
    {
        var repeats = SettingsSource.MaxBytes / pattern.Length;
        var (_, took, bytes) = Measure(string.Concat(Enumerable.Repeat(pattern, repeats)));
        Assert.True(took < Quick * 2, $"took {took}");
        Assert.True(bytes < 200 << 20, $"allocated {bytes} bytes");
    }

    [Fact]
    public void Deep_indentation_is_refused()
    {
        var yaml = string.Concat(Enumerable.Range(0, 1_000).Select(depth => new string(' ', depth) + "a:\n"));
        var (errors, took, _) = Measure(yaml);
        Assert.Contains(errors, error => error.Why.Contains("nested too deeply", StringComparison.Ordinal));
        Assert.True(took < Quick, $"took {took}");
    }

    [Fact]
    public void A_hundred_mistakes_are_enough()
    {
        var (errors, _, _) = Measure(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"key{i}: 1\n")));
        Assert.Equal(100, errors.Length);
    }

    [Fact]
    public void A_file_of_100_MB_is_refused_before_it_is_read()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("fleet-settings-").FullName, "config.yaml");
        using (var file = File.Create(path))
        {
            file.SetLength(100 << 20);
        }

        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = SettingsFile.ReadFile(path, SettingsKind.Home);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        var error = Assert.Single(Assert.IsType<SettingsReading.Wrong>(reading).Errors);
        Assert.Equal("the file has 100MiB", error.What);
        Assert.True(watch.Elapsed < Quick, $"took {watch.Elapsed}");
        Assert.True(bytes < 1 << 20, $"allocated {bytes} bytes");
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("directory")]
    [InlineData("device")]
    [InlineData("endless device")]
    public async Task What_is_no_regular_file_is_refused_at_once(string what)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-settings-").FullName;
        var path = Path.Combine(folder, "config.yaml");
        Plant(what, path);

        var reading = await Task.Run(() => SettingsFile.ReadFile(path, SettingsKind.Home), Test)
            .WaitAsync(Quick * 5, Test);
        Directory.Delete(folder, recursive: true);

        var error = Assert.Single(Assert.IsType<SettingsReading.Wrong>(reading).Errors);
        Assert.Equal(("this is no regular file", path), (error.What, error.File));
    }

    [Fact]
    public void A_link_to_a_regular_file_is_read_through()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-settings-").FullName;
        var (real, link) = (Path.Combine(folder, "real.yaml"), Path.Combine(folder, "config.yaml"));
        File.WriteAllText(real, "max_gates: 7\n");
        File.CreateSymbolicLink(link, real);
        var reading = SettingsFile.ReadFile(link, SettingsKind.Home);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(7, Assert.IsType<SettingsReading.Home>(reading).Settings.MaxGates);
    }

    [Fact]
    public void A_file_that_is_not_there_says_nothing() =>
        Assert.IsType<SettingsReading.Home>(SettingsFile.ReadFile("/nowhere/config.yaml", SettingsKind.Home));

    [Fact]
    public void Thousands_of_damaged_files_are_each_answered()
    {
        var random = new Random(20_261);
        const string Good =
            "version: 1\nmax_concurrent: 4\nlimits: { run: 5m, idle: 1h30m }\nagents:\n  a:\n"
            + "    paths: [\"src/**\", 'b']\n    prompt: |\n      Do this.\n      And that.\nlanding:\n  mode: auto\n";
        const string Pieces = ":-?[]{},#&*!|>'\"%@`<= \t\n\\~abc019\u0000\u0085\u2028é🚀";
        for (var round = 0; round < 3_000; round++)
        {
            var text = new StringBuilder(Good);
            for (var cut = random.Next(1, 6); cut > 0; cut--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 20))),
                    1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                    _ => text.Insert(at, Good[random.Next(Good.Length)..]),
                };
            }

            var reading = SettingsFile.Read(text.ToString(), SettingsKind.Home, "config.yaml");
            Assert.True(reading is not SettingsReading.Wrong wrong || wrong.Render().Length > 0);
        }
    }

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    private static void Plant(string what, string path)
    {
        switch (what)
        {
            case "pipe":
                using (var pipe = Process.Start("mkfifo", [path]))
                {
                    pipe.WaitForExit();
                }

                break;
            case "directory":
                Directory.CreateDirectory(path);
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/null");
                break;
            default:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
        }
    }

    private static (SettingsError[] Errors, TimeSpan Took, long Bytes) Measure(string yaml)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = SettingsFile.Read(yaml, SettingsKind.Home, "config.yaml");
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return (reading is SettingsReading.Wrong wrong ? [.. wrong.Errors] : [], watch.Elapsed, bytes);
    }
}
