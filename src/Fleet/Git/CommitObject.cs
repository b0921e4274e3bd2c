using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>What a commit in the hub is made of.</summary>
internal sealed record CommitObject(Tree Tree, ImmutableArray<Commit> Parents)
{
    /// <summary>Only the beginning of a commit is looked at: what follows the parents is free text.</summary>
    private const int MostRead = 4096;

    /// <summary>Reads it from its own file, which needs no process, or asks git where it has none.</summary>
    public static async Task<CommitObject?> Read(Hub hub, Commit commit)
    {
        if (FromFile(hub, commit) is { } found)
        {
            return found;
        }

        var asked = await hub.Git.Run("cat-file", "commit", commit.Sha);
        return asked.Succeeded ? Parse(asked.Text) : null;
    }

    /// <summary>None when it is in a pack, or has more parents than are looked at.</summary>
    public static CommitObject? FromFile(Hub hub, Commit commit)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(hub.Objects, commit.Sha[..2], commit.Sha[2..]));
            using var plain = new ZLibStream(file, CompressionMode.Decompress);
            var bytes = new byte[MostRead];
            var text = Encoding.UTF8.GetString(bytes, 0, plain.ReadAtLeast(bytes, MostRead, throwOnEndOfStream: false));
            var parts = text.Split('\0', 2);
            var whole = parts.Length == 2 && parts[1].Contains("\nauthor ", StringComparison.Ordinal);
            return whole && parts[0].StartsWith("commit ", StringComparison.Ordinal) ? Parse(parts[1]) : null;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static CommitObject? Parse(string text)
    {
        const string tree = "tree ";
        const string parent = "parent ";
        var lines = text.Split('\n');
        return lines[0].StartsWith(tree, StringComparison.Ordinal)
            ? new CommitObject(
                new Tree(lines[0][tree.Length..]),
                [
                    .. lines
                        .Skip(1)
                        .TakeWhile(line => line.StartsWith(parent, StringComparison.Ordinal))
                        .Select(line => new Commit(line[parent.Length..])),
                ]
            )
            : null;
    }
}
