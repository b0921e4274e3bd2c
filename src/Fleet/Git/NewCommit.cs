using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Fleet.Rules;

namespace Fleet.Git;

/// <summary>
/// A commit to be made in a hub: the same parts always make the same commit, byte for byte what <c>git commit-tree</c>
/// makes of them. Written as git's own loose object, because a process for it would be the longest part of a landing.
/// </summary>
/// <param name="Message">The whole of it, with its last newline.</param>
internal sealed record NewCommit(
    Tree Tree,
    IReadOnlyList<string> Parents,
    Identity Author,
    DateTimeOffset At,
    string Message
)
{
    // No newline, no angle bracket: a name could else end its line, or claim another address.
    private static readonly SearchValues<char> Never = SearchValues.Create("\n<>\0");

    // What git strips from both ends of a name.
    private const string Crud = ".,:;<>\"\\'";

    /// <exception cref="IOException">The hub takes no object.</exception>
    /// <exception cref="UnauthorizedAccessException">The hub takes no object.</exception>
    public Commit Write(Hub hub)
    {
        var body = Encoding.UTF8.GetBytes(Text());
        byte[] whole = [.. Encoding.ASCII.GetBytes($"commit {body.Length}\0"), .. body];
        var sha = Convert.ToHexStringLower(Tree.Sha.Length == 64 ? SHA256.HashData(whole) : Sha1(whole));
        var path = Path.Combine(hub.Objects, sha[..2], sha[2..]);
        if (!File.Exists(path))
        {
            WriteLoose(path, whole);
        }

        return new Commit(sha);
    }

    private string Text()
    {
        var text = new StringBuilder($"tree {Tree.Sha}\n");
        foreach (var parent in Parents)
        {
            text.Append("parent ").Append(parent).Append('\n');
        }

        var moment = At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var name = Clean(Author.Name) is { Length: > 0 } given ? given : Identity.Unknown.Name;
        var who = $"{name} <{Clean(Author.Email)}> {moment} +0000";
        text.Append("author ").Append(who).Append("\ncommitter ").Append(who).Append("\n\n");
        return text.Append(Message).ToString();
    }

    private static string Clean(string text)
    {
        var kept = string.Concat(text.Where(letter => !Never.Contains(letter)));
        var (first, last) = (0, kept.Length);
        while (first < last && IsCrud(kept[first]))
        {
            first++;
        }

        while (last > first && IsCrud(kept[last - 1]))
        {
            last--;
        }

        return kept[first..last];
    }

    private static bool IsCrud(char letter) => letter <= ' ' || Crud.Contains(letter, StringComparison.Ordinal);

    /// <summary>Beside its place first, by a name that git clears away: nobody ever reads half an object.</summary>
    private static void WriteLoose(string path, byte[] whole)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $"tmp_obj_{Guid.NewGuid():N}");
        using (var file = File.Create(draft))
        {
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            using var packed = new ZLibStream(file, CompressionLevel.Fastest);
            packed.Write(whole);
        }

        File.Move(draft, path, overwrite: true);
    }

    // The name that git gives an object, no protection of anything.
#pragma warning disable CA5350
    private static byte[] Sha1(byte[] whole) => SHA1.HashData(whole);
#pragma warning restore CA5350
}
