using System.Collections.Immutable;
using System.Text.Json;

namespace Fleet.Settings.Init;

/// <summary>One recognised stack in one directory.</summary>
internal sealed record FoundStack(string Name, ImmutableArray<ProposedGate> Gates, ImmutableArray<string> Setup);

/// <summary>The stacks that are recognised, each by its own files.</summary>
internal static class StackCatalogue
{
    private static readonly string[] PythonFiles =
    [
        "pyproject.toml",
        "setup.cfg",
        "tox.ini",
        "requirements.txt",
        "requirements-dev.txt",
    ];

    public static readonly ImmutableArray<Func<TrunkDirectory, Func<string, string?>, FoundStack?>> All =
    [
        Dotnet,
        Node,
        Cargo,
        Go,
        Python,
        Maven,
        Gradle,
    ];

    private static FoundStack? Dotnet(TrunkDirectory here, Func<string, string?> read)
    {
        // In a directory without a project or solution of its own, `dotnet` has nothing to build.
        if (
            !here.Files.Any(file => !file.Contains('/') && Ends(file, ".sln", ".slnx", ".csproj", ".fsproj", ".vbproj"))
        )
        {
            return null;
        }

        var projects = here.Files.Where(file => Ends(file, ".csproj", ".fsproj", ".vbproj"));
        var tests = projects.Any(project => project.Contains("Test", StringComparison.OrdinalIgnoreCase));
        return Found("dotnet", here, ("build", "dotnet build"), tests ? ("tests", "dotnet test") : null);
    }

    private static FoundStack? Node(TrunkDirectory here, Func<string, string?> read)
    {
        if (
            TestScript(here.Read("package.json", read)) is not { } script
            || script.Contains("no test specified", StringComparison.Ordinal)
        )
        {
            return null;
        }

        var (install, test) =
            here.Has("pnpm-lock.yaml") ? ("pnpm install --frozen-lockfile", "pnpm test")
            : here.Has("yarn.lock") ? ("yarn install --frozen-lockfile", "yarn test")
            : here.Has("bun.lock") || here.Has("bun.lockb") ? ("bun install --frozen-lockfile", "bun run test")
            : here.Has("package-lock.json") ? ("npm ci", "npm test")
            : ("npm install --no-package-lock", "npm test");
        return Found("node", here, ("tests", test)) with { Setup = [here.Here(install)] };
    }

    private static FoundStack? Cargo(TrunkDirectory here, Func<string, string?> read) =>
        here.Has("Cargo.toml") ? Found("cargo", here, ("tests", "cargo test")) : null;

    private static FoundStack? Go(TrunkDirectory here, Func<string, string?> read) =>
        here.Has("go.mod") ? Found("go", here, ("vet", "go vet ./..."), ("tests", "go test ./...")) : null;

    private static FoundStack? Python(TrunkDirectory here, Func<string, string?> read)
    {
        var marked = here.Has("pytest.ini") || here.Has("conftest.py") || here.Has("tests/conftest.py");
        var named = PythonFiles.Any(file =>
            here.Read(file, read)?.Contains("pytest", StringComparison.Ordinal) == true
        );
        return marked || named ? Found("python", here, ("tests", "python3 -m pytest")) : null;
    }

    private static FoundStack? Maven(TrunkDirectory here, Func<string, string?> read) =>
        here.Has("pom.xml")
            ? Found("maven", here, ("tests", $"{(here.Has("mvnw") ? "./mvnw" : "mvn")} -B test"))
            : null;

    private static FoundStack? Gradle(TrunkDirectory here, Func<string, string?> read) =>
        here.Has("build.gradle") || here.Has("build.gradle.kts")
            ? Found("gradle", here, ("tests", $"{(here.Has("gradlew") ? "./gradlew" : "gradle")} test"))
            : null;

    private static FoundStack Found(string name, TrunkDirectory here, params (string Name, string Run)?[] gates) =>
        new(
            name,
            [
                .. gates
                    .OfType<(string Name, string Run)>()
                    .Select(gate => new ProposedGate(gate.Name, here.Here(gate.Run))),
            ],
            []
        );

    /// <summary>The test script of a <c>package.json</c>; null when it is not one or has none.</summary>
    private static string? TestScript(string? package)
    {
        try
        {
            using var json = JsonDocument.Parse(package ?? "");
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("scripts", out var scripts)
                && scripts.ValueKind == JsonValueKind.Object
                && scripts.TryGetProperty("test", out var test)
                && test.ValueKind == JsonValueKind.String
                ? test.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null; // A broken package.json proposes nothing; its owner's tools will say so.
        }
    }

    private static bool Ends(string file, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
