using System.Collections.Immutable;

namespace Fleet.Settings;

/// <summary>A value in a settings file, from its first character to after its last.</summary>
internal abstract record SettingNode
{
    private SettingNode(int start, int end) => (Start, End) = (start, end);

    public int Start { get; }
    public int End { get; }

    /// <summary>One value as written; without quotes, an empty text or <c>~</c> means that there is none.</summary>
    internal sealed record Scalar(int Start, int End, string Text, bool Quoted) : SettingNode(Start, End)
    {
        public bool Missing => !Quoted && Text is ("" or "~" or "null" or "Null" or "NULL");
    }

    /// <summary>A value that cannot be read and whose error is already known.</summary>
    internal sealed record Refused(int Start, int End) : SettingNode(Start, End);

    /// <summary>Values in order; <paramref name="Flow"/> when written in brackets.</summary>
    internal sealed record List(int Start, int End, ImmutableArray<SettingNode> Items, bool Flow)
        : SettingNode(Start, End);

    /// <summary>Values by key; <paramref name="Flow"/> when written in braces.</summary>
    internal sealed record Map(int Start, int End, ImmutableArray<SettingEntry> Entries, bool Flow)
        : SettingNode(Start, End);
}

/// <summary>One key of a map with its value.</summary>
internal sealed record SettingEntry(SettingNode.Scalar Key, SettingNode Value);
