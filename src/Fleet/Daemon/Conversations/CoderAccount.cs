using Fleet.Coders;
using Fleet.Rules;
using Fleet.Rules.Settings;
using Fleet.Rules.Spending;

namespace Fleet.Daemon.Conversations;

/// <summary>Who pays for a coder: the directory where it keeps that it is signed in, and its variables.</summary>
/// <param name="Trouble">Why it cannot be used, with what to do; never a secret. Null when it can.</param>
internal sealed record CoderAccount(
    AccountId Id,
    string Directory,
    IReadOnlyDictionary<string, string> Variables,
    string? Trouble = null
)
{
    private const string FileName = "env";
    private const long MostBytes = 64 << 10;

    /// <summary>Another server that speaks the vendor's protocol, for coders that take it as a setting.</summary>
    private const string ServerVariable = "FLEET_CODER_SERVER";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    public string? Server => Variables.GetValueOrDefault(ServerVariable);

    public SignedIn SignedIn => Trouble is null ? SignIn.Of(Id.Coder, Directory, Variables) : SignedIn.No;

    /// <summary>Where a coder keeps what belongs to this account, also that it is signed in.</summary>
    public static string DirectoryOf(FleetHome home, AccountId id, AccountSettings? settings) =>
        settings?.ConfigDir is { } asked ? Expanded(asked)
        : id.Name == Account.Default ? home.Coder(id.Coder)
        : home.Account(id);

    /// <summary>Reads what settings name: from files, and from the variables of this process.</summary>
    /// <param name="settings">None: the only account of its coder, in the home.</param>
    public static CoderAccount Of(
        FleetHome home,
        AccountId id,
        AccountSettings? settings,
        Func<string, string?> environment
    )
    {
        var directory = DirectoryOf(home, id, settings);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            foreach (var (name, value) in Taken(settings, environment))
            {
                variables[name] = value;
            }

            if (settings?.KeyFile is { } key)
            {
                Read(Expanded(key), id.Coder, variables);
            }

            var file = Path.Combine(directory, FileName);
            if (File.Exists(file))
            {
                Read(file, id.Coder, variables);
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new CoderAccount(id, directory, variables, error.Message);
        }

        return new CoderAccount(id, directory, variables);
    }

    /// <exception cref="InvalidDataException">A variable is not there.</exception>
    private static IEnumerable<(string Name, string Value)> Taken(
        AccountSettings? settings,
        Func<string, string?> environment
    )
    {
        foreach (var words in settings?.Env ?? [])
        {
            var cut = words.IndexOf('=', StringComparison.Ordinal);
            var source = words[(cut + 1)..];
            yield return environment(source) is { Length: > 0 } value
                ? (cut < 0 ? words : words[..cut], value)
                : throw new InvalidDataException(
                    $"the daemon has no variable {source}: export {source}=…, then fleet down and fleet up -d"
                );
        }
    }

    /// <summary>Lines <c>NAME=value</c>, or a key alone.</summary>
    /// <exception cref="InvalidDataException">It is not there, not private, or holds something else.</exception>
    private static void Read(string file, string coder, Dictionary<string, string> variables)
    {
        if (!File.Exists(file))
        {
            throw new InvalidDataException($"{file} is not there: write the key into it, then chmod 600 {file}");
        }

        if ((File.GetUnixFileMode(file) & Others) is not UnixFileMode.None)
        {
            throw new InvalidDataException($"{file} may be read by others: chmod 600 {file}");
        }

        if (new FileInfo(file).Length > MostBytes)
        {
            throw new InvalidDataException($"{file} is too large for a key");
        }

        foreach (var line in File.ReadLines(file).Select(line => line.Trim()))
        {
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            var (name, value) =
                line.Split('=', 2) is [var word, var rest] && IsName(word.TrimEnd())
                    ? (word.TrimEnd(), rest.TrimStart())
                    : (SignIn.KeyVariable(coder, line), line);
            variables[
                name
                    ?? throw new InvalidDataException(
                        $"{file} holds a key, but nobody knows the variable of {coder} for it: write NAME=KEY"
                    )
            ] = value;
        }
    }

    private static bool IsName(string word) =>
        word.Length > 0
        && !char.IsAsciiDigit(word[0])
        && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    private static string Expanded(string path) =>
        path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
            : path;
}
