using System.Collections.Immutable;
using System.Text;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>What a settings file turned out to be.</summary>
internal abstract record SettingsReading
{
    private SettingsReading() { }

    internal sealed record Home(HomeSettings Settings, SettingsOrigins Origins) : SettingsReading;

    internal sealed record Repository(RepositorySettings Settings, SettingsOrigins Origins) : SettingsReading;

    /// <summary>Every mistake, in the order of the file; at least one.</summary>
    internal sealed record Wrong(ImmutableArray<SettingsError> Errors) : SettingsReading
    {
        /// <summary>All of them as a person reads them.</summary>
        public string Render() => string.Join('\n', Errors.Select(error => error.Render()));
    }
}

/// <summary>Reads settings: all of them, or every mistake at once; never throws for what is written.</summary>
internal static class SettingsFile
{
    /// <summary>Reads one file's bytes.</summary>
    /// <param name="bytes">The file's bytes: from disk for the home, from trunk for a repository.</param>
    /// <param name="kind">Whose settings they are.</param>
    /// <param name="file">The file as the person knows it, for errors and origins.</param>
    public static SettingsReading Read(ReadOnlySpan<byte> bytes, SettingsKind kind, string file)
    {
        if (SettingsSource.Of(bytes, kind, file, out var unreadable) is not { } source)
        {
            return new SettingsReading.Wrong([unreadable!]);
        }

        var errors = new SettingsErrors();
        var root = YamlReader.Read(source, errors);
        var values = SettingsCheck.Of(root, source, errors);
        if (errors.Any)
        {
            return new SettingsReading.Wrong(errors.InOrder());
        }

        var origins = SettingsOrigins.Of(file, values);
        return kind == SettingsKind.Home
            ? new SettingsReading.Home(SettingsOf.Home(values), origins)
            : new SettingsReading.Repository(SettingsOf.Repository(values), origins);
    }

    public static SettingsReading Read(string text, SettingsKind kind, string file) =>
        Read(Encoding.UTF8.GetBytes(text), kind, file);

    /// <summary>A file that is not there says nothing: every value is its default.</summary>
    /// <remarks>Reads one byte more than the limit at most, however large the file is.</remarks>
    public static SettingsReading ReadFile(string path, SettingsKind kind)
    {
        try
        {
            using var stream = RegularFile.Open(path);
            if (stream is null)
            {
                const string Why = "settings are a regular file, not a directory, a pipe or a device";
                return new SettingsReading.Wrong([SettingsSource.Whole(path, "this is no regular file", Why)]);
            }

            if (stream.Length > SettingsSource.MaxBytes)
            {
                return new SettingsReading.Wrong([SettingsSource.TooLarge(path, stream.Length)]);
            }

            var bytes = new byte[SettingsSource.MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Read(bytes.AsSpan(0, length), kind, path);
        }
        catch (FileNotFoundException)
        {
            return Read([], kind, path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new SettingsReading.Wrong([SettingsSource.Whole(path, "the file cannot be read", refused.Message)]);
        }
    }
}
