using System.Globalization;

namespace Fleet.Settings;

/// <summary>Checks a file's nodes against the table of keys; finds every mistake, not only the first.</summary>
internal sealed class SettingsCheck
{
    private readonly SettingsSource _source;
    private readonly SettingsErrors _errors;
    private readonly SettingValues _values = new();

    private SettingsCheck(SettingsSource source, SettingsErrors errors) => (_source, _errors) = (source, errors);

    /// <summary>The values that are right; they mean something only when no error was added.</summary>
    public static SettingValues Of(SettingNode? root, SettingsSource source, SettingsErrors errors)
    {
        var check = new SettingsCheck(source, errors);
        check.File(root);
        return check._values;
    }

    private Where Here => _source.Kind == SettingsKind.Home ? Where.Home : Where.Repository;

    private void File(SettingNode? root)
    {
        if (root is null or SettingNode.Refused or SettingNode.Scalar { Missing: true })
        {
            return;
        }

        if (root is not SettingNode.Map map)
        {
            Wrong(root, "the file is not a map of keys", "settings are lines such as \"version: 1\"");
        }
        else if (Version(map))
        {
            Map(map, "", "");
        }
    }

    /// <summary>A newer file may hold anything, so nothing else in it is checked.</summary>
    private bool Version(SettingNode.Map map)
    {
        var at = map.Entries.Select(entry => entry.Key.Text).ToList().IndexOf("version");
        if (at < 0)
        {
            return true;
        }

        var (key, value) = map.Entries[at];
        if (value is SettingNode.Scalar { Quoted: false } version && IsNewer(version.Text))
        {
            var why = $"this Fleet reads version {SettingsTable.Version}";
            Wrong(value, $"the file is of version {version.Text}, made for a newer Fleet", why, next: "fleet version");
            return false;
        }

        if (at > 0)
        {
            Wrong(key, "version is not the first key", "it says how to read the rest; move it to the top");
        }

        return true;
    }

    /// <summary>Any whole number above ours, however long.</summary>
    private static bool IsNewer(string version) =>
        version.All(char.IsAsciiDigit)
        && version.TrimStart('0') is { Length: > 0 } digits
        && digits != SettingsTable.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Checks the keys of one map, each by its own type.</summary>
    /// <param name="map">The keys to check.</param>
    /// <param name="path">Where they are, such as <c>gates[0]</c>.</param>
    /// <param name="pattern">The same for the table: <c>gates[]</c>.</param>
    private void Map(SettingNode.Map map, string path, string pattern)
    {
        foreach (var (key, value) in map.Entries)
        {
            var known = SettingsTable.Find(pattern, key.Text);
            if (known is null)
            {
                Unknown(key, pattern);
            }
            else if (!known.In.HasFlag(Here))
            {
                Elsewhere(key, known);
            }
            else
            {
                var before = _errors.Count;
                Value(key, value, Join(path, key.Text), known);
                if (known.Path == SettingKey.Accounts)
                {
                    _errors.Hide(before);
                }
            }
        }
    }

    private void Value(SettingNode.Scalar key, SettingNode value, string path, SettingKey known)
    {
        if (value is SettingNode.Scalar { Missing: true })
        {
            if (!known.Type.MayBeEmpty)
            {
                Wrong(key, $"{known.Name} has no value", $"{known.Name} is {known.Type.Called}");
            }
        }
        else if (known.Type is SettingType.Map && value is SettingNode.Map inner)
        {
            Map(inner, path, known.Path);
        }
        else if (known.Type is SettingType.Records && value is SettingNode.List list)
        {
            Records(list, path, known);
        }
        else if (known.Type is SettingType.Named && value is SettingNode.Map named)
        {
            Named(named, path, known);
        }
        else if (value is not SettingNode.Refused && ValueCheck.Of(value, known, _source, _errors) is { } found)
        {
            _values.Add(path, found, _source.Place(value.Start).Line);
        }
    }

    private void Records(SettingNode.List list, string path, SettingKey known)
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (list.Items[i] is SettingNode.Map item)
            {
                var pattern = $"{known.Path}[]";
                var end = item.Entries.IsEmpty ? item.Start + 1 : item.Entries[0].Key.End;
                Map(item, $"{path}[{i}]", pattern);
                Required(item, item.Start, end, known, pattern);
                OwnName(item, known, names);
            }
            else if (list.Items[i] is not SettingNode.Refused)
            {
                var what = $"{known.Name} holds something that is not a map";
                Wrong(list.Items[i], what, $"{known.Name} is {known.Type.Called}");
            }
        }

        _values.Counted(path, list.Items.Length);
    }

    private void Named(SettingNode.Map map, string path, SettingKey known)
    {
        var pattern = $"{known.Path}.<name>";
        foreach (var (name, value) in map.Entries)
        {
            var entry =
                value is SettingNode.Map given ? given
                : value is SettingNode.Scalar { Missing: true } ? new SettingNode.Map(name.Start, name.End, [], false)
                : null;
            if (!TextRules.Fits(TextRule.Name, name.Text))
            {
                Wrong(name, $"{known.Name} has an entry without a proper name", TextRules.Called(TextRule.Name));
            }
            else if (entry is not null)
            {
                Map(entry, Join(path, name.Text), pattern);
                Required(entry, name.Start, name.End, known, pattern);
            }
            else if (value is not SettingNode.Refused)
            {
                var what = $"{known.Name} holds something that is not a map";
                Wrong(value, what, $"{known.Name} is {known.Type.Called}");
            }
        }

        _values.Named(path, [.. map.Entries.Select(entry => entry.Key.Text)]);
    }

    private void Required(SettingNode.Map entry, int start, int end, SettingKey holder, string pattern)
    {
        var there = entry.Entries.Select(inner => inner.Key.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var key in SettingsTable.Inside(pattern).Where(key => key.Required && !there.Contains(key.Name)))
        {
            var what = $"this entry of {holder.Name} has no {key.Name}";
            _errors.Add(_source.Error(start, end, what, $"{key.Name} is {key.Type.Called}"));
        }
    }

    private void OwnName(SettingNode.Map item, SettingKey list, Dictionary<string, int> names)
    {
        var named = item.Entries.FirstOrDefault(entry => entry.Key.Text == "name")?.Value;
        if (
            named is SettingNode.Scalar { Missing: false } name
            && !names.TryAdd(name.Text, _source.Place(name.Start).Line)
        )
        {
            Wrong(
                name,
                $"{list.Name} has two entries named \"{name.Text}\"",
                $"the first is in line {names[name.Text]}"
            );
        }
    }

    private void Unknown(SettingNode.Scalar key, string pattern)
    {
        var siblings = SettingsTable.Inside(pattern).Where(sibling => sibling.In.HasFlag(Here)).ToList();
        var meant = DidYouMean.Of(key.Text, siblings.Select(sibling => sibling.Name)) ?? OtherPlace(key.Text);
        var home = pattern.Length > 0 ? pattern : $"the {Here.ToString().ToLowerInvariant()}'s settings";
        var names = string.Join(", ", siblings.Select(sibling => sibling.Name));
        Wrong(key, $"unknown key \"{key.Text}\" in {home}", $"known here: {names}", meant);
    }

    /// <summary>The whole path of a key that exists, but in another map.</summary>
    private string? OtherPlace(string name)
    {
        var there = SettingsTable
            .Keys.Where(key => key.In.HasFlag(Here) && key.Name == name && key.IsSingle)
            .Select(key => key.Path)
            .ToList();
        return there.Count == 1 ? there[0] : null;
    }

    private void Elsewhere(SettingNode.Scalar key, SettingKey known)
    {
        if (known.In == Where.Home)
        {
            const string Why = "it is fleet-wide; a repository cannot set it";
            var next = known.Type is SettingType.Map or SettingType.Named
                ? "fleet config show"
                : $"fleet config set {known.Path}=...";
            Wrong(key, $"{known.Path} is set in a repository", Why, next: next);
            return;
        }

        const string OwnFile = "it belongs to one repository; move it to that repository's .fleet/fleet.yaml";
        Wrong(key, $"{known.Path} is set in the home", OwnFile, next: "fleet init --print");
    }

    private void Wrong(SettingNode at, string what, string why, string? meant = null, string? next = null) =>
        _errors.Add(_source.Error(at.Start, at.End, what, why, meant, next));

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
