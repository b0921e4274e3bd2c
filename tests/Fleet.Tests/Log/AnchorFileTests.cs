using Fleet.Log;

namespace Fleet.Tests.Log;

public sealed class AnchorFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Path => folder.File("anchors.txt");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void No_file_means_no_anchors() => Assert.Empty(new AnchorFile(Path).Read().Anchors);

    [Fact]
    public void Anchors_are_read_back_in_the_order_they_were_written()
    {
        var file = new AnchorFile(Path);
        file.Append(Head(1), Given.Noon);
        file.Append(Head(7), Given.Noon.AddMinutes(1));

        Assert.Equal(
            [
                new Anchor(1, Head(1).Hash, Given.Noon, Path),
                new Anchor(7, Head(7).Hash, Given.Noon.AddMinutes(1), Path),
            ],
            file.Read().Anchors
        );
    }

    [Fact]
    public void A_torn_last_line_says_nothing_and_the_next_anchor_starts_a_new_line()
    {
        var file = new AnchorFile(Path);
        file.Append(Head(1), Given.Noon);
        File.AppendAllText(Path, $"2 {Head(2).Hash[..20]}");

        Assert.Equal([1L], file.Read().Anchors.Select(anchor => anchor.Seq));
        Assert.Empty(file.Read().Unreadable);

        file.Append(Head(3), Given.Noon);
        Assert.Equal([1L, 3], file.Read().Anchors.Select(anchor => anchor.Seq));
        Assert.Equal([2], file.Read().Unreadable);
    }

    [Fact]
    public void A_line_that_lost_only_its_end_is_torn_as_well()
    {
        var file = new AnchorFile(Path);
        file.Append(Head(12), Given.Noon);
        File.WriteAllText(Path, File.ReadAllText(Path).TrimEnd('\n'));

        Assert.Empty(file.Read().Anchors);
    }

    [Theory]
    [InlineData("-1 {hash} 2026-11-21T12:00:00.000Z")]
    [InlineData("1 short 2026-11-21T12:00:00.000Z")]
    [InlineData("1 {hash} yesterday")]
    [InlineData("1 {hash} 2026-11-21T12:00:00.000Z more")]
    [InlineData("")]
    public void A_line_that_is_no_anchor_is_named_by_its_number(string line)
    {
        var file = new AnchorFile(Path);
        file.Append(Head(1), Given.Noon);
        File.AppendAllText(Path, line.Replace("{hash}", Head(1).Hash, StringComparison.Ordinal) + "\n");
        file.Append(Head(3), Given.Noon);

        Assert.Equal([2], file.Read().Unreadable);
        Assert.Equal([1L, 3], file.Read().Anchors.Select(anchor => anchor.Seq));
    }

    private static Position Head(int seq) => new(seq, Chain.BodyHash($"{seq}"));
}
