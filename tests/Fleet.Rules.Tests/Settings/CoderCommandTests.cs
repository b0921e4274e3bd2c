using Fleet.Rules.Settings;

namespace Fleet.Rules.Tests.Settings;

public sealed class CoderCommandTests
{
    private static string[] Fill(string[] command, params (string Word, string Value)[] values) =>
        [
            .. CoderCommand.Fill(
                [.. command],
                word => values.Where(one => one.Word == word).Select(one => one.Value).FirstOrDefault()
            ),
        ];

    [Fact]
    public void Words_in_braces_are_filled_in_wherever_they_stand() =>
        Assert.Equal(
            ["mycli", "--model=m", "p and p", "{other}"],
            Fill(["mycli", "--model={model}", "{prompt} and {prompt}", "{other}"], ("model", "m"), ("prompt", "p"))
        );

    [Fact]
    public void What_was_filled_in_is_not_filled_in_again() =>
        Assert.Equal(["x", "{model} {file}"], Fill(["x", "{prompt}"], ("prompt", "{model} {file}"), ("model", "m")));

    [Theory]
    [InlineData("mycli --model {model} run", "mycli run")]
    [InlineData("mycli --model={model} run", "mycli run")]
    [InlineData("mycli run {model}", "mycli run")]
    [InlineData("mycli -v --resume={session} -m {model}", "mycli -v")]
    [InlineData("--odd {model}", "--odd")]
    [InlineData("mycli -a {model} {session} b", "mycli b")]
    public void An_argument_without_a_value_is_left_out_with_its_option(string command, string left) =>
        Assert.Equal(left.Split(' '), Fill(command.Split(' ')));
}
