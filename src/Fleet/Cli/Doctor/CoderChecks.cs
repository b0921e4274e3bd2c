using Fleet.Cli.Output;
using Fleet.Coders;
using Fleet.Processes;
using Fleet.Rules.Settings;
using Fleet.Settings;

namespace Fleet.Cli.Doctor;

/// <summary>Whether each coder that is installed is signed in, by its files and variables alone.</summary>
internal static class CoderChecks
{
    public static IEnumerable<Check> Of(Call call) =>
        SettingsFile.ReadFile(call.Home.Settings, SettingsKind.Home) is SettingsReading.Home { Settings: var settings }
            ? Coders(call, settings).SelectMany(coder => Of(call, settings, coder))
            : [];

    /// <summary>Where a program of a coder is; none when it is not installed.</summary>
    public static string? Program(Call call, string coder) =>
        ExecutablePath.Find(
            coder,
            call.Directory,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = call.Variable("PATH") ?? "" }
        );

    private static IEnumerable<string> Coders(Call call, HomeSettings settings) =>
        CoderCatalogue
            .Known.Select(coder => coder.Name)
            .Where(coder => Program(call, coder) is not null)
            .Union(settings.Accounts.Select(account => account.Coder), StringComparer.Ordinal);

    private static IEnumerable<Check> Of(Call call, HomeSettings settings, string coder) =>
        AccountsHere.Of(call, settings, coder).Select(Of);

    private static Check Of(SeenAccount account) =>
        account switch
        {
            { Trouble: { } trouble } => Check.Bad(
                $"account {account.Id}",
                trouble,
                $"mend it, then: fleet accounts resume {account.Id}"
            ),
            { SignedIn: SignedIn.No } => Check.Warning(
                $"account {account.Id}",
                "not signed in",
                SignIn.HowTo(account.Id.Coder, account.Directory)
            ),
            { SignedIn: SignedIn.Yes } => Check.Good($"account {account.Id}", "signed in"),
            _ => Check.Good($"account {account.Id}", "nothing here says whether it is signed in"),
        };
}
