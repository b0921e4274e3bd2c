using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fleet.Settings;

/// <summary>Reads YAML event by event into nodes with places, in bounded time and memory.</summary>
/// <remarks>
/// Settings use the plain part of YAML: maps, lists and scalars. Anchors, aliases, merge keys, tags and further
/// documents are refused where they stand, so nothing is ever expanded.
/// </remarks>
internal sealed class YamlReader
{
    private const int MaxDepth = 16;
    private const int MaxNodes = 20_000;

    private readonly SettingsSource _source;
    private readonly Parser _parser;
    private readonly SettingsErrors _errors;
    private int _nodes;

    private YamlReader(SettingsSource source, SettingsErrors errors)
    {
        (_source, _errors) = (source, errors);
        _parser = new Parser(new StringReader(source.Text));
    }

    /// <summary>The document's value; null when the file says nothing or cannot be read to its end.</summary>
    public static SettingNode? Read(SettingsSource source, SettingsErrors errors)
    {
        try
        {
            return new YamlReader(source, errors).Document();
        }
        catch (YamlException wrong)
        {
            errors.Add(YamlMistake.Of(source, wrong));
            return null;
        }
    }

    private SettingNode? Document()
    {
        Next();
        if (Next() is StreamEnd)
        {
            return null;
        }

        var root = Node(Next(), 0);
        Next();
        if (Next() is DocumentStart second)
        {
            Refuse(second, "a second document starts here", "a settings file is one document; join the two");
        }

        return root;
    }

    private SettingNode Node(ParsingEvent at, int depth)
    {
        if (++_nodes > MaxNodes || depth > MaxDepth)
        {
            throw new YamlException(at.Start, at.End, depth > MaxDepth ? "nested too deeply" : "too many values");
        }

        if (at is NodeEvent node)
        {
            RefuseMarks(node);
        }

        return at switch
        {
            Scalar scalar => Leaf(scalar),
            SequenceStart start => List(start, depth),
            MappingStart start => Map(start, depth),
            AnchorAlias alias => Alias(alias),
            _ => throw new YamlException(at.Start, at.End, "a value is missing here"),
        };
    }

    private SettingNode.List List(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<SettingNode>();
        ParsingEvent next;
        while ((next = Next()) is not SequenceEnd)
        {
            items.Add(Node(next, depth + 1));
        }

        var flow = start.Style == SequenceStyle.Flow;
        var end = Index(next.Start) + (flow ? 1 : 0);
        return new SettingNode.List(Index(start.Start), end, items.ToImmutable(), flow);
    }

    private SettingNode.Map Map(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<SettingEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        ParsingEvent next;
        while ((next = Next()) is not MappingEnd)
        {
            var key = Node(next, depth + 1);
            var value = Node(Next(), depth + 1);
            if (Key(key, seen) is { } name)
            {
                entries.Add(new SettingEntry(name, value));
            }
        }

        var flow = start.Style == MappingStyle.Flow;
        var end = Index(next.Start) + (flow ? 1 : 0);
        // The parser gives no place to a pair that stands in a list without braces.
        var first = entries.Count > 0 ? entries[0].Key.Start : 0;
        var begin = flow && Index(start.Start) == 0 ? first : Index(start.Start);
        return new SettingNode.Map(begin, end, entries.ToImmutable(), flow);
    }

    private SettingNode.Scalar? Key(SettingNode node, Dictionary<string, int> seen)
    {
        if (node is not SettingNode.Scalar key)
        {
            Refuse(node, "a key is not a word", "keys are words such as max_concurrent");
            return null;
        }

        if (key is { Text: "<<", Quoted: false })
        {
            Refuse(key, "merge keys are not used in settings", "write the merged keys out here");
            return null;
        }

        if (seen.TryAdd(key.Text, _source.Place(key.Start).Line))
        {
            return key;
        }

        Refuse(key, $"\"{key.Text}\" is set twice", $"first set in line {seen[key.Text]}; keep one of them");
        return null;
    }

    private SettingNode.Scalar Leaf(Scalar scalar)
    {
        var (start, end) = (Index(scalar.Start), Index(scalar.End));
        var plain = scalar.Style == ScalarStyle.Plain;
        if (plain)
        {
            // In braces the parser counts the spaces that follow.
            end = start + _source.Text.AsSpan(start, end - start).TrimEnd().Length;
        }

        return new SettingNode.Scalar(start, end, scalar.Value, !plain);
    }

    private SettingNode.Refused Alias(AnchorAlias alias)
    {
        Refuse(alias, $"the alias *{alias.Value} is not used in settings", "write the value out here");
        return new SettingNode.Refused(Index(alias.Start), Index(alias.End));
    }

    private void RefuseMarks(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            Refuse(
                node,
                $"the anchor &{node.Anchor.Value} is not used in settings",
                "write the value where it is used"
            );
        }

        if (!node.Tag.IsEmpty)
        {
            Refuse(node, "tags are not used in settings", "write the value without its tag");
        }
    }

    private ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw new YamlException("the file ends too early");
        }
        catch (InvalidOperationException confused)
        {
            // The parser's own answer to some texts that are not YAML, such as "{ a: ? " or "...".
            var mark = _parser.Current?.End ?? Mark.Empty;
            throw new YamlException(mark, mark, "what follows cannot be read", confused);
        }
    }

    private void Refuse(ParsingEvent at, string what, string why) =>
        _errors.Add(_source.Error(Index(at.Start), Index(at.End), what, why));

    private void Refuse(SettingNode at, string what, string why) =>
        _errors.Add(_source.Error(at.Start, at.End, what, why));

    /// <summary>The parser's last mark can lie one past the end.</summary>
    private int Index(Mark mark) => Math.Min((int)mark.Index, _source.Text.Length);
}
