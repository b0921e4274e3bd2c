using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Settings;

namespace Fleet.Tests.Git;

/// <summary>
/// Whatever a coder plants in its worktree, Fleet runs none of it and imports nothing from elsewhere.
/// </summary>
public sealed class HostileWorktreeTests
{
    [Theory]
    [InlineData("clean filter", WorktreeKind.Clone)]
    [InlineData("clean filter", WorktreeKind.Linked)]
    [InlineData("process filter", WorktreeKind.Clone)]
    [InlineData("hooks", WorktreeKind.Clone)]
    [InlineData("hooks", WorktreeKind.Linked)]
    [InlineData("hooks path", WorktreeKind.Clone)]
    [InlineData("fsmonitor", WorktreeKind.Clone)]
    [InlineData("fsmonitor", WorktreeKind.Linked)]
    [InlineData("worktree config", WorktreeKind.Clone)]
    [InlineData("pack objects hook", WorktreeKind.Clone)]
    [InlineData("promisor remote", WorktreeKind.Clone)]
    [InlineData("alternate refs command", WorktreeKind.Clone)]
    [InlineData("external diff", WorktreeKind.Clone)]
    [InlineData("replaced git file", WorktreeKind.Clone)]
    [InlineData("nested repository", WorktreeKind.Clone)]
    [InlineData("committed nested repository", WorktreeKind.Clone)]
    [InlineData("bare repository inside", WorktreeKind.Clone)]
    [InlineData("submodule", WorktreeKind.Clone)]
    public async Task Nothing_that_a_coder_planted_is_run(string trap, WorktreeKind kind)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree(kind);
        tree.Write("work", "work\n");
        tree.Commit("Work");
        tree.Write("README", "HELLO\n");
        Traps.Set(trap, tree, home.Marker);
        File.Delete(home.Marker);
        var work = await home.Saved();
        Assert.Equal("HELLO", await home.Content(work.Kept, "README"));
        Assert.Equal("work", await home.Content(work.Kept, "work"));
        Assert.IsType<RemovalOutcome.Gone>(await home.Worktrees.Remove(tree.Path, work.Kept));
        Assert.False(File.Exists(home.Marker), $"{trap}: a planted program ran");
    }

    [Theory]
    [InlineData("clean filter")]
    [InlineData("fsmonitor")]
    [InlineData("hooks")]
    [InlineData("worktree config")]
    [InlineData("replaced git file")]
    [InlineData("nested repository")]
    public async Task The_traps_are_live_for_plain_git(string trap)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("README", "HELLO\n");
        Traps.Set(trap, tree, home.Marker);
        File.Delete(home.Marker);
        tree.Try("add", "-A");
        tree.Try("status");
        tree.Try("commit", "-q", "-m", "Sprung");
        Assert.True(File.Exists(home.Marker), $"{trap}: the trap is a dud");
    }

    [Fact]
    public async Task A_filter_planted_in_the_shared_repository_does_not_run_when_the_next_worktree_is_made()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree(WorktreeKind.Linked);
        Traps.Set("hooks", tree, home.Marker);
        tree.Git("config", "filter.x.smudge", $"{home.Marker}.program");
        tree.Git("config", "core.fsmonitor", $"{home.Marker}.program");
        File.WriteAllText(tree.Git("rev-parse", "--git-path", "info/attributes"), "* filter=x\n");
        File.Delete(home.Marker);
        var next = home.Request("13", WorktreeKind.Linked, new RunId(new TaskId(13), 1));
        Assert.IsType<WorktreeOutcome.Ready>(await home.Worktrees.Prepare(next));
        Assert.False(File.Exists(home.Marker));
    }

    [Theory]
    [InlineData("alternates")]
    [InlineData("linked folder")]
    [InlineData("linked info")]
    public async Task Objects_of_another_repository_are_not_imported(string way)
    {
        using var home = await Home.Open();
        var secret = home.Scratch.Repository("secret");
        secret.Write("key", "top secret\n");
        var stolen = secret.Commit("Secret");
        var tree = await home.Worktree();
        tree.Write("work", "1\n");
        Traps.Borrow(way, tree, secret);
        tree.Write(".git/HEAD", $"{stolen}\n");
        var work = await home.Saved();
        Assert.False((await home.Hub.Git.Run("cat-file", "-e", stolen)).Succeeded);
        Assert.NotNull(work.Damage);
        Assert.Equal("1", await home.Content(work.Kept, "work"));
    }

    [Fact]
    public async Task A_nested_repository_is_saved_as_plain_files_without_its_git_directory()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("vendor/lib/file", "x\n");
        var inner = new ScratchRepository(tree.At("vendor/lib"));
        inner.Git("init", "-q");
        inner.Write(".gitignore", "*.o\n");
        inner.Write("junk.o", "o");
        inner.Write("deeper/more", "y\n");
        new ScratchRepository(inner.At("deeper")).Git("init", "-q");
        var work = await home.Saved();
        string[] expected = ["README", "vendor/lib/.gitignore", "vendor/lib/deeper/more", "vendor/lib/file"];
        Assert.Equal(expected, (await home.Files(work.Kept)).Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task A_worktree_replaced_by_a_link_is_neither_read_nor_emptied()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        Directory.Delete(tree.Path, recursive: true);
        Directory.CreateSymbolicLink(tree.Path, home.Shop.Path);
        home.Shop.Write("private", "x");
        var work = await home.Saved();
        Assert.False(work.Dirty);
        Assert.IsType<RemovalOutcome.Gone>(await home.Worktrees.Remove(tree.Path, work.Kept));
        Assert.True(File.Exists(home.Shop.At("private")));
        Assert.False(Path.Exists(tree.Path));
    }

    [Fact]
    public async Task Links_out_of_the_tree_are_removed_and_not_followed()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        home.Shop.Write("folder/precious", "x");
        Directory.CreateSymbolicLink(tree.At("out"), home.Shop.At("folder"));
        Directory.CreateDirectory(tree.At("locked/inner"));
        File.SetUnixFileMode(tree.At("locked"), UnixFileMode.UserRead);
        Assert.IsType<RemovalOutcome.Gone>(await home.Worktrees.Remove(tree.Path));
        Assert.True(File.Exists(home.Shop.At("folder/precious")));
        Assert.False(Directory.Exists(tree.Path));
    }

    [Fact]
    public async Task A_tree_that_hides_a_git_folder_does_not_get_in()
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        var blob = tree.Git("hash-object", "-w", "README");
        var inner = tree.Feed($"100644 blob {blob}\tconfig\n", "mktree");
        var outer = tree.Feed($"040000 tree {inner}\t.git\n", "mktree");
        var evil = tree.Git("commit-tree", outer, "-p", "HEAD", "-m", "Evil");
        tree.Git("reset", "-q", "--soft", evil);
        var work = await home.Saved();
        Assert.NotNull(work.Damage);
        Assert.False((await home.Hub.Git.Run("cat-file", "-e", evil)).Succeeded);
    }

    [Theory]
    [InlineData("fleet-origin")]
    [InlineData("hub")]
    public async Task A_push_out_of_a_worktree_is_refused_by_git(string target)
    {
        using var home = await Home.Open();
        var tree = await home.Worktree();
        tree.Write("work", "1\n");
        tree.Commit("Work");
        var (code, _, error) =
            target == "hub"
                ? tree.Try("push", home.Hub.Path, "HEAD:refs/fleet/trunk", "HEAD:refs/heads/main")
                : tree.Try("push", "origin", "HEAD:main");
        Assert.NotEqual(0, code);
        Assert.Contains(
            target == "hub" ? "hidden ref" : "Fleet lands your commits itself",
            error,
            StringComparison.Ordinal
        );
        Assert.Equal(home.Trunk.Sha, await home.Hub.Read(FleetRefs.Trunk));
    }
}

/// <summary>Ways in which a worktree can be made to run a program when git is used in it.</summary>
internal static class Traps
{
    public static void Set(string trap, ScratchRepository tree, string marker)
    {
        var program = $"{marker}.program";
        File.WriteAllText(program, $"#!/bin/sh\ntouch '{marker}'\ncat\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        switch (trap)
        {
            case "clean filter":
                tree.Git("config", "filter.x.clean", program);
                tree.Write(".gitattributes", "* filter=x\n");
                break;
            case "process filter":
                tree.Git("config", "filter.x.process", program);
                tree.Write(".gitattributes", "* filter=x\n");
                break;
            case "hooks":
                var hooks = tree.Git("rev-parse", "--path-format=absolute", "--git-path", "hooks");
                Directory.CreateDirectory(hooks);
                foreach (
                    var hook in (string[])["post-index-change", "reference-transaction", "pre-commit", "post-checkout"]
                )
                {
                    File.Copy(program, Path.Combine(hooks, hook));
                }

                break;
            case "hooks path":
                Directory.CreateDirectory(tree.At(".husky"));
                File.Copy(program, tree.At(".husky/reference-transaction"));
                tree.Git("config", "core.hooksPath", ".husky");
                break;
            case "fsmonitor":
                tree.Git("config", "core.fsmonitor", program);
                break;
            case "worktree config":
                tree.Git("config", "extensions.worktreeConfig", "true");
                tree.Write(".git/config.worktree", $"[core]\n\tfsmonitor = {program}\n");
                break;
            default:
                SetInRepositories(trap, tree, program);
                break;
        }
    }

    /// <summary>Traps in what it says of other repositories, and in repositories inside it.</summary>
    private static void SetInRepositories(string trap, ScratchRepository tree, string program)
    {
        switch (trap)
        {
            case "pack objects hook":
                tree.Git("config", "uploadpack.packObjectsHook", program);
                break;
            case "promisor remote":
                tree.Git("config", "extensions.partialClone", "evil");
                tree.Git("config", "remote.evil.url", $"ext::{program}");
                tree.Git("config", "remote.evil.promisor", "true");
                tree.Git("config", "protocol.ext.allow", "always");
                break;
            case "alternate refs command":
                tree.Git("config", "core.alternateRefsCommand", program);
                break;
            case "external diff":
                tree.Git("config", "diff.external", program);
                tree.Git("config", "diff.x.textconv", program);
                tree.Write(".gitattributes", "* diff=x\n");
                break;
            case "replaced git file":
                tree.Git("config", "core.fsmonitor", program);
                Directory.Move(tree.At(".git"), tree.At("elsewhere"));
                tree.Write(".git", $"gitdir: {tree.At("elsewhere")}\n");
                Restorable(tree);
                break;
            case "nested repository":
                Nested(tree, program);
                break;
            case "committed nested repository":
                Nested(tree, program);
                tree.Git("-c", "core.fsmonitor=false", "add", "inner");
                tree.Git("commit", "-q", "-m", "Embed");
                break;
            case "bare repository inside":
                tree.Git("init", "-q", "--bare", "bare");
                tree.Git("--git-dir=bare", "config", "core.fsmonitor", program);
                tree.Git("--git-dir=bare", "config", "core.worktree", tree.Path);
                break;
            case "submodule":
                tree.Write(
                    ".gitmodules",
                    $"[submodule \"a\"]\n\tpath = inner\n\turl = ext::{program}\n\tupdate = !{program}\n"
                );
                Nested(tree, program);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(trap), trap, "no such trap");
        }
    }

    public static void Borrow(string way, ScratchRepository tree, ScratchRepository secret)
    {
        var objects = tree.At(".git/objects");
        switch (way)
        {
            case "alternates":
                File.AppendAllText(Path.Combine(objects, "info/alternates"), $"{secret.At(".git/objects")}\n");
                break;
            case "linked folder":
                foreach (
                    var folder in Directory
                        .GetDirectories(secret.At(".git/objects"))
                        .Where(f => Path.GetFileName(f).Length == 2)
                )
                {
                    Directory.CreateSymbolicLink(Path.Combine(objects, Path.GetFileName(folder)), folder);
                }

                break;
            default:
                Directory.Delete(Path.Combine(objects, "info"), recursive: true);
                Directory.CreateDirectory(tree.At("evil"));
                File.WriteAllText(tree.At("evil/alternates"), $"{secret.At(".git/objects")}\n");
                Directory.CreateSymbolicLink(Path.Combine(objects, "info"), tree.At("evil"));
                break;
        }
    }

    // With its commits out of reach the files alone must carry the work; the committed file is still in the tree.
    private static void Restorable(ScratchRepository tree) => tree.Write(".gitignore", "elsewhere\n");

    private static void Nested(ScratchRepository tree, string program)
    {
        var inner = new ScratchRepository(Directory.CreateDirectory(tree.At("inner")).FullName);
        inner.Git("init", "-q");
        inner.Git("config", "user.name", "E");
        inner.Git("config", "user.email", "e@example.org");
        inner.Write("file", "x\n");
        inner.Commit("Inner");
        inner.Write("file", "y\n");
        inner.Git("config", "core.fsmonitor", program);
        inner.Git("config", "filter.x.clean", program);
        inner.Write(".git/info/attributes", "* filter=x\n");
    }
}
