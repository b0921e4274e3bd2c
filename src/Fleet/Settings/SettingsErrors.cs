using System.Collections.Immutable;

namespace Fleet.Settings;

/// <summary>The mistakes found so far, at most a hundred.</summary>
internal sealed class SettingsErrors
{
    private const int Most = 100;
    private readonly List<SettingsError> _found = [];

    public bool Any => _found.Count > 0;

    public void Add(SettingsError error)
    {
        if (_found.Count < Most)
        {
            _found.Add(error);
        }
    }

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<SettingsError> InOrder() =>
        [.. _found.OrderBy(error => error.Line).ThenBy(error => error.Column)];
}
