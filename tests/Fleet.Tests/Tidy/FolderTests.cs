namespace Fleet.Tests.Tidy;

public sealed class FolderTests
{
    private static readonly SourceFile Loop = new(
        "src/Fleet/Daemon/FleetLoop.cs",
        "namespace Fleet.Daemon;\ninternal sealed class FleetLoop { }"
    );

    private static readonly SourceFile Control = new(
        "src/Fleet/Daemon/ControlApi.Answers.cs",
        "namespace Fleet.Daemon;\ninternal abstract record Answer { }"
    );

    private static readonly SourceFile Keeper = new(
        "src/Fleet/Processes/Keeper.cs",
        "namespace Fleet.Processes;\ninternal sealed class Keeper { }"
    );

    [Fact]
    public void Every_folder_of_the_binary_keeps_to_its_row() =>
        House.Accepts(FolderRule.Check(FolderRow.Table, SourceTree.Files));

    [Fact]
    public void A_shell_that_imports_the_daemon_is_told_what_it_may_use() =>
        House.Complains(
            Check("src/Fleet/Git/Hubs.cs", "using Fleet.Daemon;\nusing Fleet.Processes;\nnamespace Fleet.Git;"),
            "src/Fleet/Git/Hubs.cs:1: Git names Fleet.Daemon; it may use Processes."
                + " Git is a program that is run; everything else about tasks is the daemon's."
        );

    [Fact]
    public void A_shell_that_names_another_without_importing_it_is_found() =>
        House.Complains(
            Check("src/Fleet/Log/Chain.cs", "namespace Fleet.Log;\nclass Chain { Processes.Keeper keeper; }"),
            "src/Fleet/Log/Chain.cs:2: Log names Keeper of Processes; it may use no other folder."
                + " The log keeps facts and knows nobody who makes them."
        );

    [Fact]
    public void A_door_that_reaches_past_the_control_api_is_found() =>
        House.Complains(
            Check(
                "src/Fleet/Web/Page.cs",
                "using Fleet.Daemon;\nnamespace Fleet.Web;\nclass Page { FleetLoop? loop; Answer? a; }"
            ),
            "src/Fleet/Web/Page.cs:3: Web names FleetLoop of Daemon; it may use Daemon/Control, Daemon/FleetHome,"
                + " Settings. A door asks the daemon and shows the answer."
        );

    [Fact]
    public void The_daemon_never_names_a_door() =>
        House.Complains(
            Check("src/Fleet/Daemon/Pump.cs", "namespace Fleet.Daemon;\nusing static Fleet.Web.Pages;").Take(1),
            "src/Fleet/Daemon/Pump.cs:2: Daemon names Fleet.Web; it may use Log, Git, Processes, Coders, Gates, Forges,"
                + " Prompts, Settings, Telemetry. The daemon alone puts the shells together, and knows no door."
        );

    [Fact]
    public void A_new_folder_needs_a_row() =>
        House.Complains(
            Check("src/Fleet/Magic/Wand.cs", "namespace Fleet.Magic;"),
            "src/Fleet/Magic/Wand.cs:1: Magic has no row in the table of folders: add what it may use, and why"
        );

    [Fact]
    public void Rules_comments_literals_and_members_of_the_same_name_are_free() =>
        House.Accepts(
            Check(
                "src/Fleet/Log/Chain.cs",
                "using Fleet.Rules;\nnamespace Fleet.Log;\n// Fleet.Daemon\n"
                    + "class Chain { string s = \"Fleet.Git\" + home.Daemon.Keeper; }"
            )
        );

    private static IEnumerable<Complaint> Check(string path, string text) =>
        FolderRule.Check(FolderRow.Table, [Loop, Control, Keeper, new(path, text)]);
}
