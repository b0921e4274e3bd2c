namespace Fleet.Tests.Tidy;

public sealed class SizeTests
{
    [Fact]
    public void Every_file_fits_in_the_head_and_every_line_on_the_screen() =>
        House.Accepts(SourceTree.Files.Where(IsProgram).SelectMany(FileSizeRule.Check));

    [Fact]
    public void Every_function_fits_on_the_screen() =>
        House.Accepts(SourceTree.CSharp.SelectMany(FunctionSizeRule.Check));

    [Fact]
    public void A_file_that_grew_too_long_is_named() =>
        House.Complains(
            FileSizeRule.Check(new("src/Fleet/Git/Hubs.cs", Repeat("x", 401))),
            "src/Fleet/Git/Hubs.cs:401: 401 lines, 400 are allowed: split it by idea"
        );

    [Fact]
    public void A_line_that_leaves_the_screen_is_named() =>
        House.Complains(
            FileSizeRule.Check(new("a.cs", "x\n" + new string('y', 121))),
            "a.cs:2: 121 columns, 120 are allowed"
        );

    [Fact]
    public void A_file_and_a_line_at_their_limits_are_accepted() =>
        House.Accepts(FileSizeRule.Check(new("a.cs", Repeat(new string('y', 120), 400))));

    [Theory]
    [InlineData("void Walk(int steps = 1)\n{{\n{0}}}", "Walk has 61 lines")]
    [InlineData("[Fact]\nTree<T> Walk<T>() where T : class\n{{\n{0}}}", "Walk has 61 lines")]
    [InlineData("Oak(int rings) : base(rings)\n{{\n{0}}}", "Oak has 61 lines")]
    [InlineData("bool operator ==(Oak a, Oak b)\n{{\n{0}}}", "operator has 61 lines")]
    [InlineData("int Rings =>\nleaf switch\n{{\n{0}}};", "Rings has 62 lines")]
    [InlineData("int Rings\n{{\nget\n{{\n{0}}}\n}}", "Rings has 64 lines")]
    public void A_function_that_leaves_the_screen_is_named(string member, string expected)
    {
        var text = string.Format(member, Repeat("x();", 58) + "\n");

        var complaint = Assert.Single(
            FunctionSizeRule.Check(new("Oak.cs", $"class Oak<T> : Tree where T : class\n{{\n{text}\n}}\n"))
        );

        Assert.Equal($"{expected}, 60 are allowed: name its steps", complaint.What);
    }

    [Fact]
    public void Two_short_functions_are_not_taken_for_a_long_one()
    {
        var half = $"void Half()\n{{\n{Repeat("if (a) { b(\"}\"); }", 40)}\n}}\n";

        House.Accepts(FunctionSizeRule.Check(new("a.cs", $"[Trait(a, b)]\nclass A\n{{\n{half}{half}}}\n")));
    }

    private static bool IsProgram(SourceFile file) =>
        file.IsCSharp
        || file.Path is "fleet" or "check" or ".ci/run"
        || file.Path.EndsWith(".sh", StringComparison.Ordinal);

    private static string Repeat(string line, int times) => string.Join('\n', Enumerable.Repeat(line, times));
}
