using Fleet.ModelStub.Faults;

namespace Fleet.Tests.ModelStub;

/// <summary>What goes wrong, and how often.</summary>
public sealed class FaultTests
{
    [Fact]
    public void A_fault_says_how_often_from_where_and_until_when() =>
        Assert.Equal([new Fault(FaultKind.UsageLimit, 1, 2, 30)], Fault.ParseAll("limitx1@2~30"));

    [Theory]
    [InlineData("429ra", FaultKind.RateLimitedWithRetryAfter)]
    [InlineData("ctx", FaultKind.ContextTooLong)]
    [InlineData("500", FaultKind.ServerError)]
    internal void A_fault_without_more_is_for_every_request(string text, FaultKind kind) =>
        Assert.Equal([new Fault(kind)], Fault.ParseAll(text));

    [Theory]
    [InlineData("418")]
    [InlineData("ok+429")]
    [InlineData("429x")]
    [InlineData("")]
    public void What_names_no_fault_is_none(string text) => Assert.Null(Fault.ParseAll(text));

    [Fact]
    public void All_is_well_where_nothing_goes_wrong() => Assert.Empty(Fault.ParseAll("ok")!.Value);

    [Fact]
    public void Faults_happen_so_often_and_then_no_more()
    {
        var plan = new FaultPlan(Fault.ParseAll("429x2+dropx1@1")!.Value);
        Assert.Equal(["429", "429", null], Taken(plan, step: 0));
        Assert.Equal(["drop", null, null], Taken(plan, step: 1));
    }

    private static IEnumerable<string?> Taken(FaultPlan plan, int step) =>
        Enumerable.Range(0, 3).Select(_ => plan.Take(step)?.Name);
}
