using Fleet.Tests.Git;

namespace Fleet.Tests.Cli;

/// <summary>What a person is told where Fleet cannot work: why, and what to do; nothing is half done.</summary>
public sealed class RefusedRepositoryTests : IDisposable
{
    private readonly CliUser ada = new();

    public void Dispose() => ada.Dispose();

    [Theory]
    [InlineData("nothing", "git init")]
    [InlineData("no commit", "git commit")]
    [InlineData("bare", "use the clone")]
    [InlineData("shallow", "git fetch --unshallow")]
    [InlineData("submodules", "submodule's own repository")]
    [InlineData("lfs", "without LFS")]
    public async Task Init_and_add_say_what_to_do_and_leave_nothing(string kind, string next)
    {
        var place = new ScratchRepository(Directory.CreateDirectory(ada.At("place")).FullName);
        Make(kind, place);
        ada.Directory = place.Path;

        foreach (
            var args in (string[][])
                [
                    ["init", "--commit"],
                    ["add", "Sort imports", "--", "true"],
                ]
        )
        {
            var said = await ada.Fleet(args);
            Assert.Equal(1, said.Code);
            Assert.Contains(next, said.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(place.At(".fleet")));
        var known = (await ada.Fleet("tasks", "--all", "--json")).Json.GetProperty("items");
        Assert.Equal(0, known.GetArrayLength());
    }

    [Theory]
    [InlineData("dirty")]
    [InlineData("rebase")]
    [InlineData("detached")]
    [InlineData("linked")]
    public async Task A_task_is_taken_in_the_middle_of_anything(string state)
    {
        var place = ada.Shop.Put(state, ada.At("linked"));
        ada.Directory = place;

        Assert.Equal(0, (await ada.Fleet("init", "--trunk", "main")).Code);
        Assert.Equal("1", await ada.Add("Sort imports"));
    }

    private void Make(string kind, ScratchRepository place)
    {
        switch (kind)
        {
            case "no commit":
                place.Git("init", "-q");
                break;
            case "bare":
                place.Git("clone", "-q", "--bare", ada.Shop.Path, ".");
                break;
            case "shallow":
                ada.Shop.Commit("More");
                place.Git("clone", "-q", "--depth=1", $"file://{ada.Shop.Path}", ".");
                break;
            case "submodules" or "lfs":
                place.Git("clone", "-q", ada.Shop.Path, ".");
                place.Git("config", "user.name", "Ada Lovelace");
                place.Git("config", "user.email", "ada@example.org");
                place.Write(
                    kind is "lfs" ? ".gitattributes" : ".gitmodules",
                    kind is "lfs" ? "*.png filter=lfs\n" : "[submodule \"a\"]\n\tpath = a\n\turl = b\n"
                );
                place.Commit("More");
                place.Git("remote", "remove", "origin");
                break;
        }
    }
}
