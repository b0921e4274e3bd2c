using System.Text;
using Fleet.Processes;

namespace Fleet.Tests.Processes;

/// <summary>Alone, because one of them looks at the memory of the whole process.</summary>
[CollectionDefinition(DisableParallelization = true)]
[Collection(typeof(OutputTests))]
public sealed class OutputTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Lines_come_whole_however_they_were_written()
    {
        using var reader = new OutputReader(_path);

        Append("one\ntw");
        Assert.Equal(["one"], Texts(reader));
        Append("o\n\nhalf");
        Assert.Equal(["two", ""], Texts(reader));

        Assert.Equal("half", Encoding.UTF8.GetString(reader.Finish()!.Bytes));
        Assert.Null(reader.Finish());
    }

    [Fact]
    public void A_reader_that_starts_where_another_stood_loses_and_doubles_nothing()
    {
        Append("one\ntwo\nhal");
        long stood;
        using (var first = new OutputReader(_path))
        {
            Assert.Equal(["one", "two"], Texts(first));
            stood = first.Offset;
        }

        Append("f\nlast\n");
        using var second = new OutputReader(_path, stood);

        Assert.Equal(["half", "last"], Texts(second));
    }

    [Fact]
    public void Any_bytes_pass_unchanged()
    {
        byte[] strange = [0, 255, 254, 13, 0xc3, 0x28, 27, 91];
        File.WriteAllBytes(_path, [.. strange, (byte)'\n']);
        using var reader = new OutputReader(_path);

        Assert.Equal(strange, Assert.Single(All(reader)).Bytes);
    }

    [Fact]
    public void A_giant_line_is_cut_and_the_next_one_is_whole()
    {
        Append(new string('x', 1_000_000) + "\nnext\n");
        using var reader = new OutputReader(_path, 0, longestLine: 1000);

        var lines = All(reader);

        Assert.Equal((1000, 1_000_000L, true), (lines[0].Bytes.Length, lines[0].Length, lines[0].WasCut));
        Assert.Equal("next", Encoding.UTF8.GetString(lines[1].Bytes));
    }

    [Fact]
    public async Task A_flood_is_read_exactly_and_in_bounded_memory()
    {
        const long Flood = 100_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var home = await KeeperHome.Open();
        _ = await home.Start("a", $"yes 0123456789abcdef0123456789abcdef0123456789abcdef | head -c {Flood}");
        _ = await home.Ended("a");
        var output = Path.Combine(home.DirectoryOf("a"), "output");
        using var reader = new OutputReader(output);
        var lines = new List<OutputLine>();
        var counted = 0L;

        while (reader.Read(lines))
        {
            lines.ForEach(line => counted += line.Length + 1);
            lines.Clear();
        }

        var half = reader.Finish()?.Length ?? 0;
        Assert.Equal(Flood, counted + half);
        Assert.Equal(Flood, OutputWatch.Look(output).Bytes);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
    }

    [Fact]
    public void A_run_that_has_written_nothing_has_no_last_output()
    {
        Assert.Equal(new OutputSeen(0, null), OutputWatch.Look(_path, _path + ".missing"));

        Append("x");

        var seen = OutputWatch.Look(_path, _path + ".missing");
        Assert.Equal(1, seen.Bytes);
        Assert.Equal(new DateTimeOffset(File.GetLastWriteTimeUtc(_path)), seen.Last);
    }

    private void Append(string text) => File.AppendAllText(_path, text);

    private static List<string> Texts(OutputReader reader) =>
        All(reader).ConvertAll(line => Encoding.UTF8.GetString(line.Bytes));

    private static List<OutputLine> All(OutputReader reader)
    {
        var lines = new List<OutputLine>();
        while (reader.Read(lines)) { }
        return lines;
    }
}
