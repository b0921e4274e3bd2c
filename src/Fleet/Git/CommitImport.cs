using System.Buffers.Binary;

namespace Fleet.Git;

/// <summary>
/// Brings commits from a coder's object store into the hub. The store is only ever read as objects, by git
/// commands that run in the hub under the hub's configuration; nothing of the coder's configuration, hooks or
/// upload programs takes part.
/// </summary>
internal sealed class CommitImport(Hub hub, string objects)
{
    private const int InMemory = 16 * 1024 * 1024;
    private const int MostLoose = 2_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Git in the hub, seeing the coder's objects as well. Indexes a coder could forge are not believed.
    /// </summary>
    public GitCommand Git { get; } =
        hub
            .Git.WithVariable("GIT_ALTERNATE_OBJECT_DIRECTORIES", CoderObjects.Quote(objects))
            .WithVariable("GIT_NO_REPLACE_OBJECTS", "1")
            .WithConfig("core.commitGraph", "false")
            .WithConfig("core.multiPackIndex", "false")
            .WithConfig("pack.useBitmaps", "false")
            .WithConfig("pack.compression", "1")
            .WithTimeout(Limit);

    /// <summary>The last commits that came across, where they fitted into one small pack.</summary>
    public ReadOnlyMemory<byte> Pack { get; private set; }

    /// <summary>Null when all tips and what they need are in the hub, checked; else why not.</summary>
    public async Task<string?> Bring(IReadOnlyList<string> tips, IReadOnlyList<string> known)
    {
        var wanted = string.Concat(tips.Select(tip => $"{tip}\n").Concat(known.Select(commit => $"^{commit}\n")));
        var packing = Git.WithInput(wanted).WithOutputLimit(InMemory);
        var packed = await packing.Run("pack-objects", "-q", "--revs", "--stdout", "--delta-base-offset", "--window=2");
        switch (packed)
        {
            case GitOutcome.Ok ok when Count(ok.Bytes) == 0:
                return null;
            case GitOutcome.Ok ok when Count(ok.Bytes) <= MostLoose:
                // Strict: every object well-formed, no `.git` in a tree, every link leads to something that is
                // here.
                var unpacking = hub.Git.WithInput(ok.Bytes).WithTimeout(Limit);
                var unpacked = await unpacking.Run("unpack-objects", "-q", "--strict");
                Pack = unpacked.Succeeded ? ok.Bytes : default;
                return unpacked.Succeeded ? null : unpacked.Why;
            case GitOutcome.Ok or GitOutcome.TooMuchOutput:
                return await BringByFile(wanted);
            default:
                return packed.Why;
        }
    }

    /// <summary>Which of these are commits that can be read at all.</summary>
    public async Task<IReadOnlySet<string>> Commits(IEnumerable<string> candidates)
    {
        var asked = await Git.WithInput(string.Concat(candidates.Select(sha => $"{sha}\n")))
            .Run("cat-file", "--batch-check=%(objectname) %(objecttype)");
        return asked
            .Text.Split('\n')
            .Where(line => line.EndsWith(" commit", StringComparison.Ordinal))
            .Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Those of the others that cannot be reached from the head, nor from each other.</summary>
    public async Task<IReadOnlyList<string>> Independent(string head, IReadOnlyList<string> others)
    {
        if (others.Count == 0)
        {
            return [];
        }

        string[] arguments = ["merge-base", "--independent", head, .. others];
        var tips = (await hub.Git.Run(arguments))
            .Must("sort the commits")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. tips.Where(tip => tip != head)];
    }

    private async Task<string?> BringByFile(string wanted)
    {
        var aside = Path.Combine(hub.Path, "fleet", $"import.{Guid.NewGuid():N}");
        Directory.CreateDirectory(aside);
        try
        {
            var stem = Path.Combine(aside, "pack");
            var packed = await Git.WithInput(wanted).Run("pack-objects", "-q", "--revs", "--delta-base-offset", stem);
            if (!packed.Succeeded)
            {
                return packed.Why;
            }

            var pack = $"{stem}-{packed.Text}.pack";
            var index = Path.Combine(aside, "checked.idx");
            var verified = await hub.Git.WithTimeout(Limit).Run("index-pack", "--strict", "-o", index, pack);
            if (!verified.Succeeded)
            {
                return verified.Why;
            }

            // The index last: git finds a pack by its index.
            var place = Path.Combine(hub.Objects, "pack", $"pack-{packed.Text}");
            File.Move(pack, $"{place}.pack", overwrite: true);
            File.Move(index, $"{place}.idx", overwrite: true);
            return null;
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static uint Count(ReadOnlyMemory<byte> pack) =>
        pack.Length < 12 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(pack.Span[8..12]);
}
