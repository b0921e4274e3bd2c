namespace Fleet.Tests.Tidy;

public sealed class CodeOnlyTests
{
    [Theory]
    [InlineData("a // b { \nc", "a c")]
    [InlineData("a /* { */ b", "a b")]
    [InlineData("x = \"{ \\\" }\" + y", "x = + y")]
    [InlineData("x = @\"{ \"\" }\" + y", "x = + y")]
    [InlineData("x = \"\" + '{' + '\\'' + y", "x = + + + y")]
    [InlineData("x = $\"{{ {a.B(\"}\")} }}\" + y", "x = a.B( ) + y")]
    [InlineData("x = $\"{a switch { 1 => 2 }:N2}\" + y", "x = a switch { 1 => 2 }:N2 + y")]
    [InlineData("x = \"\"\"{ \"\" }\"\"\" + y", "x = + y")]
    [InlineData("x = $$\"\"\"{ {{a}} }\"\"\" + y", "x = a + y")]
    [InlineData("@class.Name", "@class.Name")]
    public void Only_code_is_left_of_a_text(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', CodeOnly.Of(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        );

    [Fact]
    public void Every_line_keeps_its_place() => Assert.Equal("a  \n    \n  b", CodeOnly.Of("a/*\n****\n*/b"));
}
