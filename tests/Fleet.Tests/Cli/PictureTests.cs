using System.Text;
using Fleet.Cli.Output;

namespace Fleet.Tests.Cli;

public sealed class PictureTests
{
    [Fact]
    public void The_next_picture_takes_the_place_of_the_last()
    {
        var drawn = Draw(24, "one\ntwo\n", "three\n");

        Assert.Equal("one\u001b[K\ntwo\u001b[K\n\u001b[J" + "\u001b[2A\rthree\u001b[K\n\u001b[J", drawn);
    }

    [Fact]
    public void A_picture_is_never_higher_than_the_screen() =>
        Assert.Equal(9, Draw(10, string.Concat(Enumerable.Repeat("line\n", 50))).Count(letter => letter == '\n'));

    [Theory]
    [InlineData("  a  ", "one two three", 12, "  a  one two\n     three\n")]
    [InlineData("", "one two", 80, "one two\n")]
    [InlineData("  ", "averyverylongword two", 10, "  averyverylongword\n  two\n")]
    [InlineData("x  ", "", 10, "x  \n")]
    public void A_paragraph_stays_in_its_columns(string label, string text, int columns, string shown) =>
        Assert.Equal(shown, Paragraph.Of(label, text, columns));

    private static string Draw(int height, params string[] texts)
    {
        using var output = new MemoryStream();
        var terminal = new Terminal(TextReader.Null, output, TextWriter.Null, true, true, false) { Height = height };
        var picture = new Picture(terminal);
        foreach (var text in texts)
        {
            picture.Show(text);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
