using System.Collections.Immutable;
using System.Globalization;
using Fleet.Rules.Settings;

namespace Fleet.Settings;

/// <summary>One key that settings may have: the table of them drives check, show, edit and reference.</summary>
/// <param name="Path">Such as <c>limits.run</c>; <c>gates[].run</c> and
/// <c>agents.&lt;name&gt;.model</c> are keys of each gate and each agent.</param>
/// <param name="Type">What its value may be.</param>
/// <param name="In">The files that may hold it.</param>
/// <param name="Default">What holds when it is missing, as written; empty when nothing does.</param>
/// <param name="Says">What it means, in one sentence.</param>
/// <param name="Required">Whether its map is wrong without it.</param>
internal sealed record SettingKey(
    string Path,
    SettingType Type,
    Where In,
    string Default,
    string Says,
    bool Required = false
)
{
    /// <summary>Where a person might write a secret by mistake: what stands there is not repeated.</summary>
    public const string Accounts = "accounts";

    public bool IsPrivate => Path.StartsWith(Accounts, StringComparison.Ordinal);

    /// <summary>The last word of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>Whether a file has one place for it: it is no key of each gate, agent or coder.</summary>
    public bool IsSingle => Path.AsSpan().IndexOfAny('[', '<') < 0;

    /// <summary>The path of the map that holds the key; empty for the file itself.</summary>
    public string Parent => Path.LastIndexOf('.') is var dot and >= 0 ? Path[..dot] : "";
}

/// <summary>The files that may hold a key.</summary>
[Flags]
internal enum Where
{
    Home = 1,
    Repository = 2,
    Both = Home | Repository,
}

/// <summary>What a value may be.</summary>
internal abstract record SettingType
{
    private SettingType() { }

    /// <summary>How the type is called in errors and in the reference.</summary>
    public abstract string Called { get; }

    /// <summary>Whether a key without a value means one that holds nothing.</summary>
    public bool MayBeEmpty => this is Map or Records or Named or Texts or Variables;

    internal sealed record Map : SettingType
    {
        public override string Called => "a map of keys";
    }

    /// <summary>A list of maps; where they have a name, each has its own.</summary>
    internal sealed record Records(string Example) : SettingType
    {
        public override string Called => $"a list such as [{Example}]";
    }

    /// <summary>A map from names that a person chose to maps of the same keys.</summary>
    internal sealed record Named(string Example) : SettingType
    {
        public override string Called => $"a map from names to settings, such as {Example}";
    }

    internal sealed record Number(int Least, int Most) : SettingType
    {
        public override string Called =>
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {Least} to {Most}");
    }

    internal sealed record Duration(TimeSpan Least, TimeSpan Most) : SettingType
    {
        public override string Called =>
            $"a time from {DurationText.Write(Least)} to {DurationText.Write(Most)}, such as 10m, 5s or 1h30m";
    }

    internal sealed record Size(long Least, long Most) : SettingType
    {
        public override string Called =>
            $"a size from {SizeText.Write(Least)} to {SizeText.Write(Most)}, such as 4GiB or 500MB";
    }

    internal sealed record Money(decimal Most) : SettingType
    {
        public override string Called =>
            string.Create(CultureInfo.InvariantCulture, $"an amount up to {Most}, such as 4 or 2.50");
    }

    /// <summary>A day, as <c>2026-11-25</c>.</summary>
    internal sealed record Date : SettingType
    {
        public override string Called => "a day, such as 2026-11-25";
    }

    internal sealed record Choice(ImmutableArray<string> Words) : SettingType
    {
        public override string Called => $"one of {string.Join(", ", Words)}";
    }

    internal sealed record Flag : SettingType
    {
        public override string Called => "true or false";
    }

    internal sealed record Text(TextRule Rule) : SettingType
    {
        public override string Called => TextRules.Called(Rule);
    }

    /// <summary>A list of texts; one text alone counts as a list of it.</summary>
    internal sealed record Texts(TextRule Rule) : SettingType
    {
        public override string Called => $"a list, each {TextRules.Called(Rule)}";
    }

    /// <summary>A program and its arguments, always a list: a text alone would have to be split.</summary>
    internal sealed record Arguments : SettingType
    {
        public override string Called => "a list of a program and its arguments, such as [mycli, --model, \"{model}\"]";
    }

    /// <summary>A map from names of environment variables to their values.</summary>
    internal sealed record Variables : SettingType
    {
        public override string Called => "a map from names of variables to texts, such as { CI: \"1\" }";
    }
}
