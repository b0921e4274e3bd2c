namespace Fleet.Tests.Tidy;

public sealed class PackageTests
{
    [Fact]
    public void Every_package_stays_in_its_folder() =>
        House.Accepts(PackageRule.Check(SourceTree.File("Directory.Packages.props"), SourceTree.Files));

    [Fact]
    public void A_package_outside_its_folder_is_found() =>
        House.Complains(
            PackageRule.Check(
                Versions("<PackageVersion Include=\"YamlDotNet\" /><!-- Settings: line and column -->"),
                [
                    new("src/Fleet/Settings/Yaml.cs", "using YamlDotNet.RepresentationModel;"),
                    new("src/Fleet/Cli/Init.cs", "\nusing YamlDotNet.Core;"),
                ]
            ),
            "src/Fleet/Cli/Init.cs:2: YamlDotNet lives in Settings only; ask Settings for what you need"
        );

    [Fact]
    public void A_package_without_a_reason_is_found() =>
        House.Complains(
            PackageRule.Check(Versions("<PackageVersion Include=\"Npgsql\" />"), []),
            "Directory.Packages.props:2: Npgsql needs a comment after it: its folder, a colon, its reason"
        );

    private static SourceFile Versions(string package) =>
        new("Directory.Packages.props", $"<Project><ItemGroup Label=\"product\">\n{package}\n</ItemGroup></Project>");
}
