namespace Fleet.Daemon.Conversations;

/// <summary>
/// Who pays for a coder: the directory <c>coders/NAME</c> of the home, where the coder itself keeps that it is signed
/// in, and an <c>env</c> file there for keys, a <c>NAME=value</c> a line. Only its owner may read that file.
/// </summary>
internal static class CoderAccount
{
    private const string FileName = "env";

    /// <summary>Another server that speaks the vendor's protocol, for coders that take it as a setting.</summary>
    private const string ServerVariable = "FLEET_CODER_SERVER";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <exception cref="InvalidDataException">Others may read or change the file.</exception>
    public static IReadOnlyDictionary<string, string> Read(string configuration)
    {
        var file = Path.Combine(configuration, FileName);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(file))
        {
            return variables;
        }

        if ((File.GetUnixFileMode(file) & Others) is not UnixFileMode.None)
        {
            throw new InvalidDataException($"{file} may be read by others: chmod 600 {file}");
        }

        foreach (var line in File.ReadLines(file))
        {
            if (line.Split('=', 2) is [var name, var value] && !name.StartsWith('#'))
            {
                variables[name.Trim()] = value.Trim();
            }
        }

        return variables;
    }

    public static string? Server(string configuration) =>
        Read(configuration).TryGetValue(ServerVariable, out var server) ? server : null;
}
