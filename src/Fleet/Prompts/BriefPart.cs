using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Fleet.Rules.Context;

namespace Fleet.Prompts;

/// <summary>One part of a brief: a whole section with its heading.</summary>
internal sealed record BriefPart(string Name, string Text);

/// <summary>The parts of a brief as bytes, and what the record keeps of them.</summary>
internal static class BriefParts
{
    public static byte[] Bytes(ImmutableArray<BriefPart> parts) =>
        Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => part.Text)));

    /// <summary>Any text of one name that is given again replaces the earlier one.</summary>
    /// <param name="earlier">What the conversation was given before, where it goes on.</param>
    public static ContextManifest Manifest(
        ImmutableArray<BriefPart> parts,
        int run,
        ImmutableArray<ContextPart> earlier
    )
    {
        var whole = Bytes(parts);
        var names = parts.Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        return new ContextManifest(
            Hash(whole),
            whole.Length,
            [.. earlier.Where(part => !names.Contains(part.Name)), .. parts.Select(part => Given(part, run))]
        );
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Where a part stands in the brief of its run; none where that brief has no such part.</summary>
    public static (long Start, long Length)? Place(ContextManifest manifest, string name, int run)
    {
        var start = 0L;
        foreach (var part in manifest.Parts.Where(part => part.Since == run))
        {
            if (string.Equals(part.Name, name, StringComparison.Ordinal))
            {
                return (start, part.Bytes);
            }

            start += part.Bytes;
        }

        return null;
    }

    private static ContextPart Given(BriefPart part, int run)
    {
        var bytes = Encoding.UTF8.GetBytes(part.Text);
        return new ContextPart(part.Name, Hash(bytes), bytes.Length, run);
    }
}
