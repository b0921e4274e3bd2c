using Fleet.Git;
using Fleet.Rules;

namespace Fleet.Tests.Git;

/// <summary>What Fleet writes is what git would have written, to the byte: its name says so.</summary>
public sealed class NewCommitTests
{
    private const string Plain = "Sort imports\n\nFleet-Task: 12\n";

    [Theory]
    [InlineData("sha1", "Ada", "ada@example.org", Plain)]
    [InlineData("sha256", "Ada", "ada@example.org", Plain)]
    [InlineData("sha1", " \"Ada\" <Lovelace>, Jr. ", "<ada@example.org>", Plain)]
    [InlineData("sha1", "Ada\nauthor Eve", "ada@example.org\n", Plain)]
    [InlineData("sha1", "Åsa 🚀", "åsa@example.org", "Naïve 🚀")]
    [InlineData("sha1", "Ada", "", "\n")]
    public async Task It_is_the_commit_that_git_makes_of_the_same_parts(
        string format,
        string name,
        string email,
        string message
    )
    {
        using var home = await Home.Open(format: format);
        var who = new Identity(name, email);
        var tree = (await home.Hub.Git.Run("rev-parse", $"{home.Trunk}^{{tree}}")).Must("find the tree");
        var git = who.Sign(home.Hub.Git, Home.Noon).WithInput(message);
        var expected = await git.Run("commit-tree", tree, "-p", home.Trunk.Sha, "-F", "-");

        var made = new NewCommit(new Tree(tree), [home.Trunk.Sha], who, Home.Noon, message).Write(home.Hub);

        Assert.Equal(expected.Must("commit"), made.Sha);
    }

    [Fact]
    public async Task Git_reads_it_and_finds_nothing_wrong_with_it()
    {
        using var home = await Home.Open();
        var tree = (await home.Hub.Git.Run("rev-parse", $"{home.Trunk}^{{tree}}")).Must("find the tree");
        var parts = new NewCommit(new Tree(tree), [home.Trunk.Sha], Identity.Unknown, Home.Noon, Plain);

        var made = parts.Write(home.Hub);

        Assert.Equal(made, parts.Write(home.Hub));
        Assert.Equal("Sort imports", (await home.Hub.Git.Run("log", "-1", "--format=%s", made.Sha)).Text);
        (await home.Hub.Git.Run("fsck", "--strict", "--no-dangling", made.Sha)).Must("check the hub");
    }

    [Fact]
    public async Task A_hub_that_takes_no_object_says_so()
    {
        using var home = await Home.Open();
        var hub = home.Hub with { Path = home.Shop.At("README") };

        Assert.ThrowsAny<IOException>(() =>
            new NewCommit(new Tree(new string('a', 40)), [], Identity.Unknown, Home.Noon, Plain).Write(hub)
        );
    }
}
