using System.Security.Cryptography;
using System.Text;
using Fleet.Git;

namespace Fleet.Tests.Git;

/// <summary>
/// The repository a person works in stays bit for bit as it was, but for refs under <c>refs/fleet/</c>.
/// </summary>
public sealed class UntouchedRepositoryTests
{
    [Theory]
    [InlineData("clean")]
    [InlineData("dirty")]
    [InlineData("merge")]
    [InlineData("rebase")]
    [InlineData("detached")]
    [InlineData("locked")]
    public async Task A_run_from_worktree_to_kept_work_leaves_the_person_alone(string state)
    {
        using var home = await Home.Open(shop => shop.Write(".gitignore", "*.log\n"));
        home.Shop.Put(state, home.Scratch.At("linked"));
        home.Shop.Plant(".git/hooks/post-checkout", home.Marker);
        home.Shop.Plant(".git/hooks/reference-transaction", home.Marker);
        File.Delete(home.Marker);
        var before = Fingerprint(home.Shop.Path);
        Assert.IsType<ProbeOutcome.Usable>(await RepositoryProbe.Look(home.Shop.Path, "main"));
        await TrunkSync.Run(home.Hub, home.Claim, home.Repository);
        var tree = await home.Worktree();
        tree.Write("work", "1\n");
        tree.Commit("Work");
        tree.Write("more", "2\n");
        var work = await home.Saved();
        (await new KeptMirror(home.Hub, home.Repository, Home.Run).Copy()).Must("mirror");
        await home.Worktrees.Remove(tree.Path, work.Kept);
        Assert.Equal(before, Fingerprint(home.Shop.Path));
        Assert.False(File.Exists(home.Marker));
        Assert.Equal(work.Kept.Sha, home.Shop.Git("rev-parse", "refs/fleet/kept/12/1"));
        Assert.Equal("2", home.Shop.Git("cat-file", "blob", "refs/fleet/kept/12/1:more"));
    }

    /// <summary>Every file but objects and Fleet's own refs: name, time and content.</summary>
    private static string Fingerprint(string path)
    {
        var all = new StringBuilder();
        foreach (
            var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        )
        {
            var name = Path.GetRelativePath(path, file);
            if (
                !name.StartsWith(".git/objects/", StringComparison.Ordinal)
                && !name.StartsWith(".git/refs/fleet/", StringComparison.Ordinal)
            )
            {
                var hash = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
                all.AppendLine($"{name} {File.GetLastWriteTimeUtc(file):O} {hash}");
            }
        }

        return all.ToString();
    }
}
