namespace Fleet.Tests.Tidy;

public sealed class TestNameTests
{
    [Fact]
    public void Every_test_has_a_sentence_for_a_name() =>
        House.Accepts(SourceTree.CSharp.Where(file => file.IsUnder("tests")).SelectMany(TestNameRule.Check));

    [Theory]
    [InlineData("[Fact]\npublic void LandsWell() { }")]
    [InlineData("[Theory]\n[InlineData(\"a(\")]\npublic async Task<int> LandsWell(string a) { }")]
    [InlineData("[Fact(Timeout = 5)]\npublic async Task LandsWell() { }")]
    public void A_test_without_a_sentence_is_found(string text)
    {
        var complaint = Assert.Single(TestNameRule.Check(new("tests/a.cs", text)));

        Assert.Equal(
            "LandsWell is no sentence: say what holds, as in A_stale_runs_proposal_is_ignored",
            complaint.What
        );
    }

    [Fact]
    public void Functions_that_are_no_tests_are_free() =>
        House.Accepts(
            TestNameRule.Check(new("tests/a.cs", "[Fact]\npublic void It_lands_well() { }\n\npublic void Land() { }"))
        );
}
