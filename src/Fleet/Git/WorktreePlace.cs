using System.Globalization;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>
/// The name of a worktree's folder: its run and the epoch of the daemon that makes it, <c>12.1.e7</c>.
/// </summary>
/// <remarks>
/// A daemon that was replaced, and the git it left running, can only write under its own epoch. The log names the one
/// worktree that counts, so nothing that a zombie makes, moves or removes can reach it.
/// </remarks>
internal readonly record struct WorktreePlace(RunId Run, Epoch Epoch)
{
    private const string Mark = ".e";
    private const string Half = ".making";

    public override string ToString() => $"{Run}{Mark}{Epoch}";

    /// <summary>Where a worktree is built, beside its path, before it is renamed: never taken for one.</summary>
    public static string Aside(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}{Half}");

    /// <summary>Reads the name of a worktree, finished or half made.</summary>
    public static bool TryParse(string name, out WorktreePlace place)
    {
        var whole =
            name.StartsWith('.') && name.EndsWith(Half, StringComparison.Ordinal) ? name[1..^Half.Length] : name;
        var cut = whole.LastIndexOf(Mark, StringComparison.Ordinal);
        place = default;
        if (
            cut < 0
            || !RunId.TryParse(whole[..cut], out var run)
            || !long.TryParse(
                whole.AsSpan(cut + Mark.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var n
            )
        )
        {
            return false;
        }

        place = new WorktreePlace(run, new Epoch(n));
        return true;
    }
}
