namespace Fleet.Tests.Tidy;

public sealed class CapabilityTests
{
    private static readonly SourceFile Backoff = new(
        "src/Fleet.Rules/Scheduling/Backoff.cs",
        "namespace Fleet.Rules.Scheduling;\npublic static class Backoff { }\npublic sealed record Slots(int Free);"
    );

    [Fact]
    public void Capabilities_meet_only_in_decide_evolve_and_next() =>
        House.Accepts(CapabilityRule.Check(SourceTree.Files));

    [Theory]
    [InlineData("var wait = Backoff.After(1);")]
    [InlineData("var wait = Scheduling.Backoff.After(1);")]
    [InlineData("using static Fleet.Rules.Scheduling.Backoff;")]
    public void A_capability_that_calls_anothers_rules_is_found(string text) =>
        House.Complains(
            CapabilityRule.Check([Backoff, new("src/Fleet.Rules/Runs/Stalls.cs", "\n" + text)]),
            "src/Fleet.Rules/Runs/Stalls.cs:2: Runs calls Backoff of Scheduling;"
                + " let Decide, Evolve or Next bring them together"
        );

    [Theory]
    [InlineData("src/Fleet.Rules/Runs/Stalls.cs", "Slots slots = new Slots(3); // Backoff.After")]
    [InlineData("src/Fleet.Rules/Scheduling/Scheduler.cs", "Backoff.After(1);")]
    [InlineData("src/Fleet.Rules/Next.cs", "Backoff.After(1);")]
    [InlineData("src/Fleet.Rules/Views/Story.cs", "Backoff.After(1);")]
    public void Data_views_and_the_three_functions_are_free(string path, string text) =>
        House.Accepts(CapabilityRule.Check([Backoff, new(path, text)]));
}
