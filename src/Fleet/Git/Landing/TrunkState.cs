using System.Text;
using Fleet.Rules;

namespace Fleet.Git.Landing;

/// <summary>What one repository knows about a landing, read by one process.</summary>
/// <param name="Trunk">Where trunk is, or null if there is no such branch.</param>
/// <param name="Arrived">Where the ref that brings the candidate points.</param>
/// <param name="EpochObject">The object of the epoch ref, or null if there is none.</param>
internal sealed record TrunkState(Commit? Trunk, string? Arrived, string? EpochObject, long EpochNumber)
{
    public static async Task<TrunkState> Read(GitCommand git, string trunk, string arrived, string epoch)
    {
        var questions = $"info {trunk}\ninfo {arrived}\ncontents {epoch}\n";
        var outcome = await git.WithInput(questions).Run("cat-file", "--batch-command");
        var lines = new Queue<string>(outcome.Must($"read {trunk}").Split('\n'));
        var (at, came, reign) = (Answer(lines), Answer(lines), Answer(lines));
        var text = reign is not null && lines.TryDequeue(out var line) ? line : "";
        return new TrunkState(at is null ? null : new Commit(at), came, reign, LandingEpoch.Number(text));
    }

    /// <summary>The ref change that proves, or first makes, this epoch the one in force.</summary>
    public async Task<RefUpdate> Fence(GitCommand git, LandingOrder order)
    {
        var name = LandingEpoch.Ref(order.Home);
        if (EpochObject is not null && EpochNumber == order.Epoch.Number)
        {
            return new RefUpdate.Verify(name, EpochObject);
        }

        var text = Encoding.UTF8.GetBytes(LandingEpoch.Text(order.Epoch, order.Home));
        var written = await git.WithInput(text).Run("hash-object", "-w", "--stdin");
        return RefUpdate.From(name, EpochObject, written.Must("write the epoch"));
    }

    private static string? Answer(Queue<string> lines)
    {
        // "<object> <type> <size>" or "<name> missing"
        var words = lines.Dequeue().Split(' ');
        return words.Length == 3 ? words[0] : null;
    }
}
