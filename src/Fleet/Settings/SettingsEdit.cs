using System.Collections.Immutable;
using System.Text;

namespace Fleet.Settings;

/// <summary>What became of an edit of settings.</summary>
internal abstract record SettingsEdited
{
    private SettingsEdited() { }

    /// <summary>The new text: valid, and different in the named keys only.</summary>
    internal sealed record Done(string Text) : SettingsEdited;

    internal sealed record Refused(ImmutableArray<SettingsError> Errors) : SettingsEdited;
}

/// <summary>Sets keys in the home's settings and keeps everything else: comments, order, line ends.</summary>
internal static class SettingsEdit
{
    private const string Argument = "fleet config set";

    /// <summary>All of <c>key=value</c>, or none of them.</summary>
    public static SettingsEdited SetAll(string text, IEnumerable<string> assignments, string file)
    {
        foreach (var assignment in assignments)
        {
            var parts = assignment.Split('=', 2);
            var edited = Set(text, parts[0], parts.ElementAtOrDefault(1) ?? "", file);
            if (edited is not SettingsEdited.Done done)
            {
                return edited;
            }

            text = done.Text;
        }

        return new SettingsEdited.Done(text);
    }

    /// <summary>Sets one key such as <c>limits.run</c>; maps that are missing are made.</summary>
    public static SettingsEdited Set(string text, string path, string value, string file)
    {
        if (Asked(path, value) is { Length: > 0 } wrong)
        {
            return new SettingsEdited.Refused(wrong);
        }

        var before = SettingsFile.Read(text, SettingsKind.Home, file);
        if (before is not SettingsReading.Home old)
        {
            return new SettingsEdited.Refused(((SettingsReading.Wrong)before).Errors);
        }

        var source = SettingsSource.Of(Encoding.UTF8.GetBytes(text), SettingsKind.Home, file, out _)!;
        var root = YamlReader.Read(source, new SettingsErrors());
        var edited = SettingsPlace.Put(source.Text, root, path.Split('.'), value);
        if (
            SettingsFile.Read(edited, SettingsKind.Home, file) is not SettingsReading.Home now
            || !OnlyThis(old, now, path)
        )
        {
            return new SettingsEdited.Refused([ByHand(path, value, file)]);
        }

        var crlf = text.Contains("\r\n", StringComparison.Ordinal);
        return new SettingsEdited.Done(crlf ? edited.Replace("\n", "\r\n", StringComparison.Ordinal) : edited);
    }

    /// <summary>What is wrong with the request itself, whatever the file holds.</summary>
    private static ImmutableArray<SettingsError> Asked(string path, string value)
    {
        var bytes = Encoding.UTF8.GetBytes($"{path}={value}");
        if (SettingsSource.Of(bytes, SettingsKind.Home, Argument, out var unreadable) is not { } source)
        {
            return [unreadable!];
        }

        var key = SettingsTable.Find(path);
        if (key is not { IsSingle: true } || !key.In.HasFlag(Where.Home))
        {
            var known = Settable().ToList();
            var why = $"can be set: {string.Join(", ", known)}";
            var meant =
                DidYouMean.Of(path, known)
                ?? known.SingleOrDefault(name => name.EndsWith($".{path}", StringComparison.Ordinal));
            return [source.Error(0, path.Length, $"\"{path}\" is not a key of the home's settings", why, meant)];
        }

        if (!IsSettable(key))
        {
            var what = $"{path} cannot be set in one word";
            return [source.Error(0, path.Length, what, $"{path} is {key.Type.Called}; edit the file for it")];
        }

        var errors = new SettingsErrors();
        var start = path.Length + 1;
        ValueCheck.Of(new SettingNode.Scalar(start, start + value.Length, value, false), key, source, errors);
        return errors.InOrder();
    }

    private static IEnumerable<string> Settable() =>
        SettingsTable.Keys.Where(key => key.In.HasFlag(Where.Home) && IsSettable(key)).Select(key => key.Path);

    private static bool IsSettable(SettingKey key) =>
        key.IsSingle
        && key.Path != "version"
        && key.Type
            is not (
                SettingType.Map
                or SettingType.Records
                or SettingType.Named
                or SettingType.Texts
                or SettingType.Arguments
            );

    private static bool OnlyThis(SettingsReading.Home before, SettingsReading.Home after, string path) =>
        after.Origins.Of(path) is not null && Others(before, path).SequenceEqual(Others(after, path));

    private static IEnumerable<(string, string)> Others(SettingsReading.Home home, string path) =>
        ShownSettings.Rows(home).Where(row => row.Path != path).Select(row => (row.Path, row.Value));

    private static SettingsError ByHand(string path, string value, string file) =>
        SettingsSource.Whole(
            file,
            $"{path} cannot be set to {value} in this file without changing more of it",
            $"the file is written in a way that only a person should edit; set {path} there by hand"
        );
}
