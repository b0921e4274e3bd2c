using System.Text;

namespace Fleet.Rules.Runs;

/// <summary>
/// A short, safe word made of a title: any title has one, and it means the same to git, shells and file systems.
/// </summary>
public static class Slug
{
    public const int MaxLength = 40;
    private const string WhenNothingIsLeft = "task";

    public static string Of(string title)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var letter in title)
        {
            if (slug.Length == MaxLength)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var word = slug.ToString().TrimEnd('-');
        return word.Length > 0 ? word : WhenNothingIsLeft;
    }
}

/// <summary>
/// The branch a task is worked on: <c>fleet/12/fix-the-login</c>, unique because the task's number is.
/// </summary>
public static class BranchName
{
    public static string Of(TaskId task, string title) => $"fleet/{task}/{Slug.Of(title)}";
}
