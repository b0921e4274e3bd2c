namespace Fleet.Tests.Tidy;

public sealed class TreeTests
{
    private static readonly SourceFile Architecture = new(
        "docs/architecture.md",
        "# Tree\n\n```\ndocs/   words\nsrc/   source\n  Fleet/   binary\n    Git/   hubs\n```\nGates/ are not in it.\n"
    );

    [Fact]
    public void The_tree_says_what_every_folder_is_for() =>
        House.Accepts(TreeRule.CheckFolders(SourceTree.File("docs/architecture.md"), SourceTree.Folders));

    [Fact]
    public void A_folder_without_a_caption_is_found() =>
        House.Complains(
            TreeRule.CheckFolders(Architecture, ["docs", "src", "src/Fleet", "src/Fleet/Git", "src/Fleet/Gates"]),
            "docs/architecture.md:1: the tree does not say what src/Fleet/Gates/ is for"
        );

    [Fact]
    public void A_caption_without_a_folder_is_found() =>
        House.Complains(
            TreeRule.CheckCaptions(Architecture, ["docs", "src", "src/Fleet"]),
            "docs/architecture.md:7: the tree explains src/Fleet/Git/, which does not exist"
        );
}
