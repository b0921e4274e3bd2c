using System.Text;
using Fleet.Prompts;
using Fleet.Rules;
using Fleet.Settings;

namespace Fleet.Daemon.Conversations;

/// <summary>The files that the runs of a task keep for those after them. Anything may be in them.</summary>
internal static class TaskNotes
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int MostPlan = 16 * 1024;
    private const int MostKnowledge = 32 * 1024;

    /// <summary>The task's directory exists from its first run on.</summary>
    public static void Make(FleetHome home, TaskId task) => Directory.CreateDirectory(home.Task(task), OwnerOnly);

    public static Note? Plan(FleetHome home, TaskId task) =>
        Read(Path.Combine(home.Task(task), RunBrief.PlanName), MostPlan, isTail: false);

    /// <summary>Names one plan, as far as a person is shown it; none where there is none.</summary>
    public static string? PlanHash(FleetHome home, TaskId task) =>
        Plan(home, task) is { } plan ? BriefParts.Hash(Encoding.UTF8.GetBytes($"{plan.Of}\n{plan.Text}")) : null;

    /// <summary>Of a long one the end: what was learned last.</summary>
    public static Note? Knowledge(FleetHome home, TaskId task) =>
        Read(Path.Combine(home.Task(task), RunBrief.KnowledgeName), MostKnowledge, isTail: true);

    /// <summary>None where there is no such file, or nothing in it; never waits for what is no regular file.</summary>
    private static Note? Read(string path, int most, bool isTail)
    {
        try
        {
            using var file = RegularFile.Open(path);
            if (file is null)
            {
                return new Note(path, "It is no regular file.", 0, IsCut: false);
            }

            var length = file.Length;
            file.Seek(isTail ? Math.Max(0, length - most) : 0, SeekOrigin.Begin);
            var bytes = new byte[Math.Min(length, most)];
            var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var text = Encoding.UTF8.GetString(bytes, 0, count);
            return string.IsNullOrWhiteSpace(text) ? null : new Note(path, text, length, length > most);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Note(path, $"It cannot be read: {error.Message}", 0, IsCut: false);
        }
    }
}
