namespace Fleet.Tests.Tidy;

public sealed class WordTests
{
    [Fact]
    public void Names_use_the_words_of_the_glossary() => House.Accepts(SourceTree.Files.SelectMany(WordRule.Check));

    [Theory]
    [InlineData("src/Fleet/Git/Hubs.cs", "class Hubs;\nclass HubManager;", ":2: 'Manager' in HubManager")]
    [InlineData("src/Fleet/Common/Hubs.cs", "", ":1: 'Common' in src/Fleet/Common/Hubs.cs")]
    [InlineData("src/Fleet/Git/GitUtils.cs", "", ":1: 'Utils' in src/Fleet/Git/GitUtils.cs")]
    [InlineData("a.cs", "public sealed record JOBQueue(int A);", ":1: 'JOB' in JOBQueue")]
    public void A_name_that_says_too_little_is_found(string path, string text, string expected) =>
        House.Complains(WordRule.Check(new(path, text)), $"{path}{expected} says too little: see docs/glossary.md");

    [Fact]
    public void A_word_that_only_contains_one_is_accepted() =>
        House.Accepts(
            WordRule.Check(new("src/Fleet/Git/Serviceable.cs", "class Jobless; // class Worker\nclass Ticketing;"))
        );
}
