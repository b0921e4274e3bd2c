using Fleet.Daemon;
using Fleet.Git;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Settings;
using Fleet.Settings.Init;

namespace Fleet.Cli;

/// <summary>Settings as a person finds them: the repository's on its trunk, the home's in its file.</summary>
internal static class SettingsHere
{
    /// <summary>Read from trunk, as Fleet will read them; what is not committed does not hold yet.</summary>
    public static async Task<SettingsReading.Repository> OfRepository(Repository repository)
    {
        var name = $"{repository.TrunkCommit.Sha}:{InitFile.Name}";
        var answer = await repository.Git.Run("cat-file", "blob", name);
        var bytes = answer is GitOutcome.Ok ok ? ok.Bytes : default;
        return SettingsFile.Read(bytes.Span, SettingsKind.Repository, $"{repository.Trunk}:{InitFile.Name}") switch
        {
            SettingsReading.Repository reading => reading,
            var wrong => throw Wrong(wrong),
        };
    }

    public static SettingsReading.Home OfHome(FleetHome home) =>
        SettingsFile.ReadFile(home.Settings, SettingsKind.Home) switch
        {
            SettingsReading.Home reading => reading,
            var wrong => throw Wrong(wrong),
        };

    /// <summary>Said where a person sets a repository up that wants more than the home allows; else none.</summary>
    public static string? AutoIsNotEnough(FleetHome home, RepositorySettings asked) =>
        asked.Landing.Mode is LandingMode.Auto && OfHome(home).Settings.Landing.Mode is LandingMode.Approve
            ? LandingSettings.AutoNeedsBoth
            : null;

    /// <summary>The first mistake as an error of its own; each of the others is told with it.</summary>
    public static UserErrorException Wrong(SettingsReading reading, int code = Answer.Failed)
    {
        var errors = ((SettingsReading.Wrong)reading).Errors;
        return new UserErrorException(
            new UserError(
                code,
                errors[0].What,
                $"{errors[0].File}:{errors[0].Line}:{errors[0].Column}",
                errors[0].Why,
                errors[0].Next
            )
            {
                Full = string.Concat(errors.Select(error => error.Render())),
            }
        );
    }
}
