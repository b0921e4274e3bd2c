using Fleet.Cli.Output;

namespace Fleet.Tests.Cli;

public sealed class PlainTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31mb\u001b[0mc", "abc")]
    [InlineData("a\u001b]0;title\u0007b", "ab")]
    [InlineData("a\u001b]8;;x:y\u001b\\b", "ab")]
    [InlineData("a\u009b31mb", "ab")]
    [InlineData("a\u001bcb", "ab")]
    [InlineData("a\u001b", "a")]
    [InlineData("a\nb\tc\rd", "a b c d")]
    [InlineData("a\u202eb\u200bc", "abc")]
    [InlineData("a\0b\u0008c", "abc")]
    [InlineData("🦊", "🦊")]
    public void Nothing_in_a_line_moves_the_cursor_or_hides(string text, string shown) =>
        Assert.Equal(shown, Plain.Line(text));

    [Fact]
    public void Half_a_character_becomes_the_mark_for_what_cannot_be_shown() =>
        Assert.Equal("a\ufffdb", Plain.Line("a\ud83eb"));

    [Fact]
    public void An_escape_that_never_ends_leaves_no_escape_behind() =>
        Assert.DoesNotContain('\u001b', Plain.Line("a\u001b]" + new string('x', 10_000)));

    [Theory]
    [InlineData("12345678", 8, "12345678")]
    [InlineData("123456789", 8, "1234567…")]
    [InlineData("狐狐狐狐狐", 8, "狐狐狐…")]
    public void A_text_is_cut_to_its_columns(string text, int columns, string shown) =>
        Assert.Equal(shown, Plain.Cut(text, columns));

    [Fact]
    public void Columns_without_a_value_are_left_out()
    {
        var terminal = new Terminal(TextReader.Null, Stream.Null, TextWriter.Null, false, false, false);
        var table = new Table("A", "EMPTY", "B");
        table.Add("1", "", "one");

        Assert.Equal("A  B\n1  one\n", table.Render(terminal));
    }
}
