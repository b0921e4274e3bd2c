namespace Fleet.Tests.Tidy;

public sealed class RulesProjectTests
{
    [Fact]
    public void The_rules_reference_no_package_but_analyzers() =>
        House.Accepts(
            SourceTree
                .Files.Where(file => file.Path is "src/Fleet.Rules/Fleet.Rules.csproj" or "Directory.Build.props")
                .SelectMany(RulesProjectRule.CheckProject)
        );

    [Fact]
    public void The_rules_never_name_the_binary() =>
        House.Accepts(
            SourceTree.CSharp.Where(file => file.IsUnder("src/Fleet.Rules")).SelectMany(RulesProjectRule.CheckSource)
        );

    [Fact]
    public void A_package_in_the_rules_is_found() =>
        House.Complains(
            RulesProjectRule.CheckProject(
                new(
                    "src/Fleet.Rules/Fleet.Rules.csproj",
                    "<Project>\n<ItemGroup>\n<PackageReference Include=\"Polly.Core\" />\n</ItemGroup>\n</Project>"
                )
            ),
            "src/Fleet.Rules/Fleet.Rules.csproj:3: Fleet.Rules would reference Polly.Core;"
                + " only analyzers (PrivateAssets=\"all\") may"
        );

    [Fact]
    public void A_rule_that_names_the_binary_is_found() =>
        House.Complains(
            RulesProjectRule.CheckSource(new("src/Fleet.Rules/Next.cs", "using Fleet.Rules.Runs;\nusing Fleet.Git;")),
            "src/Fleet.Rules/Next.cs:2: Fleet.Git is the binary's; rules decide and Fleet performs, never back"
        );
}
