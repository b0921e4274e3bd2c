using System.Collections.Immutable;

namespace Fleet.Settings;

/// <summary>The mistakes found so far, at most a hundred.</summary>
internal sealed class SettingsErrors
{
    private const int Most = 100;
    private readonly List<SettingsError> _found = [];

    public int Count => _found.Count;

    public bool Any => _found.Count > 0;

    public void Add(SettingsError error)
    {
        if (_found.Count < Most)
        {
            _found.Add(error);
        }
    }

    /// <summary>Of the mistakes after the first so many the lines are not shown: a secret may stand there.</summary>
    public void Hide(int after)
    {
        for (var at = after; at < _found.Count; at++)
        {
            _found[at] = _found[at] with { Source = "" };
        }
    }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<SettingsError> InOrder() =>
        [.. _found.OrderBy(error => error.Line).ThenBy(error => error.Column)];
}
