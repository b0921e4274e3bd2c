namespace Fleet.Tests.Tidy;

public sealed class TextTests
{
    [Fact]
    public void No_text_holds_promises_machine_paths_or_foreign_addresses() =>
        House.Accepts(SourceTree.Files.SelectMany(TextRule.Check));

    [Theory]
    [InlineData("TO", "DO", "promises what is not there: do it, or write an issue")]
    [InlineData("/ho", "me/ada", "is a place on one machine: make it from the root or the environment")]
    [InlineData("/wo", "rk/main", "is a place on one machine: make it from the root or the environment")]
    [InlineData("registry.", "somewhere.org", "is a registry: leave its address to the configuration of its client")]
    [InlineData("https:", "//somewhere.org", "is somebody else's address: name the thing instead")]
    public void A_text_that_belongs_elsewhere_is_found(string start, string end, string expected) =>
        House.Complains(
            TextRule.Check(new("README.md", $"# Fleet\nsee {start}{end}: later")),
            $"README.md:2: '{start}{end}' {expected}"
        );

    [Theory]
    [InlineData("http://localhost:8080/api and http://127.0.0.1/ and https://forge.example.com/a")]
    [InlineData("the registry of hubs, $HOME/work/x, ~/home/y")]
    public void What_belongs_to_nobody_is_accepted(string text) =>
        House.Accepts(TextRule.Check(new("README.md", text)));
}
