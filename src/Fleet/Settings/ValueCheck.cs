using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>Checks one value against the type of its key.</summary>
internal static class ValueCheck
{
    private const int MostTexts = 1_000;

    /// <summary>Null, with the reason added, when the value is of another type or out of range.</summary>
    public static SettingValue? Of(SettingNode node, SettingKey key, SettingsSource source, SettingsErrors errors)
    {
        if (key.Type is SettingType.Texts texts)
        {
            return Texts(node, key, texts.Rule, source, errors);
        }

        if (key.Type is SettingType.Arguments && node is SettingNode.List command)
        {
            return Arguments(command, key, source, errors);
        }

        if (key.Type is SettingType.Variables && node is SettingNode.Map map)
        {
            return Variables(map, key, source, errors);
        }

        if (node is SettingNode.Scalar scalar)
        {
            return Scalar(scalar, key, source, errors);
        }

        errors.Add(Wrong(source, node, key, node is SettingNode.List ? "cannot be a list" : "cannot be a map"));
        return null;
    }

    private static SettingValue? Scalar(
        SettingNode.Scalar scalar,
        SettingKey key,
        SettingsSource source,
        SettingsErrors errors
    )
    {
        var value = scalar.Quoted && IsBare(key.Type) ? null : Of(scalar.Text, key.Type);
        if (value is null)
        {
            errors.Add(
                Wrong(
                    source,
                    scalar,
                    key,
                    $"cannot be {Quote(scalar, key)}",
                    key.IsPrivate ? null : Meant(scalar.Text, key.Type)
                )
            );
        }

        return value;
    }

    private static SettingValue? Of(string text, SettingType type) =>
        type switch
        {
            SettingType.Number number => Number(text, number.Least, number.Most),
            SettingType.Duration duration => DurationText.Parse(text) is { } time
            && time >= duration.Least
            && time <= duration.Most
                ? new SettingValue.Time(time)
                : null,
            SettingType.Size size => SizeText.Parse(text) is { } bytes && bytes >= size.Least && bytes <= size.Most
                ? new SettingValue.Whole(bytes)
                : null,
            SettingType.Money money => Amount(text, money.Most),
            SettingType.Date => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                default,
                out var day
            )
                ? new SettingValue.Day(day)
                : null,
            SettingType.Choice choice => choice.Words.Contains(text) ? new SettingValue.Word(text) : null,
            SettingType.Flag => text is "true" or "false" ? new SettingValue.Flag(text == "true") : null,
            SettingType.Text rule => TextRules.Fits(rule.Rule, text) ? new SettingValue.Word(text) : null,
            SettingType.Map
            or SettingType.Records
            or SettingType.Named
            or SettingType.Texts
            or SettingType.Arguments
            or SettingType.Variables => null,
            _ => throw new UnreachableException(),
        };

    private static SettingValue.Whole? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? new SettingValue.Whole(number)
            : null;

    private static SettingValue.Amount? Amount(string text, decimal most) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount <= most
            ? new SettingValue.Amount(amount)
            : null;

    private static SettingValue.Words? Arguments(
        SettingNode.List command,
        SettingKey key,
        SettingsSource source,
        SettingsErrors errors
    )
    {
        if (command.Items is [] or [SettingNode.Scalar { Text: "" }, ..])
        {
            errors.Add(Wrong(source, command.Items is [var first, ..] ? first : command, key, "names no program"));
            return null;
        }

        foreach (var argument in command.Items.OfType<SettingNode.Scalar>())
        {
            if (CoderWords.Misspelt(argument.Text) is { } wrong)
            {
                var what = $"{key.Name} holds {{{wrong.Typed}}}, which nothing fills in";
                var known = $"a run fills in {CoderWords.All}";
                errors.Add(source.Error(argument.Start, argument.End, what, known, $"{{{wrong.Meant}}}"));
            }
        }

        return Texts(command, key, TextRule.Argument, source, errors);
    }

    private static SettingValue.Variables? Variables(
        SettingNode.Map map,
        SettingKey key,
        SettingsSource source,
        SettingsErrors errors
    )
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var right = true;
        foreach (var (name, value) in map.Entries)
        {
            if (!TextRules.Fits(TextRule.Variable, name.Text))
            {
                right = false;
                errors.Add(
                    source.Error(
                        name.Start,
                        name.End,
                        $"{key.Name} has an entry without a proper name",
                        TextRules.Called(TextRule.Variable)
                    )
                );
            }
            else if (
                value is SettingNode.Scalar { Missing: false } text
                && TextRules.Fits(TextRule.Argument, text.Text)
            )
            {
                found[name.Text] = text.Text;
            }
            else if (value is not SettingNode.Refused)
            {
                right = false;
                errors.Add(Wrong(source, IsMissing(value) ? name : value, key, $"has no text for {name.Text}"));
            }
        }

        return right ? new SettingValue.Variables(found.ToImmutable()) : null;
    }

    private static SettingValue.Words? Texts(
        SettingNode node,
        SettingKey key,
        TextRule rule,
        SettingsSource source,
        SettingsErrors errors
    )
    {
        ImmutableArray<SettingNode> items = node is SettingNode.List list ? list.Items : [node];
        var wrong = items
            .Where(item => item is not (SettingNode.Refused or SettingNode.Scalar { Missing: false }) || !Fits(item))
            .ToList();
        foreach (var item in wrong)
        {
            var what = item is SettingNode.Scalar text
                ? $"cannot hold {Quote(text, key)}"
                : "cannot hold a list or a map";
            errors.Add(Wrong(source, item, key, what));
        }

        if (items.Length > MostTexts)
        {
            errors.Add(Wrong(source, node, key, $"has {items.Length} entries; {MostTexts} are the most"));
        }

        return wrong.Count > 0
            ? null
            : new SettingValue.Words([.. items.OfType<SettingNode.Scalar>().Select(item => item.Text)]);

        bool Fits(SettingNode item) => item is not SettingNode.Scalar text || TextRules.Fits(rule, text.Text);
    }

    private static bool IsMissing(SettingNode value) => value is SettingNode.Scalar { Missing: true };

    private static SettingsError Wrong(
        SettingsSource source,
        SettingNode at,
        SettingKey key,
        string what,
        string? meant = null
    )
    {
        var end = at is SettingNode.Scalar ? at.End : at.Start + 1;
        return source.Error(at.Start, end, $"{key.Name} {what}", $"{key.Name} is {key.Type.Called}", meant);
    }

    /// <summary>What a slip of the usual kinds was meant to be, when that would be right.</summary>
    private static string? Meant(string text, SettingType type)
    {
        var plain = text.Trim().Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        IEnumerable<string> meant = type switch
        {
            SettingType.Choice choice => DidYouMean.Of(text, choice.Words) is { } word ? [word] : [],
            SettingType.Flag => text.ToLowerInvariant() switch
            {
                "yes" or "on" or "y" or "1" or "true" => ["true"],
                "no" or "off" or "n" or "0" or "false" => ["false"],
                _ => DidYouMean.Of(text, ["true", "false"]) is { } word ? [word] : [],
            },
            SettingType.Duration => [.. Longhand.Duration(plain), plain + "m", plain + "s"],
            SettingType.Size => [.. Longhand.Size(plain), plain + "MiB", plain + "B"],
            SettingType.Money => [plain.Trim('$', '€')],
            _ => [plain],
        };
        return meant.FirstOrDefault(candidate => Of(candidate, type) is not null);
    }

    private static bool IsBare(SettingType type) => type is SettingType.Number or SettingType.Flag or SettingType.Money;

    private static string Quote(SettingNode.Scalar scalar, SettingKey key)
    {
        if (key.IsPrivate)
        {
            return "what stands there";
        }

        var text = scalar.Text.Length > 40 ? scalar.Text[..40] + "…" : scalar.Text;
        return scalar.Quoted ? $"the text \"{text}\"" : $"\"{text}\"";
    }
}
