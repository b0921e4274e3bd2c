using Fleet.Settings;
using Fleet.Settings.Init;

namespace Fleet.Tests.Settings.Init;

/// <summary>Each stack gets the gates that its own people would type.</summary>
public sealed class StackDetectionTests
{
    [Theory]
    [InlineData("dotnet", "App.slnx src/App/App.csproj tests/App.Tests/App.Tests.csproj", "dotnet build; dotnet test")]
    [InlineData("dotnet", "App.csproj Program.cs", "dotnet build")]
    [InlineData("node", "package.json package-lock.json", "npm test", "npm ci")]
    [InlineData("node", "package.json pnpm-lock.yaml", "pnpm test", "pnpm install --frozen-lockfile")]
    [InlineData("node", "package.json yarn.lock", "yarn test", "yarn install --frozen-lockfile")]
    [InlineData("node", "package.json bun.lock", "bun run test", "bun install --frozen-lockfile")]
    [InlineData("node", "package.json", "npm test", "npm install --no-package-lock")]
    [InlineData("cargo", "Cargo.toml src/main.rs", "cargo test")]
    [InlineData("go", "go.mod main.go", "go vet ./...; go test ./...")]
    [InlineData("python", "pyproject.toml app.py", "python3 -m pytest")]
    [InlineData("python", "tests/conftest.py app.py", "python3 -m pytest")]
    [InlineData("make", "Makefile main.c", "make test")]
    [InlineData("maven", "pom.xml mvnw", "./mvnw -B test")]
    [InlineData("maven", "pom.xml", "mvn -B test")]
    [InlineData("gradle", "build.gradle.kts gradlew", "./gradlew test")]
    [InlineData("script", "check! go.mod", "./check")]
    [InlineData("script", "test.sh! main.c", "./test.sh")]
    [InlineData("script", "test.sh main.c", "sh ./test.sh")]
    [InlineData(
        "go node",
        "web/package.json web/package-lock.json api/go.mod",
        "cd api && go vet ./...; cd api && go test ./...; cd web && npm test",
        "cd web && npm ci"
    )]
    [InlineData("", "README.md check/notes.txt", "")]
    public void A_stack_is_recognised_by_its_files(string stacks, string files, string gates, string setup = "")
    {
        var found = StackDetection.Of(Trunk(files), Read);
        Assert.Equal(stacks, string.Join(' ', found.Stacks));
        Assert.Equal(gates, string.Join("; ", found.Gates.Select(gate => gate.Run)));
        Assert.Equal(setup, string.Join("; ", found.Setup));

        var text = InitFile.Text(found, "main");
        Assert.True(text.Split('\n').Length <= 16, text);
        var reading = SettingsFile.Read(text, SettingsKind.Repository, InitFile.Name);
        var settings = Assert.IsType<SettingsReading.Repository>(reading).Settings;
        Assert.Equal(found.Gates.Select(gate => gate.Run), settings.Gates.Select(gate => gate.Run));
        Assert.Equal(found.Setup, settings.Setup);
        Assert.Equal("main", settings.Trunk);
    }

    [Theory]
    [InlineData("""{ "scripts": { "test": "echo \"Error: no test specified\" && exit 1" } }""")]
    [InlineData("""{ "scripts": { "build": "tsc" } }""")]
    [InlineData("""{ "scripts": 5 }""")]
    [InlineData("not json")]
    [InlineData("")]
    public void A_package_without_tests_proposes_no_gate(string package) =>
        Assert.Empty(StackDetection.Of(Trunk("package.json"), _ => package).Gates);

    [Theory]
    [InlineData("test:\n\tcc", "make test")]
    [InlineData("test : all\n\tcc", "make test")]
    [InlineData("check: test\ntest:\n", "make check")]
    [InlineData("test := yes\ntests:\n", "")]
    [InlineData("all:\n\t# test:\n", "")]
    public void A_makefile_is_asked_for_its_targets(string makefile, string gate) =>
        Assert.Equal(
            gate,
            string.Join(' ', StackDetection.Of(Trunk("Makefile"), _ => makefile).Gates.Select(found => found.Run))
        );

    [Theory]
    [InlineData("$(touch pwned)/go.mod")]
    [InlineData("a;b/go.mod")]
    [InlineData("-x/go.mod")]
    [InlineData("a b/go.mod")]
    public void A_directory_with_a_strange_name_never_enters_a_command(string path) =>
        Assert.Empty(StackDetection.Of([new TrunkFile(path)], Read).Gates);

    [Fact]
    public void Gates_of_several_projects_have_names_of_their_own()
    {
        var found = StackDetection.Of(Trunk("a/Cargo.toml b/Cargo.toml c/go.mod"), Read);
        Assert.Equal(
            found.Gates.Length,
            found.Gates.Select(gate => gate.Name).Distinct(StringComparer.Ordinal).Count()
        );
        Assert.IsType<SettingsReading.Repository>(
            SettingsFile.Read(InitFile.Text(found), SettingsKind.Repository, InitFile.Name)
        );
    }

    [Fact]
    public void An_existing_file_is_kept_and_reported()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-init-").FullName;
        var first = InitFile.Write(folder, InitFile.Text(StackDetection.Of([], Read)));
        File.AppendAllText(Path.Combine(folder, InitFile.Name), "# mine\n");
        var second = InitFile.Write(folder, "version: 1\n");

        Assert.IsType<InitWritten.Written>(first);
        Assert.IsType<SettingsReading.Repository>(Assert.IsType<InitWritten.Kept>(second).Reading);
        Assert.EndsWith("# mine\n", File.ReadAllText(Path.Combine(folder, InitFile.Name)), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_repository_that_cannot_be_written_is_said()
    {
        var folder = Directory.CreateTempSubdirectory("fleet-init-").FullName;
        File.WriteAllText(Path.Combine(folder, ".fleet"), "a file where the folder should be");
        Assert.IsType<InitWritten.Failed>(InitFile.Write(folder, "version: 1\n"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Paths apart by spaces; one that ends with <c>!</c> is executable.</summary>
    private static TrunkFile[] Trunk(string files) =>
        [.. files.Split(' ').Select(file => new TrunkFile(file.TrimEnd('!'), file.EndsWith('!')))];

    private static string? Read(string path) =>
        Path.GetFileName(path) switch
        {
            "package.json" => """{ "scripts": { "test": "vitest run" } }""",
            "Makefile" => "all:\n\tcc main.c\ntest: all\n\t./a.out\n",
            "pyproject.toml" => "[tool.pytest.ini_options]\n",
            _ => "",
        };
}
